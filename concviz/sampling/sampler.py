"""Looks from outside at all processes of a run, paced: who holds a GIL, who is on a core. It never stops what it looks at.

A process with one thread has nobody to hand its GIL to, so that GIL is looked at with the seats only. What was looked
at, how often, at what cost, and what could not be: that is told too, and belongs to the recording.
"""

from __future__ import annotations

import contextlib
import sys
import time
from typing import Any

from concviz.sampling.beat import Beat
from concviz.sampling.pace import BUDGET, SEATS_ALONE, SEATS_SHARE, Pace
from concviz.sampling.procfs import FILES, tick_ns
from concviz.sampling.rates import Rate
from concviz.sampling.watched import Watched

SEATS_TICKS = 1.15
"""The shortest time between two looks at the threads' seats, in ticks of the kernel: a little more than one."""

FILES_WANTED, FILES_KEPT = 8192, 512
"""Open files that this process should be able to have, and how many of them are not for looks at threads."""

BRISK_NS = 4_000_000
"""Looks that lie further apart than this are not waited for in a loop of their own."""

FOREVER_NS = 1 << 62
"""After all times."""

OFF = "sampling is off"
ELSEWHERE = "only Linux tells where threads are"
TOO_MANY = "{} threads more than are looked at"


class Sampler:
    """Owns the looks at all processes of one run. Used by the supervisor alone."""

    def __init__(self, budget: float = BUDGET) -> None:
        """`budget`: share of one core; 0: nothing is looked at."""
        self.budget = budget
        self.pace = Pace(budget, int(SEATS_TICKS * tick_ns())) if budget > 0 and sys.platform == "linux" else None
        """None: nothing is looked at."""
        self._processes: dict[int, Watched] = {}
        self._ended: dict[int, tuple[int, str]] = {}
        self._others: set[int] = set()
        self._several: list[Watched] = []
        self._anyone = False
        self._next_gil_ns = self._next_seats_ns = 0
        self._beat = Beat()
        self._turns, self._looks, self._seats = Rate(), Rate(), Rate()
        self._rounds = Rate()
        self._seats_cost_ns = self._too_many = 0
        self._began_ns = 0
        self._most_threads = -1

    # Whom

    def absorb(self, index: int, pid: int, names: bytes) -> None:
        """Learn threads and GILs from a process's names as they pass by."""
        if self.pace is None:
            return
        if self._most_threads < 0:  # not before the program was started, which would inherit what this changes
            self._most_threads = most_threads()
        process = self._processes.get(index)
        if process is None:
            process = self._processes[index] = Watched(pid, self._room)
        process.absorb(names)
        self._began_ns = self._began_ns or time.monotonic_ns()
        self._sort()

    def take(self, index: int) -> bytes:
        """The records of one process since the last time; to be called when its names have been absorbed."""
        process = self._processes.get(index)
        return process.take() if process is not None else b""

    def forget(self, index: int) -> None:
        """The process has ended."""
        process = self._processes.pop(index, None)
        if process is not None:
            self._ended[index] = (process.hand_overs, process.why)
            self._too_many += process.too_many
            self._others |= {index} if process.others else set()
            process.close()
            self._sort()

    def _room(self) -> bool:
        return sum(len(process.threads) for process in self._processes.values()) < self._most_threads

    def _sort(self) -> None:
        self._several = [each for each in self._processes.values() if each.gil is not None and len(each.threads) > 1]
        self._anyone = any(process.threads for process in self._processes.values())
        now = time.monotonic_ns()
        for rate, active in (
            (self._turns, self._several),
            (self._looks, self._several),
            (self._seats, self._anyone),
            (self._rounds, self._anyone),
        ):
            rate.goes_on(now, active=bool(active))
        if not (self._several and self._brisk):
            self._beat.every(0)

    # When

    @property
    def due_ns(self) -> int:
        """When `look` has something to do next."""
        gil_ns = self._next_gil_ns if self._several and not self._brisk else FOREVER_NS
        return min(gil_ns, self._next_seats_ns if self._anyone else FOREVER_NS)

    @property
    def _brisk(self) -> bool:
        """Whether GILs are looked at so often that a loop of its own pays, and may be waited for."""
        return self.pace is not None and self.pace.gil_ns < BRISK_NS

    def look(self) -> bool:
        """Look at what `watch` does not: seats, and GILs when they are looked at seldom. Gives whether there was anything to do."""
        now = time.monotonic_ns()
        if now < self.due_ns:
            return False
        if self._several and not self._brisk and now >= self._next_gil_ns:
            assert self.pace is not None
            self._look_at_gils(now)
            self._next_gil_ns = now + self.pace.gil_ns
        if now >= self._next_seats_ns:
            self._look_at_seats(now)
        return True

    def watch(self, until_ns: int) -> bool:
        """Look on the beat of the GIL until then, once at least: a small loop, since waking up is most of what it costs.

        Gives whether there was a GIL to watch so; if not, it returns at once.
        """
        if self.pace is None or not self._several or not self._brisk:
            return False
        clock, beat = time.monotonic_ns, self._beat
        beat.every(self.pace.gil_ns)
        while self._several:
            beat.wait()
            now = clock()
            self._look_at_gils(now)
            if now >= self._next_seats_ns:
                self._look_at_seats(now)
                beat.every(self.pace.gil_ns)
            if now + self.pace.gil_ns >= until_ns:
                break
        return True

    def _look_at_gils(self, now: int) -> None:
        for process in self._several:
            process.look_at_gil(now)
        self._turns.count += 1
        self._looks.count += len(self._several)

    def _look_at_seats(self, now: int) -> None:
        assert self.pace is not None
        began_ns = time.thread_time_ns()
        for process in self._processes.values():
            if len(process.threads) < 2:
                process.look_at_gil(now)
            self._seats.count += len(process.threads)
            process.look_at_seats()
        self._rounds.count += 1
        self._sort()
        cost_ns = time.thread_time_ns() - began_ns
        self._seats_cost_ns += cost_ns
        self.pace.seats_cost(cost_ns, SEATS_SHARE if self._several else SEATS_ALONE)
        self.pace.adjust(now, self._turns.count, self._seats_cost_ns)
        missed = max(now - self._next_seats_ns, 0) // self.pace.seats_ns
        self._next_seats_ns += (1 + missed) * self.pace.seats_ns

    # What came of it

    def measured(self) -> dict[str, Any]:
        """What was looked at so far, how often, at what cost; and what could not be, with the reason. See `timeline.measure`."""
        now = time.monotonic_ns()
        seen = {index: (process.hand_overs, process.why) for index, process in self._processes.items()} | self._ended
        cost_ns = self.pace.cost_ns if self.pace is not None else 0
        return {
            "budget": self.budget,
            "share": cost_ns / max(now - self._began_ns, 1) if self._began_ns else 0.0,
            "supervisor_cpu_s": time.process_time(),
            "gil_per_s": self._looks.per_s(now),
            "gil_every_ns": self._turns.every_ns(now),
            "seats_per_s": self._seats.per_s(now),
            "seats_every_ns": self._rounds.every_ns(now),
            "hand_overs": {str(index): hand_overs for index, (hand_overs, _) in seen.items()},
            "no_gil": {str(index): why for index, (_, why) in seen.items() if why},
            "other_gils": sorted(self._others | {index for index, process in self._processes.items() if process.others}),
            "no_seats": self._no_seats(),
        }

    def _no_seats(self) -> str:
        if self.pace is None:
            return ELSEWHERE if self.budget > 0 else OFF
        many = self._too_many + sum(process.too_many for process in self._processes.values())
        return TOO_MANY.format(many) if many else ""


def most_threads() -> int:
    """How many threads may be looked at, with as many open files as this process can have."""
    try:
        import resource
    except ImportError:
        return 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    files = FILES_WANTED if soft == resource.RLIM_INFINITY else min(soft, FILES_WANTED)
    return max(files - FILES_KEPT, 0) // FILES
