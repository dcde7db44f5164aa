"""multiprocessing's Queue, JoinableQueue and SimpleQueue: who puts, who takes, who waits, how full it is.

A put takes a permit from a semaphore inside the queue; a get takes its turn by a lock inside, then reads a pipe. Our
events stand at exactly these, in the queue's own attributes: its methods, and so tracebacks, stay as they were. What
is put lies with a thread of this process first, which is multiprocessing's own business.
"""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.pipes import END, End
from concviz.probes.process_events import attach
from concviz.probes.process_locks import hush, value
from concviz.probes.process_notes import ProcessNote, maker, note_of, pin
from concviz.probes.sites import outer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_INSIDE = ("_rlock", "_wlock", "_sem", "_unfinished_tasks")
_NOT_THE_PROGRAMS = "_SafeQueue"
_FEEDS = "_concviz_queue"
_frame = outer


def install(module: Any) -> None:
    """Put our methods into the classes of `multiprocessing.queues`."""
    for owner in (module.Queue, module.JoinableQueue, module.SimpleQueue):
        seam.replace(owner, "__init__", _make_init)
        seam.replace(owner, "__setstate__", _make_setstate)
    seam.replace(module.JoinableQueue, "task_done", _make_task_done)
    seam.replace(module.Queue, "_start_thread", _make_start_thread)
    module.Queue._finalize_join = staticmethod(seam.replace(module.Queue, "_finalize_join", _make_finalize))


def uid_of(queue: Any) -> str | None:
    """What all processes call it; None when only a fork can carry it."""
    return queue._rlock._semlock.name  # type: ignore[no-any-return]


def silence(queue: Any) -> None:
    """Let a queue that came from another process say nothing: it is a pool's own."""
    for name in _INSIDE:
        lock = getattr(queue, name, None)
        if lock is not None:
            hush(lock)
    for connection in (queue._reader, queue._writer):
        connection.__dict__.pop(END, None)
    queue.__dict__.pop(END, None)


def watch_reading(queue: Any, note: ProcessNote, size: Callable[[], int]) -> None:
    """Let the gets from a queue be noted, as those of what the note is about."""
    end = End(note, size)
    queue._reader.__dict__[END] = end
    queue._rlock.acquire = _turn(queue._rlock, end, Kind.GET_WAIT)
    pin(queue._rlock, note)  # so that `with` turns to the attribute


def _attach(queue: Any, note: ProcessNote) -> None:
    pin(queue, note)
    if not hasattr(queue, "_sem"):  # a SimpleQueue
        watch_reading(queue, note, _unknown)
        if queue._wlock is not None:
            end = queue._writer.__dict__[END] = End(note, _unknown)
            queue._wlock.acquire = _turn(queue._wlock, end, Kind.PUT_WAIT)
            pin(queue._wlock, note)
        return
    permits, at_most = value(queue._sem._semlock), queue._maxsize

    def size() -> int:
        free = permits()
        return at_most - free if free >= 0 else -1

    watch_reading(queue, note, size)
    queue._sem.acquire = _room(queue._sem, note, size)
    if hasattr(queue, "_unfinished_tasks"):
        attach(queue._cond, note, speaks=False)


def _unknown() -> int:
    return -1


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it becomes one
        me = here.mine.me
        me.depth += 1
        try:
            original(self, *args, **kwargs)
        finally:
            me.depth -= 1
        frame = None if me.depth else maker(_frame(1))[0]
        if frame is not None:
            wanted = args[0] if args else kwargs.get("maxsize", 0)
            _attach(self, ProcessNote(_kind(self), uid_of(self), (self,), frame, wanted if wanted > 0 else ""))

    return __init__


def _kind(queue: Any) -> str:
    return next(owner.__name__ for owner in type(queue).__mro__ if owner.__module__ == "multiprocessing.queues")


def _make_setstate(original: Callable[..., None]) -> Callable[..., None]:
    """It came from another process. A pool's own is silenced when its worker begins."""

    def __setstate__(self: Any, state: Any) -> None:  # noqa: N807 - it becomes one
        me = here.mine.me
        me.depth += 1
        try:
            original(self, state)
        finally:
            me.depth -= 1
        if not me.depth:
            silence(self)
            condition = getattr(self, "_cond", None)
            if condition is not None:
                hush(condition._lock)
            if type(self).__name__ != _NOT_THE_PROGRAMS:
                _attach(self, ProcessNote(_kind(self), uid_of(self), (self,), None))

    return __setstate__


def _turn(lock: Any, end: End, kind: Kind) -> Callable[..., bool]:
    """Stands for the acquire of the lock that lets one at a time read, or write."""
    bare, note = lock._semlock.acquire, end.note

    def acquire(block: bool = True, timeout: float | None = None) -> bool:
        if bare(False):
            return True
        frame = _frame(1)
        if not block:
            note.emit(Kind.QUEUE_REFUSED, frame)
            return False
        note.emit(kind, frame, end.size())
        taken = False
        try:
            taken = bool(bare(True, timeout))
        finally:
            if not taken:
                note.emit(Kind.QUEUE_REFUSED, frame)
        end.waiting = taken
        return taken

    return acquire


def _room(semaphore: Any, note: ProcessNote, size: Callable[[], int]) -> Callable[..., bool]:
    """Stands for the acquire of the semaphore that has a permit for each free place."""
    bare = semaphore._semlock.acquire

    def acquire(block: bool = True, timeout: float | None = None) -> bool:
        frame = _frame(1)
        if not bare(False):
            if not block:
                note.emit(Kind.QUEUE_REFUSED, frame)
                return False
            note.emit(Kind.PUT_WAIT, frame, size())
            taken = False
            try:
                taken = bare(True, timeout)
            finally:
                if not taken:
                    note.emit(Kind.QUEUE_REFUSED, frame)
            if not taken:
                return False
        note.emit(Kind.PUT, frame, size())
        return True

    return acquire


def _make_task_done(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def task_done(self: Any) -> None:
        note = note_of(self)
        unfinished = value(self._unfinished_tasks._semlock)()
        if note is not None and unfinished:
            note.emit(Kind.TASK_DONE, _frame(1), unfinished - 1 if unfinished > 0 else -1)
        original(self)

    return task_done


def _make_start_thread(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def _start_thread(self: Any) -> None:
        wakeup = self._notempty
        if "wait" not in wakeup.__dict__:  # its waits are those of the thread that feeds the pipe
            wakeup.wait = waiting(wakeup.wait)
        original(self)
        note = note_of(self)
        if note is not None:
            self._thread.__dict__[_FEEDS] = note

    return _start_thread


def waiting(wait: Callable[[], Any]) -> Callable[[], Any]:
    """The same, for a library's own thread: it waits there, for nothing that the program has made."""

    def waits() -> Any:
        me = here.mine.me
        me.emit(Kind.WAIT)
        me.depth += 1
        try:
            return wait()
        finally:
            me.depth -= 1
            me.emit(Kind.WOKE)

    return waits


def _make_finalize(original: Callable[[Any], None]) -> Callable[[Any], None]:
    """A process that ends, or `join_thread`, waits until all it put has gone into the pipe: that is output."""

    def _finalize_join(reference: Any) -> None:
        thread = reference()
        note = None if thread is None else thread.__dict__.get(_FEEDS)
        if note is None or not thread.is_alive():
            original(reference)
            return
        me, frame = here.mine.me, _frame(1)
        note.emit(Kind.IO_WAIT, frame)
        me.depth += 1
        try:
            original(reference)
        finally:
            me.depth -= 1
            note.emit(Kind.IO_DONE, frame)

    return _finalize_join
