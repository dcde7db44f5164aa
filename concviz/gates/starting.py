"""Threads that the program starts, by whatever means: each becomes a worker on a pooled thread, and stands at its start.

Replaced is the lowest layer, as `threading` sees it: `start_new_thread`, `start_joinable_thread` with its handle (3.13 on), and the
lock that is released when a thread has ended (before). What `Thread.start` waits for is done for it: no step is lost by that, since
the new thread has done nothing yet that anybody could see.
"""

from __future__ import annotations

import _thread
import sys
import threading

from concviz.gates import pool, scheduler
from concviz.gates.choice import Access, End, Option
from concviz.gates.ends import failure
from concviz.gates.places import own_file, own_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Carrier, Worker

real_start = _thread.start_new_thread
real_joinable: Any = getattr(_thread, "start_joinable_thread", None)
real_handle: Any = getattr(_thread, "_ThreadHandle", None)
real_sentinel: Any = getattr(_thread, "_set_sentinel", None)


class Ending:
    """What tells that a worker has ended: a thread's handle from 3.13 on, the lock of its end before."""

    __slots__ = ("__weakref__", "given_back", "ident", "joined", "worker")

    def __init__(self, worker: Worker | None = None) -> None:
        self.worker = worker
        self.ident: int | None = None if worker is None else worker.carrier.ident
        self.joined = self.given_back = False
        """It is known to have ended: to ask again is no step, as before 3.13."""

    @classmethod
    def handle(cls) -> Any:
        """As `_thread._ThreadHandle()`: nothing has started yet."""
        return cls() if scheduler.run() is not None else real_handle()

    def is_done(self) -> bool:
        """Whether it has ended."""
        return self.worker is None or not self.worker.alive

    def _set_done(self) -> None:
        """As the original."""

    def join(self, timeout: float | None = None) -> None:
        """As a handle's: until it has ended."""
        self.wait(timeout)

    def wait(self, timeout: float | None) -> bool:
        """Until it has ended; False: the time is over."""
        found, ending = scheduler.run(), self.worker
        if found is None or ending is None or self.joined:
            return True
        worker = found.current
        access = Access(ending.name, False) if timeout is None else Access("*", True)
        option = Option(worker.number, worker.name, "join", ending.name, *own_place(sys._getframe(1)), access)

        def why() -> tuple[str, tuple[int, ...]]:
            return f"{ending.name} has not ended", (ending.number,)

        came = found.wait(worker, option, self.is_done, why, timeout)
        self.joined = came
        if not came:
            found.saw("timed out")
        return came

    # As the lock of a thread's end

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As the lock's: it can be had once the thread has ended."""
        found = scheduler.run()
        if found is None or self.worker is found.current:
            return True
        return self.wait(None if timeout < 0 else timeout) if blocking else self.is_done()

    def release(self) -> None:
        """As the lock's; a thread that has become a process's main one gives back its own."""
        found = scheduler.run()
        self.given_back = found is not None and self.worker is found.current

    def _at_fork_reinit(self) -> None:
        """As the lock's, in a forked child."""

    def locked(self) -> bool:
        """Whether it lives."""
        return not (self.is_done() or self.given_back)


def start_new_thread(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any] | None = None) -> int:
    """As `_thread.start_new_thread`."""
    found = scheduler.run()
    if found is None:
        return real_start(function, args, kwargs) if kwargs is not None else real_start(function, args)  # type: ignore[call-overload,no-any-return]
    return _begin(found, function, tuple(args), dict(kwargs or {})).carrier.ident


def start_joinable_thread(function: Callable[[], Any], handle: Any = None, daemon: bool = True) -> Any:
    """As `_thread.start_joinable_thread`."""
    found = scheduler.run()
    if found is None:
        return real_joinable(function, handle=handle, daemon=daemon)
    worker = _begin(found, function, (), {})
    worker.daemon = daemon
    if handle is None:
        handle = Ending()
    if isinstance(handle, Ending):
        handle.worker, handle.ident = worker, worker.carrier.ident
    return handle


def set_sentinel() -> Any:
    """As `_thread._set_sentinel`, before 3.13."""
    found = scheduler.run()
    return real_sentinel() if found is None else Ending(found.current)


class _Begun:
    """In place of the event that tells that a thread has begun, which makes a lock, a condition and a queue of who waits for it."""

    def is_set(self) -> bool:
        """As an event's."""
        return True

    def set(self) -> None:
        """As an event's."""

    def wait(self, timeout: float | None = None) -> bool:
        """As an event's."""
        return True

    def _at_fork_reinit(self) -> None:
        """As an event's, in a forked child."""


_BEGUN = _Begun()


def _begin(found: Scheduler, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Worker:
    thread = getattr(function, "__self__", None)
    announced = isinstance(thread, threading.Thread) and function.__name__ == "_bootstrap"
    place = own_place(sys._getframe(2))

    def job() -> Carrier | None:
        try:
            if found.over:
                vars(threading)["_limbo"].pop(thread, None)
            else:
                function(*args, **kwargs)
        except (scheduler.Unwound, SystemExit):
            pass
        except BaseException as error:
            failed(error)
        finally:
            following = found.finish(worker)
        return following

    carrier = pool.take(job)
    worker = found.add("", carrier)
    worker.name = _short(thread.name) if announced else f"Thread-{worker.number - 1}"  # type: ignore[union-attr]
    worker.daemon = not announced or thread.daemon  # type: ignore[union-attr]
    worker.clock.update(found.current.clock)
    worker.clock[worker.number] = 1
    if announced:
        _announce(thread, worker)
    found.stand(worker, "start", "", _where(function, place))
    return worker


def _announce(thread: Any, worker: Worker) -> None:
    """What the new thread would have done before anybody could ask."""
    thread._ident = worker.carrier.ident
    if real_joinable is None:
        thread._tstate_lock = Ending(worker)
    thread._started = _BEGUN


def _where(function: Any, place: tuple[str, int, str]) -> tuple[str, int, str]:
    """Where a new thread will begin: the first line of its function, if that can be known."""
    thread = getattr(function, "__self__", None)
    target = getattr(thread, "_target", None) or (thread is None and function) or getattr(type(thread), "run", None)
    code = getattr(target, "__code__", None) or getattr(getattr(target, "__func__", None), "__code__", None)
    return (code.co_filename, code.co_firstlineno, code.co_qualname) if code is not None and own_file(code.co_filename) else place


def _short(name: str) -> str:
    """Without the function that `threading` puts behind a number."""
    return name.partition(" (")[0] if name.endswith(")") and name.startswith("Thread-") else name


def failed(error: BaseException) -> None:
    """An exception has ended a worker: the run ends with it."""
    found = scheduler.run()
    if found is not None and not found.over and not isinstance(error, (scheduler.Unwound, SystemExit)):
        failure(found, error, found.current)


def excepthook(hook: Any) -> Any:
    """In place of `threading.excepthook`."""

    def told(args: Any) -> None:
        if scheduler.run() is None:
            hook(args)
        elif args.exc_value is not None:
            failed(args.exc_value)

    return told


__all__ = ["End", "Ending", "excepthook", "failed", "set_sentinel", "start_joinable_thread", "start_new_thread"]
