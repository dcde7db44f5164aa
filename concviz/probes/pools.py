"""multiprocessing.Pool, and its twin with threads: which worker does which piece of work, who waits for the results.

A call of `map` is one job to wait for; the pieces that it is cut into are jobs of their own, begun and finished by the
workers. A call of `apply` is one piece, and the same job to both.
"""

from __future__ import annotations

from _thread import get_ident

from concviz.events import Kind
from concviz.probes import here, jobs, seam
from concviz.probes.process_executors import POOL
from concviz.probes.process_notes import ProcessNote, note_of, pin
from concviz.probes.process_queues import silence, uid_of, waiting, watch_reading
from concviz.probes.sites import outer, own_frame, site
from concviz.probes.thread_executors import Inbox, make_shutdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_MAPPERS = {"mapstar", "starmapstar"}
_WHOLE, _PIECE = "", ":0"
_frame = outer
_submitting: dict[int, tuple[Any, str]] = {}


def install(module: Any) -> None:
    """Put our methods into the classes of `multiprocessing.pool`."""
    pool, result, iterator = module.Pool, module.ApplyResult, module.IMapIterator
    seam.replace(pool, "_setup_queues", lambda original: _make_setup(original, module.queue.Empty))
    seam.replace(module.ThreadPool, "_setup_queues", lambda original: _make_setup(original, module.queue.Empty))
    for name, suffix in (("apply_async", _PIECE), ("_map_async", _WHOLE), ("imap", _WHOLE), ("imap_unordered", _WHOLE)):
        seam.replace(pool, name, _make_submit(suffix))
    for name in ("join", "terminate"):
        seam.replace(pool, name, _make_end)
    pool._handle_tasks = staticmethod(seam.replace(pool, "_handle_tasks", _make_handle_tasks))
    pool._wait_for_updates = staticmethod(seam.replace(pool, "_wait_for_updates", lambda original: _make_updates(original, module.wait)))
    seam.replace(module, "worker", _make_worker)
    for owner in (result, iterator):
        seam.replace(owner, "__init__", _make_result_init)
    for owner in (result, module.MapResult, iterator, module.IMapUnorderedIterator):
        seam.replace(owner, "_set", _make_set)
    seam.replace(result, "wait", lambda original: _make_wait(original, lambda one: one._event.is_set()))
    iterator.__next__ = seam.replace(
        iterator, "next", lambda original: _make_wait(original, lambda one: bool(one._items) or one._index == one._length)
    )


def _make_setup(original: Callable[[Any], None], empty: type[Exception]) -> Callable[[Any], None]:
    def _setup_queues(self: Any) -> None:
        original(self)
        frame = _frame(1)
        processes = hasattr(self._inqueue, "_rlock")
        note = ProcessNote("Pool", uid_of(self._inqueue) if processes else None, (self,), own_frame(frame) or frame)
        pin(self, note)
        self._quick_get = waiting(self._quick_get)
        if processes:
            self._inqueue.__dict__[POOL] = note
        else:
            self._inqueue = _Box(self._inqueue, note, empty)

    return _setup_queues


class _Box(Inbox):
    """The queue of a pool of threads, and whose it is."""

    @property
    def note(self) -> ProcessNote:
        """The pool's."""
        return self._note


def _make_submit(suffix: str) -> Callable[..., Any]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def submit(self: Any, func: Any, *args: Any, **kwargs: Any) -> Any:
            ident = get_ident()
            _submitting[ident] = func, suffix
            try:
                return original(self, func, *args, **kwargs)
            finally:
                _submitting.pop(ident, None)

        return submit

    return make


