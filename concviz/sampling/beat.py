"""A beat to wait for: one short system call for each, and no drift. Linux's timerfd(2); elsewhere sleeps."""

from __future__ import annotations

import os
import time

TFD_CLOEXEC, CLOCK_MONOTONIC = 0o2000000, 1
"""Their numbers in Linux (sys/timerfd.h, time.h)."""

NEAR = 0.05
"""A new interval that differs by less than this share of the old one is no new interval."""


class Beat:
    """Owns the timer; `close` it."""

    def __init__(self) -> None:
        self._interval_ns = 0
        self._due_ns = 0
        self._timer = -1
        try:
            import ctypes

            self._library = ctypes.CDLL(None, use_errno=True)
            self._times = ctypes.c_long * 4
            self._timer = self._library.timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)
        except (ImportError, OSError, AttributeError):
            return

    def every(self, interval_ns: int) -> None:
        """Beat so often from now on; 0: not at all."""
        if interval_ns and abs(interval_ns - self._interval_ns) < NEAR * self._interval_ns:
            return
        self._interval_ns = interval_ns
        self._due_ns = time.monotonic_ns() + interval_ns
        if self._timer >= 0:
            self._library.timerfd_settime(self._timer, 0, self._times(*divmod(interval_ns, 10**9) * 2), None)

    def wait(self) -> None:
        """Until the next beat. Those that were missed are one, and come at once."""
        if self._timer >= 0:
            os.read(self._timer, 8)
            return
        now = time.monotonic_ns()
        time.sleep(max(self._due_ns - now, 0) / 1e9)
        missed = max(now - self._due_ns, 0) // max(self._interval_ns, 1)
        self._due_ns += (1 + missed) * self._interval_ns

    def close(self) -> None:
        """Close it; afterwards beats are waited for by sleeps."""
        if self._timer >= 0:
            os.close(self._timer)
            self._timer = -1
