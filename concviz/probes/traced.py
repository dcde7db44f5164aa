"""Lines on 3.11: a trace function for the first lines of each thread; after that only looks from outside."""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here
from concviz.probes.sites import own_file, site
from concviz.probes.tracers import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from concviz.probes.ticks import Ticker

FIRST_LINES = 2000
"""Lines of each thread that are all noted."""

FIRST_CALLS = 20_000
"""Calls of each thread after which tracing ends, however few lines of the person's own it met."""

_LINE = int(Kind.LINE)


class Tracer:
    """Puts a trace function into each thread, which takes itself out again."""

    def __init__(self, ticker: Ticker) -> None:
        self._ticker = ticker

    def begin(self) -> None:
        """Trace the main thread."""
        self.thread_begins()

    def thread_begins(self) -> None:
        """Trace the calling thread. One that `threading.settrace` gives it comes later, and wins."""
        if bare("gettrace")() is None:
            bare("settrace")(_tracer())

    def tick(self) -> None:
        """Tracing needs none."""

    def end(self) -> None:
        """Each thread stops to be traced by itself."""

    def after_fork(self) -> None:
        """Tick again, on either side."""
        self._ticker.start()


def _tracer() -> Any:
    lines_left, calls_left = FIRST_LINES, FIRST_CALLS

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal calls_left
        calls_left -= 1
        if calls_left < 0:
            stop()
            return None
        return line if own_file(frame.f_code.co_filename) else None

    def line(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal lines_left
        if event == "line":
            here.mine.me.emit(_LINE, 0, site(frame), 0)
            lines_left -= 1
            if lines_left <= 0:
                stop()
        return line

    def stop() -> None:
        if bare("gettrace")() is trace:
            bare("settrace")(None)

    return trace
