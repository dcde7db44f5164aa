"""Children that begin as a fresh interpreter: those of `spawn`, and the server of `forkserver`.

Both are started by `multiprocessing.util.spawnv_passfds` with a line of code to run. Ours goes before it, and puts the
probes in. The third that is started so, the tracker of resources, is multiprocessing's own and is not watched.
"""

from __future__ import annotations

from concviz.probes import children, host, seam

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

_KINDS = {"from multiprocessing.spawn ": "spawn", "from multiprocessing.forkserver ": children.SERVER}
"""What multiprocessing's own code has in it -> how the child starts."""


def install(module: Any) -> None:
    """Put our function into `multiprocessing.util`."""
    seam.replace(module, "spawnv_passfds", _make_spawnv)


def watched(arguments: Sequence[Any]) -> tuple[list[Any], str]:
    """The command line with our code before multiprocessing's, and how the child starts; "" when it is not watched."""
    changed = list(arguments)
    at = changed.index("-c") + 1 if "-c" in changed else 0
    if not at or at == len(changed):
        return changed, ""
    kind = next((kind for words, kind in _KINDS.items() if words in changed[at]), "")
    if kind:
        changed[at] = host.child_code(kind) + "\n" + changed[at]
    return changed, kind


def _make_spawnv(original: Callable[..., int]) -> Callable[..., int]:
    def spawnv_passfds(path: Any, args: Sequence[Any], passfds: Any) -> int:
        arguments, kind = watched(args)
        pid = original(path, arguments, passfds)
        if kind == "spawn":
            children.spawned(pid)
        return pid

    return spawnv_passfds
