"""Virtual time: inside a run a sleep costs nothing, and whether a timer has fired is a choice."""

from __future__ import annotations

import sys
import time

from concviz.gates import scheduler
from concviz.gates.choice import Option
from concviz.gates.places import own_place
from concviz.gates.worker import CLOCK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

EPOCH_S = 1_800_000_000.0
"""What `time.time` tells at the begin of every run; all other clocks begin at 1,000 s."""

BEGIN_S = 1000.0

_sleep = time.sleep


def sleep(seconds: float) -> None:
    """As `time.sleep`."""
    found = scheduler.run()
    if found is None:
        _sleep(seconds)
        return
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    worker = found.current
    option = Option(worker.number, worker.name, "sleep", "", *own_place(sys._getframe(1)), CLOCK)
    found.wait(worker, option, _never, _asleep, float(seconds))


def _never() -> bool:
    return False


def _asleep() -> tuple[str, tuple[int, ...]]:
    return "an earlier timer comes first", ()


def seconds(real: Callable[[], float], begin_s: float) -> Callable[[], float]:
    """A clock in seconds in place of this one."""

    def clock() -> float:
        found = scheduler.run()
        return real() if found is None else begin_s + found.now

    return clock


def nanoseconds(real: Callable[[], int], begin_s: float) -> Callable[[], int]:
    """A clock in nanoseconds in place of this one."""

    def clock() -> int:
        found = scheduler.run()
        return real() if found is None else int((begin_s + found.now) * 1e9)

    return clock
