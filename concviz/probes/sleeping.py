"""time.sleep: when a worker went to sleep, for how long, and when it was up again."""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.sites import caller, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LONGEST_SECONDS = 9e9
"""What still fits the field, in ns; Python's own limit is near."""


def install(module: Any) -> None:
    """Put our sleep into `time`."""
    seam.replace(module, "sleep", _make_sleep)


def _make_sleep(original: Callable[[float], None]) -> Callable[[float], None]:
    sleep_kind, slept_kind = int(Kind.SLEEP), int(Kind.SLEPT)

    def sleep(seconds: float, /) -> None:
        me = here.mine.me
        if me.depth or not isinstance(seconds, (int, float)) or not 0 <= seconds < LONGEST_SECONDS:
            return original(seconds)
        where = site(caller())
        thread = me.thread_worker if me.worker != me.thread_worker else 0  # a task's step: its thread sleeps too, loop and all
        me.emit(sleep_kind, 0, where, int(seconds * 1e9))
        if thread:
            me.emit(sleep_kind, 0, where, int(seconds * 1e9), thread)
        try:
            return original(seconds)
        finally:
            if thread:
                me.emit(slept_kind, 0, where, 0, thread)
            me.emit(slept_kind, 0, where)

    return sleep
