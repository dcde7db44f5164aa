"""Paces the looks from outside and makes events of what changed: who holds the GIL, who is on a core.

It has a budget, a share of one core, and looks less often when looks cost more. A process with one thread has nobody to
hand its GIL to, so only its seat is looked at.
"""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from concviz.events import FIELD_SEPARATOR, RECORD, Kind, Table
from concviz.ring.layout import ENTRY
from concviz.sampling.gil import GilReader
from concviz.sampling.procfs import Seat, ThreadLook, tick_ns

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGET = 0.05
"""Share of one core that looking may cost."""

GIL_NS = 1_000_000
"""The shortest time between two looks at a GIL."""

SEATS_TICKS = 1.15
"""The shortest time between two looks at the threads' seats, in ticks of the kernel: a little more than one."""

KINDS = {Seat.ON_CPU: Kind.ON_CPU, Seat.RUNNABLE: Kind.RUNNABLE, Seat.BLOCKED: Kind.OFF_CPU, Seat.BLOCKED_ON_FUTEX: Kind.OFF_CPU}
"""The event that tells a new seat; OFF_CPU's arg is 1 when the thread waits on a futex."""


@dataclass(slots=True)
class Watched:
    """One process: its GIL, and its threads by native id."""

    pid: int
    gil: GilReader | None = None
    workers: dict[int, int] = field(default_factory=dict)
    """Thread state -> worker id."""
    seats: dict[int, tuple[ThreadLook, int, Seat | None]] = field(default_factory=dict)
    """Native id -> (look, worker id, last seat)."""
    holding: tuple[int, bool, int] = (0, False, -1)
    """The last look: thread state, locked, switches."""
    records: list[bytes] = field(default_factory=list)


class Sampler:
    """Owns the looks at all processes of one run. Used by the supervisor alone."""

    def __init__(self) -> None:
        self._processes: dict[int, Watched] = {}
        self._next_gil_ns = self._next_seats_ns = 0
        self._seats_ns = int(SEATS_TICKS * tick_ns()) if sys.platform == "linux" else 0
        self.looks = 0
        """Looks at GILs so far."""
        self.cost_ns = 0
        """CPU time that looking has cost so far, in ns."""

    def absorb(self, index: int, pid: int, names: bytes) -> None:
        """Learn threads and GILs from a process's names as they pass by."""
        process = self._processes.setdefault(index, Watched(pid))
        at = 0
        while at < len(names):
            size, _, table = ENTRY.unpack_from(names, at)
            if table in {Table.PROCESS, Table.THREAD}:
                fields = names[at + ENTRY.size : at + size].decode(errors="replace").split(FIELD_SEPARATOR)
                self._learn(process, Table(table), fields)
            at += size

    def _learn(self, process: Watched, table: Table, fields: list[str]) -> None:
        if table is Table.PROCESS and fields[0] == str(process.pid) and fields[5].startswith("0x"):
            with contextlib.suppress(OSError):
                process.gil = GilReader(process.pid, int(fields[5], 16))
        elif table is Table.THREAD:
            worker, native, state = int(fields[0]), int(fields[1]), int(fields[2])
            process.workers[state] = worker
            with contextlib.suppress(OSError):
                process.seats[native] = (ThreadLook(process.pid, native), worker, None)

    def forget(self, index: int) -> None:
        """The process has ended."""
        process = self._processes.pop(index, None)
        if process is not None:
            for look, _, _ in process.seats.values():
                look.close()

    def look(self) -> list[tuple[int, bytes]]:
        """Look where it is time to; gives (process index, records) where something changed."""
        now = time.monotonic_ns()
        if now >= self._next_gil_ns:
            several = [each for each in self._processes.values() if each.gil is not None and len(each.seats) > 1]
            self._next_gil_ns = now + self._paced(self._look_at_gil, several, GIL_NS)
        if now >= self._next_seats_ns:
            self._next_seats_ns = now + self._paced(self._look_at_seats, [*self._processes.values()], self._seats_ns)
        return [(index, b"".join(_taken(process))) for index, process in self._processes.items() if process.records]

    def _paced(self, look: Callable[[Watched], None], processes: list[Watched], least_ns: int) -> int:
        """Look at these; gives the ns until the next time, so that half the budget is kept."""
        start = time.thread_time_ns()
        for process in processes:
            look(process)
        cost = time.thread_time_ns() - start
        self.cost_ns += cost
        return max(least_ns, int(cost / (BUDGET / 2)))

    def seconds_to_next(self) -> float:
        """How long nothing needs to be looked at; a long time when there is nobody to look at."""
        if not any(process.seats for process in self._processes.values()):
            return 1.0
        return max(0.0, (min(self._next_gil_ns, self._next_seats_ns) - time.monotonic_ns()) / 1e9)

    def _look_at_gil(self, process: Watched) -> None:
        assert process.gil is not None
        held = process.gil.look()
        now = time.monotonic_ns()
        self.looks += 1
        if held is None or (held.thread_state, held.locked, held.switches) == process.holding:
            return
        process.holding = (held.thread_state, held.locked, held.switches)
        worker = process.workers.get(held.thread_state, 0)
        kind = Kind.GIL_TAKEN if held.locked else Kind.GIL_FREE
        process.records.append(RECORD.pack(now, held.switches, worker, 0, 0, kind, 1))

    def _look_at_seats(self, process: Watched) -> None:
        for native, (look, worker, last) in list(process.seats.items()):
            now = time.monotonic_ns()
            try:
                seat, core = look.look(now)
            except (OSError, ValueError, IndexError):
                look.close()
                del process.seats[native]
                continue
            if seat is not last:
                process.seats[native] = (look, worker, seat)
                arg = core if seat in {Seat.ON_CPU, Seat.RUNNABLE} else int(seat is Seat.BLOCKED_ON_FUTEX)
                process.records.append(RECORD.pack(now, arg, worker, 0, 0, KINDS[seat], 1))


def _taken(process: Watched) -> list[bytes]:
    records, process.records = process.records, []
    return records
