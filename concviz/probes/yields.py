"""Letting the others run before a real wait, where there is a GIL.

Our stand-ins are Python, so a thread can lose the GIL while it holds a lock in which the bare program never could.
Who then waits in the kernel makes every later release a system call and a hand-over: eight threads on an empty
section became 20 times slower. Offering the GIL a few times first gives the holder its turn, and most such
waits end there; a wait for a holder that really keeps the lock begins some microseconds later.
"""

from __future__ import annotations

import sys
import time
from _thread import TIMEOUT_MAX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 8
"""How often the GIL is offered. 3 leave a tenth of the loss, 8 none that can be measured."""

_sleep: Callable[[float], None] = getattr(time.sleep, "__wrapped__", time.sleep)
_times = TIMES if getattr(sys, "_is_gil_enabled", lambda: True)() else 0


def waits(blocking: object, timeout: object) -> bool:
    """Whether `acquire` with these arguments may wait. False also where they are wrong: the real lock then says so."""
    return (blocking is True or (isinstance(blocking, int) and bool(blocking))) and (
        timeout == -1 or (isinstance(timeout, (int, float)) and 0 < timeout <= TIMEOUT_MAX)
    )


def take(acquire: Callable[[bool], bool]) -> bool:
    """Offer the GIL, try; again and again. False: somebody really keeps it."""
    for _ in range(_times):
        _sleep(0)
        if acquire(False):
            return True
    return False
