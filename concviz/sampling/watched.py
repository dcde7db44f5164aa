"""One watched process as seen from outside: who holds its GIL, where its threads are. What changed becomes records."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.events import FIELD_SEPARATOR, INTERPRETER_SHIFT, RECORD, Kind, Table
from concviz.ring.layout import ENTRY
from concviz.sampling.gil import GIL, GilReader, Holding, meant
from concviz.sampling.own_gils import Entered, OwnGils
from concviz.sampling.procfs import Look, Seat, ThreadLook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NO_FUTEX, SOME_FUTEX, GIL_FUTEX, OTHER_FUTEX, ASLEEP = range(5)
"""OFF_CPU's number: what the thread is blocked on."""

USED_LEAST = 100
"""Thousandths. One that used so much without having held the GIL computes without it; one that waits for it uses less."""

LOOKS_NEEDED = 3
"""A thread that held the GIL in none of so many looks did not hold it between the first and the last of them."""


STRANGE_NS = 300_000_000
"""An interpreter seen so long is one that nothing is told of: that comes only when it has been made, and read."""

_TOLD = frozenset({Table.PROCESS, Table.THREAD, Table.INTERPRETER})


@dataclass(slots=True)
class Thread:
    """A thread that is looked at. Changed by Watched alone."""

    look: ThreadLook
    worker: int
    state: int
    """Address of its thread state; 0 unknown."""
    told: tuple[int, int] = (0, 0)
    """(kind, number) of its last record."""
    moved: bool = False
    """Whether the last look saw that it had run."""
    free: bool = False
    """Whether the last look saw that it computes, or would, without the GIL."""
    foreign: bool = False
    """Whether nobody else tells its end: another program's, which a watched process has started, or one that ran before we came."""


