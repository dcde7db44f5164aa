"""One thread as the Linux kernel sees it: on a core, in a core's queue, or blocked, and on what.

proc(5): /proc/PID/task/TID/schedstat (ns on a core, ns in the queue), stat (state, core), wchan (where in the kernel).
"""

from __future__ import annotations

import contextlib
import os
import time
from enum import IntEnum


class Seat(IntEnum):
    """Where a thread was between two looks."""

    ON_CPU = 1
    RUNNABLE = 2
    BLOCKED = 3
    BLOCKED_ON_FUTEX = 4
    """A lock of user space: CPython's GIL, its locks, and a C library's mutexes all end there."""


ON_CPU_SHARE = 0.3
"""From this share of the time between two looks on, a thread counts as on a core in between."""

CLOCK_MONOTONIC_COARSE = 6
"""Its number in Linux (time.h); Python has no name for it."""


def tick_ns() -> int:
    """How often the kernel accounts CPU time to a thread that keeps its core, in ns.

    It is the resolution of the coarse clock, which moves with the same tick (clock_getres(2)). Between two ticks a
    running thread seems to use nothing, so looks must lie further apart than this.
    """
    return int(time.clock_getres(CLOCK_MONOTONIC_COARSE) * 1e9)


class ThreadLook:
    """Owns the open files of one thread; `close` it."""

    def __init__(self, pid: int, tid: int) -> None:
        """OSError when there is no such thread or no /proc."""
        root = f"/proc/{pid}/task/{tid}/"
        self._schedstat = os.open(root + "schedstat", os.O_RDONLY | os.O_CLOEXEC)
        try:
            self._stat = os.open(root + "stat", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            os.close(self._schedstat)
            raise
        self._wchan = root + "wchan"
        self._cpu_ns, self._turns = self._account()
        self._seen_ns = time.monotonic_ns()

    def look(self, now_ns: int) -> tuple[Seat, int]:
        """(where it was since the last look, the core it is or was last on). OSError when it is gone."""
        cpu_ns, turns = self._account()
        used, elapsed, came = cpu_ns - self._cpu_ns, now_ns - self._seen_ns, turns > self._turns
        self._cpu_ns, self._turns, self._seen_ns = cpu_ns, turns, now_ns
        fields = os.pread(self._stat, 1024, 0).rpartition(b")")[2].split()
        core = int(fields[36])
        if used > ON_CPU_SHARE * elapsed:
            return Seat.ON_CPU, core
        if fields[0] == b"R":
            return (Seat.ON_CPU if came else Seat.RUNNABLE), core  # one that just came to a core has used little yet
        return self._blocked(), core

    def _account(self) -> tuple[int, int]:
        """(ns on a core, how often it was given one)."""
        used, _, turns = os.pread(self._schedstat, 96, 0).split()
        return int(used), int(turns)

    def _blocked(self) -> Seat:
        with contextlib.suppress(OSError), open(self._wchan, "rb") as file:
            return Seat.BLOCKED_ON_FUTEX if file.read(32).startswith(b"futex") else Seat.BLOCKED
        return Seat.BLOCKED

    def close(self) -> None:
        """Close its files."""
        for fd in (self._schedstat, self._stat):
            with contextlib.suppress(OSError):
                os.close(fd)