def _make_result_init(original: Callable[..., None]) -> Callable[..., None]:
    """The job gets its number here, before the pool gets the job."""

    def __init__(self: Any, pool: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it becomes one
        original(self, pool, *args, **kwargs)
        func, suffix = _submitting.pop(get_ident(), (None, ""))
        note = note_of(pool)
        if note is not None and func is not None:
            frame = _frame(1)
            note.announce(own_frame(frame))
            ident = jobs.announce(jobs.title(func), self._job + 1, f"{note.uid}:{self._job}{suffix}")
            self.__dict__[jobs.JOB] = jobs.Job(ident)
            jobs.submitted(ident, frame)

    return __init__


def _make_set(original: Callable[..., None]) -> Callable[..., None]:
    """A piece of the result has come; of `map` only the last completes it."""

    def _set(self: Any, i: int, obj: Any) -> None:
        job = self.__dict__.get(jobs.JOB)
        if job is not None and self.__dict__.get("_number_left", 1) <= 1:
            me = here.mine.me
            job.setter = me.worker
            me.emit(Kind.NOTIFIED, job.ident, 0, 1)
        original(self, i, obj)

    return _set


def _make_wait(original: Callable[..., Any], ready: Callable[[Any], bool]) -> Callable[..., Any]:
    def wait(self: Any, timeout: float | None = None) -> Any:
        me, job = here.mine.me, self.__dict__.get(jobs.JOB)
        if job is None or me.depth or ready(self):
            return original(self, timeout)
        where = site(_frame(1))
        me.emit(Kind.WAIT, job.ident, where, 1)
        me.depth += 1
        late = False
        try:
            return original(self, timeout)
        except TimeoutError:
            late = not ready(self)
            raise
        finally:
            me.depth -= 1
            if late or (timeout is not None and not hasattr(self, "_items") and not ready(self)):
                me.emit(Kind.TIMED_OUT, job.ident, where)
            else:
                me.emit(Kind.WOKE, job.ident, where, job.setter)

    return wait


def _make_updates(original: Callable[..., None], wait: Callable[..., Any]) -> Callable[..., None]:
    """The pool's keeper asks again and again while a result lies there for another thread: that is no waiting."""

    def _wait_for_updates(sentinels: Any, change_notifier: Any, timeout: float | None = None) -> None:
        me = here.mine.me
        at_once = 1 if wait(sentinels, timeout=0) else 0
        me.depth += at_once
        try:
            original(sentinels, change_notifier, timeout)
        finally:
            me.depth -= at_once

    return _wait_for_updates


class _Source:
    """The queue from which the pool's own thread hands tasks on."""

    def __init__(self, queue: Any) -> None:
        self.get = waiting(queue.get)


def _make_handle_tasks(original: Callable[..., None]) -> Callable[..., None]:
    def _handle_tasks(taskqueue: Any, *args: Any) -> None:
        original(_Source(taskqueue), *args)

    return _handle_tasks


def _make_end(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def ending(self: Any, wait: bool = True) -> None:
        original(self)

    ended = make_shutdown(ending, lambda _: True)

    def end(self: Any) -> None:
        ended(self)

    return end


class _Work:
    """What a worker of a pool does: stands for the queue of its tasks and the one of its results."""

    def __init__(self, inbox: Any, outbox: Any, note: ProcessNote) -> None:
        self._inbox, self._outbox, self._note = inbox, outbox, note
        self._job = 0

    def get(self) -> Any:
        """The next task, which begins now; None for no more."""
        task = self._inbox.get()
        if task is not None:
            job, piece, func, args, _ = task
            if getattr(func, "__name__", "") in _MAPPERS:
                func = args[0][0]
            self._job = jobs.announce(jobs.title(func), f"{job + 1}.{piece + 1}", f"{self._note.uid}:{job}:{piece}")
            here.mine.me.emit(Kind.JOB, self._job, jobs.home(func))
        return task

    def put(self, done: Any) -> None:
        """A task's outcome: (job, piece, (whether it succeeded, value)). The second, if the first cannot be sent, is no news."""
        if self._job:
            here.mine.me.emit(Kind.JOB_DONE, self._job, 0, int(not done[2][0]))
            self._job = 0
        self._outbox.put(done)


def _make_worker(original: Callable[..., None]) -> Callable[..., None]:
    """All that a worker of a pool does."""

    def worker(inqueue: Any, outqueue: Any, *args: Any) -> None:
        if isinstance(inqueue, _Box):
            work = _Work(inqueue, outqueue, inqueue.note)
        else:
            note = inqueue.__dict__.get(POOL) or ProcessNote("Pool", uid_of(inqueue), (), None)
            silence(inqueue)
            silence(outqueue)
            watch_reading(inqueue, note, lambda: -1)
            work = _Work(inqueue, outqueue, note)
            inqueue._writer.close()
            outqueue._reader.close()
        original(work, work, *args)

    return worker
