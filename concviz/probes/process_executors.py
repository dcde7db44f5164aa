"""concurrent.futures.ProcessPoolExecutor: which process does which job, and which have nothing to do.

A job is called by the same uid in all processes: the pool's, and the number that the pool gives it.
"""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import futures, here, jobs, seam
from concviz.probes.process_notes import ProcessNote, note_of, pin
from concviz.probes.process_queues import silence, uid_of, watch_reading
from concviz.probes.sites import outer, own_frame
from concviz.probes.thread_executors import make_shutdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

POOL = "_concviz_pool"
"""The name under which the queue that a pool's processes read carries the pool's note, in a forked child too."""

_frame = outer
_job = 0


def install(module: Any) -> None:
    """Put our methods into `concurrent.futures.process`."""
    executor = module.ProcessPoolExecutor
    seam.replace(executor, "__init__", _make_init)
    seam.replace(executor, "submit", _make_submit)
    seam.replace(executor, "shutdown", lambda original: make_shutdown(original, lambda pool: pool._executor_manager_thread is not None))
    seam.replace(module, "_process_worker", _make_worker)
    seam.replace(module, "_sendback_result", _make_sendback)


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it becomes one
        original(self, *args, **kwargs)
        note = ProcessNote("Pool", uid_of(self._call_queue), (self,), _frame(1))
        pin(self, note)
        self._call_queue.__dict__[POOL] = note

    return __init__


def _make_submit(original: Callable[..., Any]) -> Callable[..., Any]:
    def submit(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        note, frame = note_of(self), _frame(1)
        if note is None:
            return original(self, fn, *args, **kwargs)
        note.announce(own_frame(frame))  # before the first process of the pool begins
        return futures.submit(original, lambda: _announced(self, note, fn, frame), self, fn, *args, **kwargs)

    return submit


def _announced(pool: Any, note: ProcessNote, function: Any, frame: FrameType) -> jobs.Job:
    """The pool is about to take a job; its own lock is held, so this is the number it will give."""
    job = jobs.Job(_ident(note, pool._queue_count, function))
    jobs.submitted(job.ident, frame)
    return job


def _ident(note: ProcessNote, number: int, function: Any) -> int:
    return jobs.announce(jobs.title(function), number + 1, f"{note.uid}:{number}")


class _Calls:
    """Stands for the queue that a process of the pool takes its jobs from."""

    def __init__(self, queue: Any, note: ProcessNote) -> None:
        self._queue, self._note = queue, note

    def get(self, block: bool = True) -> Any:
        """As the real one's."""
        global _job
        call = self._queue.get(block=block)
        if call is not None:
            _job = _ident(self._note, call.work_id, call.fn)
            here.mine.me.emit(Kind.JOB, _job, jobs.home(call.fn))
        return call


def _make_worker(original: Callable[..., None]) -> Callable[..., None]:
    """All that a process of the pool does."""

    def _process_worker(call_queue: Any, result_queue: Any, *args: Any) -> None:
        note = call_queue.__dict__.get(POOL) or ProcessNote("Pool", uid_of(call_queue), (), None)
        silence(result_queue)
        silence(call_queue)
        watch_reading(call_queue, note, lambda: -1)
        original(_Calls(call_queue, note), result_queue, *args)

    return _process_worker


def _make_sendback(original: Callable[..., None]) -> Callable[..., None]:
    def _sendback_result(result_queue: Any, work_id: int, result: Any = None, exception: Any = None, **kwargs: Any) -> None:
        if _job:
            here.mine.me.emit(Kind.JOB_DONE, _job, 0, int(exception is not None))
        original(result_queue, work_id, result=result, exception=exception, **kwargs)

    return _sendback_result
