"""One thread as the Linux kernel sees it: on a core, in a core's queue, or blocked, and on what.

proc(5): /proc/PID/task/TID/schedstat (ns on a core, ns in the queue, turns), syscall (what it is blocked in), stat (state, core).
"""

from __future__ import annotations

import contextlib
import os
import platform
import time
from enum import IntEnum
from typing import NamedTuple


class Seat(IntEnum):
    """Where a thread was for the most of the time between two looks."""

    ON_CPU = 1
    RUNNABLE = 2
    BLOCKED = 3
    BLOCKED_ON_FUTEX = 4
    """A lock of user space: CPython's GIL, its locks, and a C library's mutexes all end there."""
    BLOCKED_SOMEHOW = 5
    """This machine does not tell on what."""
    ASLEEP = 6
    """For a time, in a call that does nothing else."""


class Look(NamedTuple):
    """What one look told about the time since the one before."""

    seat: Seat
    number: int
    """The core that it is on, or was last on; when it is blocked on a futex, the futex's address."""
    since_ns: int
    """When the look before was."""
    used: int
    """For how much of that time it was on a core, in thousandths. The kernel's account lags, so it may be more than all."""
    moved: bool
    """Whether it was on a core in between: if not, nothing has changed."""
    ready: bool
    """Whether it had or wanted a core at the end."""


AWAKE_SHARE = 0.3
"""From this share of the time between two looks on, on a core or waiting for one, a thread is not blocked. Less than a
half, since the kernel's account of a thread that keeps its core lags behind by up to a tick."""

OWED_LOOKS = 3
"""What looks have left out of the time on a core, or in a queue, is forgotten beyond the length of so many."""

MOST_USED = 60_000
"""Thousandths that fit a record's field."""

FILES = 3
"""Files that a look at one thread keeps open."""

FUTEX = {"x86_64": 202, "aarch64": 98}.get(platform.machine(), -2)
"""futex(2)'s number here; of the other machines, which have numbers of their own, it is not known."""

SLEEPS = {"x86_64": (35, 230), "aarch64": (101, 115)}.get(platform.machine(), ())
"""Likewise those of nanosleep(2) and clock_nanosleep(2)."""

CORE = 36
"""Which of stat's fields is the core's number, counted from the state on: the name before that may hold blanks."""

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
        self._files: list[int] = []
        try:
            self._schedstat, self._stat = self._open(root + "schedstat"), self._open(root + "stat")
            self._cpu_ns, self._queued_ns, self._turns = map(int, os.pread(self._schedstat, 96, 0).split())
        except OSError:
            self.close()
            raise
        self._syscall = -1
        with contextlib.suppress(OSError):
            self._syscall = self._open(root + "syscall")
            os.pread(self._syscall, 1, 0)
        self._seen_ns = time.monotonic_ns()
        self._blocked: tuple[Seat, int] | None = None
        """What it was blocked in at the last look; None: it was not."""
        self._used_owed = self._queued_owed = 0

    def _open(self, path: str) -> int:
        self._files.append(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
        return self._files[-1]

    def look(self, now_ns: int) -> Look:
        """Where it was since the last look. OSError when it is gone."""
        told = os.pread(self._schedstat, 96, 0).split()
        cpu_ns, queued_ns, turns = int(told[0]), int(told[1]), int(told[2])
        used, queued, moved = cpu_ns - self._cpu_ns, queued_ns - self._queued_ns, turns != self._turns or cpu_ns != self._cpu_ns
        since_ns, elapsed, came = self._seen_ns, now_ns - self._seen_ns, turns != self._turns
        self._cpu_ns, self._queued_ns, self._turns, self._seen_ns = cpu_ns, queued_ns, turns, now_ns
        if not moved and self._blocked is not None:
            return Look(*self._blocked, since_ns, 0, moved=False, ready=False)
        self._blocked = None
        share = min(used * 1000 // max(elapsed, 1), MOST_USED)
        if used + queued <= AWAKE_SHARE * elapsed:
            self._blocked = self._place()
            if self._blocked is not None:
                self._used_owed = self._queued_owed = 0
                return Look(*self._blocked, since_ns, share, moved, ready=False)
            queues = not came  # one that just came to a core has used little yet
        else:
            queues = self._queued_owed + queued > self._used_owed + used
        self._owe(used - (0 if queues else elapsed), queued - (elapsed if queues else 0), elapsed)
        ready, core = self._standing()
        return Look(Seat.RUNNABLE if queues else Seat.ON_CPU, core, since_ns, share, moved, ready)

    def _owe(self, used: int, queued: int, elapsed: int) -> None:
        """A look tells one seat for all of its time; what it leaves out counts for the next, so that the sums are true."""
        most = OWED_LOOKS * elapsed
        self._used_owed = max(min(self._used_owed + used, most), -most)
        self._queued_owed = max(min(self._queued_owed + queued, most), -most)

    def _place(self) -> tuple[Seat, int] | None:
        """What it is blocked in just now; None: it is not. Some kernels, and some rights, do not tell."""
        if self._syscall >= 0:
            try:
                words = os.pread(self._syscall, 64, 0).split(None, 2)
            except PermissionError:
                self._syscall = -1
            else:
                if words[0] == b"running":
                    return None
                if FUTEX < 0:
                    return Seat.BLOCKED_SOMEHOW, 0
                number = int(words[0])
                if number == FUTEX:
                    return Seat.BLOCKED_ON_FUTEX, int(words[1], 16)
                return Seat.ASLEEP if number in SLEEPS else Seat.BLOCKED, 0
        return None if self._standing()[0] else (Seat.BLOCKED_SOMEHOW, 0)

    def _standing(self) -> tuple[bool, int]:
        """(whether it has or wants a core, the core that it is or was on)."""
        fields = os.pread(self._stat, 1024, 0).rpartition(b")")[2].split(None, CORE + 1)
        return fields[0] == b"R", int(fields[CORE])

    def over(self) -> bool:
        """Whether it has ended, and waits only for whoever started it. OSError when it is gone."""
        return os.pread(self._stat, 1024, 0).rpartition(b")")[2].split(None, 1)[0] in {b"Z", b"X"}

    def close(self) -> None:
        """Close its files."""
        for fd in self._files:
            with contextlib.suppress(OSError):
                os.close(fd)
        self._files.clear()
