"""Threads that are used again: starting one costs more than everything else in a short run."""

from __future__ import annotations

import _thread

from concviz.gates.worker import Carrier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_start = _thread.start_new_thread
_allocate = _thread.allocate_lock
_idle: list[Pooled] = []


class Pooled(Carrier):
    """A thread that does one job after the other; between them it is parked on its gate."""

    __slots__ = ("job",)

    def __init__(self) -> None:
        super().__init__(0)
        self.job: Callable[[], Carrier | None] | None = None
        begun = _allocate()
        begun.acquire()

        def live() -> None:
            self.ident = _thread.get_ident()
            begun.release()
            while True:
                self.gate.acquire()
                assert self.job is not None
                after = self.job()
                self.job = None
                _idle.append(self)
                if after is not None:
                    after.gate.release()

        _start(live, ())
        begun.acquire()


def take(job: Callable[[], Carrier | None]) -> Pooled:
    """A thread that does this when its gate opens; the gate that it returns opens after it is idle again."""
    pooled = _idle.pop() if _idle else Pooled()
    pooled.job = job
    return pooled


def forget() -> None:
    """In a forked child none of them lives."""
    _idle.clear()
