"""concurrent.futures.Future: who waits for a result, and who completes it. Each job of an executor is one."""

from __future__ import annotations

from _thread import get_ident

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.jobs import JOB, Job
from concviz.probes.labels import announce, place
from concviz.probes.sites import outer, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

DONE = frozenset({"CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"})
"""States of a future in which nobody waits for it."""

_PENDING = "PENDING"
_frame = outer
_submissions: dict[int, Callable[[], Job]] = {}


def install(module: Any) -> None:
    """Put our methods into `concurrent.futures._base`."""
    future = module.Future
    seam.replace(future, "__init__", _make_init)
    seam.replace(future, "set_running_or_notify_cancel", _make_set_running)
    seam.replace(future, "set_result", lambda original: _make_set(original, 0))
    seam.replace(future, "set_exception", lambda original: _make_set(original, 1))
    seam.replace(future, "cancel", _make_cancel)
    seam.replace(future, "result", _make_result)
    seam.replace(future, "exception", _make_result)
    seam.replace(module, "_create_and_install_waiters", _make_waiters)


def submit(original: Callable[..., Any], announced: Callable[[], Job], *args: Any, **kwargs: Any) -> Any:
    """Call an executor's own submit: the future that it makes there is the job that `announced` gives."""
    ident = get_ident()
    _submissions[ident] = announced
    try:
        return original(*args, **kwargs)
    finally:
        _submissions.pop(ident, None)


def _make_init(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def __init__(self: Any) -> None:  # noqa: N807 - it becomes one
        original(self)
        announced = _submissions.pop(get_ident(), None) if _submissions else None
        if announced is not None:
            self.__dict__[JOB] = announced()

    return __init__


def _make_set_running(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The job begins now, unless it was cancelled."""

    def set_running_or_notify_cancel(self: Any) -> bool:
        begins = original(self)
        job = self.__dict__.get(JOB)
        if begins and job is not None and job.runs_here:
            here.mine.me.emit(Kind.JOB, job.ident, job.where)
        return begins

    return set_running_or_notify_cancel


def _make_set(original: Callable[[Any, Any], None], raised: int) -> Callable[[Any, Any], None]:
    """Noted before those who wait can wake."""

    def set_result(self: Any, result: Any) -> None:
        job = self.__dict__.get(JOB)
        if job is not None and self._state not in DONE:
            if job.runs_here:
                here.mine.me.emit(Kind.JOB_DONE, job.ident, 0, raised)
            _complete(self, job)
        original(self, result)

    return set_result


def _complete(future: Any, job: Job) -> None:
    """The calling worker is about to complete it."""
    me = here.mine.me
    job.setter = me.worker
    me.emit(Kind.NOTIFIED, job.ident, 0, len(future._condition._waiters) + len(future._waiters))


def _make_cancel(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def cancel(self: Any) -> bool:
        job = self.__dict__.get(JOB)
        if job is not None and self._state == _PENDING:
            _complete(self, job)
        return original(self)

    return cancel


def _make_result(original: Callable[..., Any]) -> Callable[..., Any]:
    def result(self: Any, timeout: float | None = None) -> Any:
        me = here.mine.me
        if self._state in DONE or me.depth:
            return original(self, timeout)
        frame = _frame(1)
        job = self.__dict__.get(JOB)
        if job is None:
            job = self.__dict__[JOB] = Job(announce("Future", (self,), place(frame), frame))
        where = site(frame)
        me.emit(Kind.WAIT, job.ident, where, len(self._condition._waiters) + 1)
        me.depth += 1
        try:
            return original(self, timeout)
        finally:
            me.depth -= 1
            if self._state in DONE:
                me.emit(Kind.WOKE, job.ident, where, job.setter)
            else:
                me.emit(Kind.TIMED_OUT, job.ident, where)
            del self, frame  # the exception that goes out here must not refer to itself

    return result


class _SeveralDone:
    """Stands for the event that `wait` and `as_completed` wait for: that some of these futures are done."""

    def __init__(self, event: Any, futures: Any, where: int) -> None:
        self._event = event
        self._setter = 0
        self.clear, self.is_set = event.clear, event.is_set
        pending = [future for future in futures if future._state not in DONE]
        jobs = [future.__dict__.get(JOB) for future in pending]
        self._ident = jobs[0].ident if len(jobs) == 1 and jobs[0] is not None else 0
        self._name = f"{len(pending)} futures"
        self._where = where

    def set(self) -> None:
        """A future was completed, by the calling worker."""
        self._setter = here.mine.me.worker
        self._event.set()

    def wait(self, timeout: float | None = None) -> bool:
        """As the real one's."""
        me = here.mine.me
        if me.depth or self._event.is_set():
            return bool(self._event.wait(timeout))
        if not self._ident:
            self._ident = here.process().names.new(Table.RESOURCE, "", "Future", self._name, "", self._where)
        where = site(_frame(1))
        me.emit(Kind.WAIT, self._ident, where, 1)
        me.depth += 1
        woken = False
        try:
            woken = bool(self._event.wait(timeout))
        finally:
            me.depth -= 1
            me.emit(Kind.WOKE if woken else Kind.TIMED_OUT, self._ident, where, self._setter if woken else 0)
        return woken


def _make_waiters(original: Callable[..., Any]) -> Callable[..., Any]:
    """All these futures are locked by the caller, so nothing completes before our event is in its place."""

    def _create_and_install_waiters(fs: Any, return_when: Any) -> Any:
        waiter = original(fs, return_when)
        waiter.event = _SeveralDone(waiter.event, fs, site(_frame(1)))
        return waiter

    return _create_and_install_waiters
