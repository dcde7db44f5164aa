"""A part of a program, watched from inside: the probes go in when it begins, and are silent when it is over.

What exists by then is watched as far as it can be: threads are named, classes are patched in place, but a lock that was made before is
no one's, and says nothing.
"""

from __future__ import annotations

import sys
import threading
from _thread import get_ident, get_native_id

from concviz.events import Kind, Table
from concviz.probes import here, lines, marking, members, seam, threads, unheard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_last: here.Process | None = None
_in = False


def begin(folder: str, *, lines_wanted: bool, states: dict[int, int] | None = None) -> None:
    """Write into this folder from now on. Called on the thread whose part it is.

    `states`: native id -> address of the thread state, of threads that run already, where that is known.
    """
    global _in
    if _last is not None:
        here._process = _last  # what it had named keeps its names
    here.begin(folder, "main", threading.current_thread().name)
    if not _in:
        _in = True
        package: Any = sys.modules["concviz"]
        marking.install(package, package.watch)
        seam.begin()
        members.install()
    _forget_the_dead()
    _name_threads(states or {})
    if lines_wanted:
        lines.begin_part()


def end() -> None:
    """Say nothing more, until the next part begins."""
    global _last
    lines.end_part()
    _last = here.process()
    unheard.begin()


def _forget_the_dead() -> None:
    """Workers of an earlier part that have ended since have no lane in this one."""
    own = here.process()
    alive = {getattr(one, threads.WORKER, 0) for one in (*threading.enumerate(), *_tasks())}
    before = own.parent
    while before is not None:  # the main thread is the same one, by its uid
        alive.add(before.first_worker)
        before = before.parent
    for worker in range(1, own.first_worker):
        if worker not in alive:
            here.name_worker(worker, "", "", flags="internal")


def _tasks() -> list[Any]:
    """asyncio's, that have not ended; each Python keeps them in other places."""
    module = sys.modules.get("asyncio.tasks")
    kept = [list(getattr(module, name, ())) for name in ("_all_tasks", "_scheduled_tasks", "_eager_tasks")]
    return [task for tasks in kept for task in tasks]


def _name_threads(states: dict[int, int]) -> None:
    """The program's other threads run already."""
    own = here.process()
    me = here.mine.me
    for thread in threading.enumerate():
        if thread.ident in {None, get_ident()} or thread.ident in own.threads:
            continue
        flags = "daemon" if thread.daemon else ""
        worker = thread.__dict__.get(threads.WORKER, 0)
        if not 0 < worker < own.first_worker:  # not known since an earlier part
            worker = here.new_worker("thread", thread.name, thread.native_id or 0, flags)
        thread.__dict__[threads.WORKER], thread.__dict__[threads.TOLD] = worker, (flags, 0)
        own.threads[thread.ident or 0] = worker
        native = thread.native_id or get_native_id()
        own.names.new(Table.THREAD, worker, native, states.get(native, 0), own.pid, "watched")
        own.met.add(worker)
        me.emit(Kind.STARTED, 0, 0, thread.native_id or 0, worker)
