"""The GILs of a process's other interpreters (PEP 684): who holds each, read as the main one's is.

A thread's state is another one in each interpreter, so the holder is known by the native id that its state has; where the
interpreter's threads share one (3.12), by who entered it, since only one can.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from concviz.events import INTERPRETER_SHIFT
from concviz.sampling.gil import GIL, GilReader, Holding, meant

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 16
"""So many are looked at; of more, those that came later are not."""

LIMIT = 1 << (62 - INTERPRETER_SHIFT)
"""No interpreter with a higher number is looked at: it has no room in a record."""


LONGEST_MICROSECONDS = 1_000_000_000
"""No switch interval is longer."""


def plausible(data: bytes) -> bool:
    """Whether it can be a GIL: an interpreter that goes without a word leaves its memory to others."""
    interval, _, locked, _, _ = GIL.unpack(data)
    return 0 < interval <= LONGEST_MICROSECONDS and locked in {0, 1}


class Entered(NamedTuple):
    """Who entered an interpreter."""

    time_ns: int
    native: int
    """The thread's native id; 0: its thread state tells."""


class OwnGilLook(NamedTuple):
    """One look."""

    time_ns: int
    interpreter: int
    holding: Holding
    native: int
    """The holder's native id; 0: nobody, or unknown."""


class _OwnGil:
    """Owns what is known of one."""

    __slots__ = ("entered", "holder", "last", "native_at", "reader")

    def __init__(self, reader: GilReader, native_at: int) -> None:
        self.reader = reader
        self.entered: list[Entered] = []
        """Who entered it, in order, where that tells who holds it."""
        self.native_at = native_at
        self.last = b""
        self.holder = 0
        """Native id of the thread that holds it; 0: nobody, or unknown."""

    def look(self) -> Holding | None:
        """Who holds it; None: nothing has changed. OSError when it is gone."""
        data = self.reader.read()
        if len(data) != GIL.size or not plausible(data):
            raise OSError("its memory is gone, or another's")
        held = meant(data)
        holder = self.reader.word(held.thread_state + self.native_at) if held.locked and self.native_at else 0
        if (data, holder) == (self.last, self.holder):  # a thread state may lie where that of a thread lay that has ended
            return None
        self.last, self.holder = data, holder
        return held

    def inside(self, time_ns: int) -> int:
        """The native id of the last one that had entered by then."""
        return next((each.native for each in reversed(self.entered) if each.time_ns <= time_ns), 0)


class OwnGils:
    """Owns the GILs of one process's other interpreters, and what was seen of them and not yet taken."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._gils: dict[int, _OwnGil] = {}
        self._looks: list[OwnGilLook] = []
        self.told = False
        """Whether it was ever told where one lies."""
        self.too_many = 0
        """How many are not looked at."""
        self.holders: set[int] = set()
        """Native ids of the threads that were seen to hold one since `settle`."""

    def learn(self, number: int, place: str, native_at: int, entered: Entered, now_ns: int) -> None:
        """One is there (`place`: its address in hex), or was entered; or is going ("")."""
        self.told = True
        if not place:
            self._drop(number, now_ns)
        elif number in self._gils:
            self._gils[number].entered.append(entered)
            self._gils[number].last = b""  # it may look as it did for who was in there before
        elif len(self._gils) >= MOST or number >= LIMIT:
            self.too_many += 1
        else:
            with contextlib.suppress(OSError):
                self._gils[number] = made = _OwnGil(GilReader(self._pid, int(place, 16)), native_at)
                made.entered.append(entered)

    def look(self, now_ns: int) -> None:
        """Who holds each."""
        for number, each in list(self._gils.items()):
            try:
                held = each.look()
            except OSError:
                self._drop(number, now_ns)
                continue
            if held is not None:
                self.holders.add(each.holder)
                self._looks.append(OwnGilLook(now_ns, number, held, each.holder))

    def settle(self) -> None:
        """Forget who held one, but for those who still do."""
        self.holders = {each.holder for each in self._gils.values()}

    def waited_on(self, address: int) -> bool:
        """Whether a thread that is blocked on a futex there waits for one of them."""
        return any(each.reader.waited_on(address) for each in self._gils.values())

    def take(self) -> Iterator[OwnGilLook]:
        """The looks since the last time; to be called when all that was told by then has been learned."""
        looks, self._looks = self._looks, []
        for look in looks:
            its = self._gils.get(look.interpreter)
            entered = its.inside(look.time_ns) if its is not None and look.holding.locked and not its.native_at else 0
            yield look._replace(native=look.native or entered)

    def close(self) -> None:
        """Close all files."""
        for each in self._gils.values():
            each.reader.close()
        self._gils.clear()

    def _drop(self, number: int, now_ns: int) -> None:
        """It is gone: nobody holds it any more."""
        gone = self._gils.pop(number, None)
        if gone is not None:
            gone.reader.close()
            switches = meant(gone.last).switches if gone.last else 0
            self._looks.append(OwnGilLook(now_ns, number, Holding(0, locked=False, switches=switches), 0))
