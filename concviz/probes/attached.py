"""Probes in a process that runs already: what it executes when it is asked to let them in, and to let them go.

Run by path, through `sys.remote_exec`, on the main thread, wherever that stands: so nothing may be raised here, and nothing said but in
the run's folder. As long as whoever has attached is there, a file lies in it; the thread that ticks for current lines looks for that.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HELD, IN, REFUSED = "attached", ".in", ".refused"
"""The file that stands for who is attached; how the answers end, whose names begin with our pid. As `runs/inside.py` has them."""

OURS = "concviz."
"""What the names of our modules begin with."""


def begin(here: str, folder: str, keeper: int, lines_wanted: bool, states: dict[int, int]) -> None:
    """Put the probes in. `here`: this file; `keeper`: the process that is attached; `states`: native id -> address of its thread state."""
    if not os.path.exists(os.path.join(folder, HELD)):
        return  # nobody waits any more
    why = _refusal(here)
    if why:
        answer(folder, REFUSED, why)
        return
    try:
        _load(here)
        from concviz.probes import leaving

        leaving.arrive((folder, keeper), answer, lines_wanted=lines_wanted, states=states)
    except Exception as error:  # noqa: BLE001 - the program must not see it
        answer(folder, REFUSED, f"{type(error).__name__}: {error}")
    else:
        answer(folder, IN, "")


def end() -> None:
    """Take them out, if that has not been done yet."""
    leaving = sys.modules.get("concviz.probes.leaving")
    if leaving is not None:
        leaving.leave()


def answer(folder: str, suffix: str, words: str) -> None:
    """Say it to who is attached; nothing when nobody is."""
    path = os.path.join(folder, f"{os.getpid()}{suffix}")
    try:
        with open(path + "~", "w", encoding="utf-8") as file:
            file.write(words)
        os.rename(path + "~", path)
    except OSError:
        return


def _refusal(here: str) -> str:
    """Why the probes cannot be put in, in words; "" when they can."""
    package: Any = sys.modules.get("concviz")
    if package is None:
        return ""
    leaving: Any = sys.modules.get("concviz.probes.leaving")
    if leaving is not None and not leaving.present():
        return ""  # we were here before, and have left
    if "concviz.probes.here" in sys.modules:
        return "it is watched already"
    if os.path.realpath(package.__file__) != os.path.realpath(here.replace("probes/attached.py", "__init__.py")):
        return "it uses another installation of concviz"
    return ""


def _load(here: str) -> None:
    """Make `concviz` importable as `probes/host.py` does it: anew, if we were here before."""
    stale = [name for name in sys.modules if name.startswith(OURS)]
    if stale:
        _forget_tasks()
    for name in stale:
        del sys.modules[name]
    names: dict[str, Any] = {"__name__": "concviz.loading", "__file__": here.replace("attached.py", "host.py")}
    with open(names["__file__"], "rb") as file:
        exec(compile(file.read(), names["__file__"], "exec"), names)  # noqa: S102 - our own
    names["load_package"](here.replace("probes/attached.py", "__init__.py"))


def _forget_tasks() -> None:
    """Tasks that live since we were here before are met anew: no list has those of all loops."""
    tasks: Any = sys.modules.get("asyncio.tasks")
    if tasks is None:
        return
    import gc

    for one in gc.get_objects():
        if isinstance(one, tasks.Task) and hasattr(one, "_concviz"):
            del one._concviz


if __name__ == "concviz.begin":
    begin(__file__, *SETTINGS)  # type: ignore[name-defined] # noqa: F821
elif __name__ == "concviz.end":
    end()
