"""The stay of our probes in a process that ran already: in, and out again, so that it is as it was."""

from __future__ import annotations

import os
import sys
import threading
from _thread import allocate_lock, start_new_thread
from functools import partial

from concviz.probes import children, lines, members, part, seam, threads
from concviz.probes.undoing import Undoing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

HELD, IN, LEFT = "attached", ".in", ".left"
"""As in `probes/attached.py`."""

_guard = allocate_lock()
_answer: Callable[[str, str, str], None]
_folder, _keeper = "", 0
_undoing: Undoing | None = None


def present() -> bool:
    """Whether the probes are in."""
    return _undoing is not None


def arrive(attached: tuple[str, int], answer: Callable[[str, str, str], None], *, lines_wanted: bool, states: dict[int, int]) -> None:
    """Put them in. OSError when there is no room for our files: then nothing is in.

    `attached`: the run's folder, and the process that is attached; `answer`: see `probes/attached.py`.
    """
    global _answer, _folder, _keeper, _undoing
    _answer = answer
    undoing = Undoing({name.partition(".")[0] for name in members.PROBES})
    lines.on_tick.append(_tick)
    members.around = undoing.noting_more
    (_folder, _keeper), _undoing = attached, undoing
    try:
        undoing.noting(partial(part.begin, _folder, lines_wanted=lines_wanted, states=states))
        _meet_tasks()
    except BaseException:
        leave()
        raise
    os.register_at_fork(after_in_child=_in_child)


def _meet_tasks() -> None:
    """Announce those of the loop that runs here; all others are met when they next run. Who made them is not known."""
    events, library = sys.modules.get("asyncio.events"), sys.modules.get("asyncio.tasks")
    loop = events._get_running_loop() if events is not None else None
    if loop is None or library is None:
        return
    from concviz.probes import tasks

    for task in library.all_tasks(loop) - {library.current_task(loop)}:
        tasks.find(task)


def leave() -> None:
    """Take them out: what was put in the standard library's place goes, what was made meanwhile says nothing more."""
    global _undoing
    with _guard:
        undoing, _undoing = _undoing, None
    if undoing is None:
        return
    lines.end()
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, seam.Finder)]
    undoing.undo()
    children.silent = True
    part.end()
    for thread in threading.enumerate():
        for name in (threads.WORKER, threads.TOLD):
            thread.__dict__.pop(name, None)
    _answer(_folder, LEFT, "")


def _in_child() -> None:
    """A forked child is watched as its parent is, and takes out itself what it has inherited."""
    if _undoing is not None:
        _answer(_folder, IN, "")


def _tick() -> None:
    """Look whether anybody is still attached. The thread that ticks is taken out too, so another one does it."""
    if _undoing is not None and not (os.path.exists(os.path.join(_folder, HELD)) and os.path.exists(f"/proc/{_keeper}")):
        start_new_thread(_leave_alone, ())


def _leave_alone() -> None:
    try:
        leave()
    except Exception:  # noqa: BLE001 - nobody is there to be told
        return
