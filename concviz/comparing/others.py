"""What the machine's other programs took meanwhile: what they took, no variant could have."""

from __future__ import annotations

import os
import time
from pathlib import Path

IDLE = (3, 4)
"""Of the numbers in the first line of /proc/stat, those that count idle time: idle, and waiting for a disk."""

COUNTED = 8
"""The numbers after these count a part of them again."""


class Others:
    """Owns a look at the machine's clocks when it was made."""

    def __init__(self) -> None:
        self._began, self._busy_s, self._own_s = time.monotonic(), _busy_seconds(), _own_seconds()

    def cores(self) -> float | None:
        """How many cores were busy with what is neither this process nor its ended children, on average since then. None: not told here."""
        busy_s, past_s = _busy_seconds(), time.monotonic() - self._began
        if busy_s is None or self._busy_s is None or past_s <= 0:
            return None
        return max(0.0, (busy_s - self._busy_s - (_own_seconds() - self._own_s)) / past_s)


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _busy_seconds() -> float | None:
    try:
        line = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
        ticks = [int(word) for word in line.split()[1 : 1 + COUNTED]]
        return sum(count for place, count in enumerate(ticks) if place not in IDLE) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return None


def _own_seconds() -> float:
    return sum(os.times()[:4])
