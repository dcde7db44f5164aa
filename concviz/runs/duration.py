"""The time that a program may take: then it is asked to end, as by Ctrl-C, and ended if it does not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from concviz.runs.program import Program

GRACE_S = 3.0
"""So long a program may take to end after it was asked to: an event loop that closes its connections needs some."""


class Duration:
    """Owns the time of one program; `look` is called many times a second by its supervisor."""

    def __init__(self, seconds: object, program: Program, tell: Callable[..., Any]) -> None:
        """`seconds`: from its first line on; no number: for ever. `tell`: writes a META frame of that word and these fields."""
        self._seconds = float(seconds) if isinstance(seconds, int | float) else None
        self._program, self._tell = program, tell
        self._ask_ns = self._kill_ns = 0

    def begin(self) -> None:
        """The program runs its first line now."""
        if self._seconds is not None and not self._ask_ns:
            self._ask_ns = time.monotonic_ns() + round(self._seconds * 1e9)

    def look(self) -> None:
        """Ask it to end when its time is up; kill it and all that it started when it has not by the end of its grace."""
        now_ns = time.monotonic_ns()
        if self._kill_ns and now_ns >= self._kill_ns:
            self._kill_ns = 0
            self._program.stop()
        elif self._ask_ns and now_ns >= self._ask_ns and self._program.living:
            self._ask_ns, self._kill_ns = 0, now_ns + round(GRACE_S * 1e9)
            self._tell("time_up", seconds=self._seconds)
            self._program.interrupt()
