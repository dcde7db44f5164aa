"""concurrent.futures.ThreadPoolExecutor: which thread does which job, how many wait, which threads have nothing to do."""

from __future__ import annotations

import itertools

from concviz.events import Kind
from concviz.probes import futures, here, jobs, seam
from concviz.probes.process_notes import ProcessNote, note_of, pin
from concviz.probes.sites import outer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

NUMBERS = "_concviz_numbers"
"""The name under which a pool carries the numbers of its jobs."""

_frame = outer


def install(module: Any) -> None:
    """Put our methods into `concurrent.futures.thread`."""
    executor = module.ThreadPoolExecutor
    seam.replace(executor, "__init__", _make_init)
    seam.replace(executor, "submit", _make_submit)
    seam.replace(executor, "shutdown", lambda original: make_shutdown(original, lambda pool: bool(pool._threads)))
    seam.replace(module, "_worker", lambda original: _make_worker(original, module))


class Inbox:
    """Stands for the queue that the threads of a pool take their jobs from. One for each thread, or for all."""

    def __init__(self, queue: Any, note: ProcessNote, empty: type[Exception]) -> None:
        self._queue, self._note, self._empty = queue, note, empty
        self.put, self.qsize, self.empty = queue.put, queue.qsize, queue.empty

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As the real one's; None, which means "no more jobs", is not taken for one."""
        if not block:
            return self.get_nowait()
        try:
            return self.get_nowait()
        except self._empty:
            pass
        self._note.emit(Kind.GET_WAIT, None, 0)
        item = None
        try:
            item = self._queue.get(block, timeout)
        finally:
            if item is None:
                self._note.emit(Kind.QUEUE_REFUSED, None)
            else:
                self._note.emit(Kind.GOT, None, self._queue.qsize())
        return item

    def get_nowait(self) -> Any:
        """As the real one's."""
        item = self._queue.get_nowait()
        if item is not None:
            self._note.emit(Kind.GOT, None, self._queue.qsize())
        return item


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it becomes one
        original(self, *args, **kwargs)
        if note_of(self) is None:
            pin(self, ProcessNote("Pool", None, (self,), _frame(1)))
            self.__dict__[NUMBERS] = itertools.count(1)

    return __init__


def _make_submit(original: Callable[..., Any]) -> Callable[..., Any]:
    def submit(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        note, frame = note_of(self), _frame(1)
        if note is None:
            return original(self, fn, *args, **kwargs)
        return futures.submit(original, lambda: _announced(self, note, fn, frame), self, fn, *args, **kwargs)

    return submit


def _announced(pool: Any, note: ProcessNote, function: Any, frame: FrameType) -> jobs.Job:
    """The pool is about to put a job into its queue; its own lock is held."""
    where = jobs.home(function)
    job = jobs.Job(jobs.announce(jobs.title(function), next(pool.__dict__[NUMBERS])), runs_here=True, where=where)
    jobs.submitted(job.ident, frame)
    note.emit(Kind.PUT, frame, pool._work_queue.qsize() + 1)
    return job


def make_shutdown(original: Callable[..., None], waits_for_any: Callable[[Any], bool]) -> Callable[..., None]:
    """A pool's end, which waits for its workers."""

    def shutdown(self: Any, wait: bool = True, **kwargs: Any) -> None:
        note, me = note_of(self), here.mine.me
        if note is None or me.depth or not wait or not waits_for_any(self):
            original(self, wait, **kwargs)
            return
        frame = _frame(1)
        note.emit(Kind.WAIT, frame, 1)
        me.depth += 1
        try:
            original(self, wait, **kwargs)
        finally:
            me.depth -= 1
            note.emit(Kind.WOKE, frame)

    return shutdown


def _make_worker(original: Callable[..., None], module: Any) -> Callable[..., None]:
    def _worker(executor_reference: Any, *args: Any) -> None:
        executor = executor_reference()
        note = None if executor is None else note_of(executor)
        if note is not None:
            queue = executor._work_queue
            args = tuple(Inbox(arg, note, module.queue.Empty) if arg is queue else arg for arg in args)
        del executor
        original(executor_reference, *args)

    return _worker