class Watched:
    """Owns what is looked at in one process, and what was seen there and not yet taken."""

    def __init__(self, pid: int, room: Callable[[], bool]) -> None:
        """`room`: whether another thread may be looked at, which costs open files."""
        self.pid = pid
        self._room = room
        self.gil: GilReader | None = None
        self.why = ""
        """Why the GIL cannot be read, in words; "" while it can, or while nothing was said of it."""
        self.threads: dict[int, Thread] = {}
        """By native id."""
        self.too_many = 0
        """Threads that are not looked at."""
        self.hand_overs = 0
        """How often the GIL was handed to another thread since it was first looked at, as the interpreter counts."""
        self.own_gils = OwnGils(pid)
        """Of its other interpreters."""
        self._strange_ns = (0, 0)
        self._newest_at = self._main = 0
        self._states: dict[int, tuple[int, int]] = {}
        """Thread state -> (worker, from when on: an address may serve one thread after another)."""
        self._first_switches = -1
        self._last, self._last_bytes = Holding(0, locked=False, switches=0), b""
        self._looks: list[tuple[int, Holding]] = []
        self._held: set[int] = set()
        self._looked = 0
        self._waits_seen = False
        self._records: list[bytes] = []

    @property
    def others(self) -> bool:
        """Whether it has other interpreters whose GILs, if they have some of their own, are not read."""
        since_ns, until_ns = self._strange_ns
        return (until_ns - since_ns >= STRANGE_NS and not self.own_gils.told) or bool(self.own_gils.too_many)

    # What it says of itself

    def absorb(self, names: bytes) -> None:
        """Learn threads and the GIL's place from its names as they pass by."""
        now = time.monotonic_ns()
        at = 0
        while at < len(names):
            size, _, table = ENTRY.unpack_from(names, at)
            if table in _TOLD:
                fields = names[at + ENTRY.size : at + size].decode(errors="replace").split(FIELD_SEPARATOR)
                if table == Table.THREAD:
                    pid = int(fields[3]) if len(fields) > 3 else self.pid
                    self._learn_thread(int(fields[0]), int(fields[1]), int(fields[2]), pid, untold=len(fields) > 4 and bool(fields[4]))
                elif table == Table.INTERPRETER:
                    self.own_gils.learn(int(fields[0]), fields[1], int(fields[2]), Entered(int(fields[4]), int(fields[3])), now)
                elif fields[0] == str(self.pid) and fields[5].startswith("0x"):
                    self._learn_place(*(int(word, 16) for word in fields[5].split()))
            at += size

    def _learn_place(self, address: int, newest_at: int = 0, main: int = 0) -> None:
        self._newest_at, self._main = newest_at, main
        try:
            self.gil = GilReader(self.pid, address)
        except (FileNotFoundError, ProcessLookupError):
            return  # it has ended before anybody could look: that is no want of rights
        except OSError as error:
            self.why = error.strerror or str(error)

    def _learn_thread(self, worker: int, native: int, state: int, pid: int, *, untold: bool) -> None:
        if pid == self.pid:
            known = self._states.get(state)
            self._states[state] = (worker, time.monotonic_ns() if known and known[0] != worker else 0)
        old = self.threads.pop(native, None)
        if old is not None:
            old.look.close()
        if not self._room():
            self.too_many += 1
            return
        foreign = untold or pid != self.pid
        try:
            self.threads[native] = Thread(ThreadLook(pid, native), worker, state, foreign=foreign)
        except OSError:
            if foreign:
                self._over(worker)

    # Looks

    def look_at_gil(self, now_ns: int) -> None:
        """Who holds it. `now_ns` is read before: dated too late, a look would speak against events that it came before."""
        if self.gil is None:
            return
        self._looked += 1
        self.own_gils.look(now_ns)
        data = self.gil.read()
        if data == self._last_bytes:
            return
        if len(data) != GIL.size:
            self.gil.close()
            self.gil = None
            return
        held = self._last = meant(data)
        self._last_bytes = data
        if self._first_switches < 0:
            self._first_switches = held.switches
        self.hand_overs = held.switches - self._first_switches
        if held.locked:
            self._held.add(held.thread_state)
        self._looks.append((now_ns, held))

    def look_at_seats(self) -> None:
        """Where its threads are."""
        for native, thread in list(self.threads.items()):
            try:
                look = thread.look.look(time.monotonic_ns())
                over = thread.foreign and not look.moved and thread.look.over()
            except (OSError, ValueError, IndexError):
                self._gone(native)
                continue
            if over:
                self._gone(native)
                continue
            told = self._told(native, thread, look)
            if look.moved or thread.moved or told != thread.told:
                kind, number = told
                self._records.append(RECORD.pack(look.since_ns, look.used << 32 | number, thread.worker, 0, 0, kind, 1))
            thread.told, thread.moved = told, look.moved
        if self.gil is not None and self._newest_at and self.gil.word(self._newest_at) not in {0, self._main}:
            now = time.monotonic_ns()
            self._strange_ns = self._strange_ns[0] or now, now
        self.own_gils.settle()
        self._held = {self._last.thread_state} if self._last.locked else set()
        self._looked = 0

    def _gone(self, native: int) -> None:
        """Look at it no more; of another program tell that it has ended."""
        thread = self.threads.pop(native)
        thread.look.close()
        if thread.foreign:
            self._over(thread.worker)

    def _over(self, worker: int) -> None:
        self._records.append(RECORD.pack(time.monotonic_ns(), 0, worker, 0, 0, Kind.ENDED, 1))

    def _told(self, native: int, thread: Thread, look: Look) -> tuple[Kind, int]:
        on_core, queued = look.seat is Seat.ON_CPU, look.seat is Seat.RUNNABLE
        held = self._looked < LOOKS_NEEDED or thread.state in self._held
        thread.free = not held and ((on_core and look.ready) or (queued and (thread.free or look.used >= USED_LEAST)))
        thread.free |= native in self.own_gils.holders
        if on_core:
            return Kind.WITHOUT_GIL if thread.free else Kind.ON_CPU, look.number
        if queued:
            return Kind.QUEUED_WITHOUT_GIL if thread.free else Kind.RUNNABLE, look.number
        if look.seat is Seat.BLOCKED:
            return Kind.OFF_CPU, NO_FUTEX
        if look.seat is Seat.ASLEEP:
            return Kind.OFF_CPU, ASLEEP
        return Kind.OFF_CPU, self._futex(look.number)

    def _futex(self, address: int) -> int:
        """Whether it is the GIL's. That it is not can be said where threads were seen to wait for the GIL in that way."""
        if self.gil is None or not address:
            return SOME_FUTEX
        if self.gil.waited_on(address) or self.own_gils.waited_on(address):
            self._waits_seen = True
            return GIL_FUTEX
        return OTHER_FUTEX if self._waits_seen else SOME_FUTEX

    # What was seen

    def take(self) -> bytes:
        """The records since the last time."""
        records = [*self._records, *self._holders()]
        self._records, self._looks = [], []
        return b"".join(records)

    def _holders(self) -> Iterator[bytes]:
        """Threads are told by name only after they began: so looks wait until their names have come."""
        for at, held in self._looks:
            worker, from_ns = self._states.get(held.thread_state, (0, 0))
            kind = Kind.GIL_TAKEN if held.locked else Kind.GIL_FREE
            yield RECORD.pack(at, held.switches, worker if at >= from_ns else 0, 0, 0, kind, 1)
        for at, number, held, native in self.own_gils.take():
            thread = self.threads.get(native)
            kind = Kind.GIL_TAKEN if held.locked else Kind.GIL_FREE
            yield RECORD.pack(at, number << INTERPRETER_SHIFT | held.switches, thread.worker if thread else 0, 0, 0, kind, 1)

    def close(self) -> None:
        """Close all files."""
        for thread in self.threads.values():
            thread.look.close()
        self.threads.clear()
        self.own_gils.close()
        if self.gil is not None:
            self.gil.close()
            self.gil = None
