"""Children that begin as a fresh interpreter: those of `spawn`, and the server of `forkserver`.

Both are started by `multiprocessing.util.spawnv_passfds` with a line of code to run. Ours goes before it, and puts the
probes in. The third that is started so, the tracker of resources, is multiprocessing's own and is not watched.
"""

from __future__ import annotations

import sys

from concviz.probes import children, seam

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

SERVER = "forkserver"
"""What the server of `forkserver` is called; its children are started as "forkserver" too."""

_KINDS = {"from multiprocessing.spawn ": "spawn", "from multiprocessing.forkserver ": SERVER}


def install(module: Any) -> None:
    """Put our function into `multiprocessing.util`."""
    seam.replace(module, "spawnv_passfds", _make_spawnv)


def arrive(kind: str) -> None:
    """In a fresh interpreter, the probes being in: let it look and end as it would alone."""
    import atexit

    code = next((argument for argument in sys.orig_argv if "\n" in argument), "")
    if code:
        sys.orig_argv[sys.orig_argv.index(code)] = code.partition("\n")[2]
    if kind == SERVER:
        children.serve()
    else:
        atexit.register(children.end)


def watched(arguments: Sequence[Any]) -> tuple[list[Any], str]:
    """The command line with our code before multiprocessing's, and how the child starts; "" when it is not watched."""
    changed = list(arguments)
    at = changed.index("-c") + 1 if "-c" in changed else 0
    if not at or at == len(changed):
        return changed, ""
    kind = next((kind for beginning, kind in _KINDS.items() if changed[at].startswith(beginning)), "")
    if kind:
        from concviz.probes import host

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
