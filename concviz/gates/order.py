"""Happens-before by vector clocks, and the accesses that nothing orders: data races.

Lamport, "Time, clocks, and the ordering of events", 1978; the check of each access against the last ones as in Flanagan, Freund,
"FastTrack", 2009. Every step on a lock, queue and the like orders its worker both ways with all that touched it before: that may
order too much, so a race that is told is one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concviz.gates.choice import Option
    from concviz.gates.worker import Worker

    Clock = dict[int, int]
    Mark = tuple[int, int, Option, str]
    """Worker, its own time, the step, and what it does there."""


def join(clock: Clock, other: Clock) -> None:
    """All that the other knows is known to this one too."""
    for worker, time in other.items():
        if clock.get(worker, 0) < time:
            clock[worker] = time


class Order:
    """Owns what is known of the order of one run."""

    def __init__(self) -> None:
        self.races: dict[str, str] = {}
        """Where -> the sentence."""
        self._touched: dict[str, Clock] = {}
        self._all: Clock = {}
        self._writes: dict[str, Mark] = {}
        self._reads: dict[str, dict[int, Mark]] = {}
        self._last: dict[int, Option] = {}

    def step(self, worker: Worker, option: Option) -> None:
        """This worker makes this step."""
        self._last[worker.number] = option
        access = option.access
        if access is None or option.operation in {"read", "write"}:
            return
        clock = worker.clock
        if access.key == "*":  # all that was touched is known to `_all`
            join(clock, self._all)
            self._all.update(clock)
        else:
            touched = self._touched.setdefault(access.key, {})
            join(clock, touched)
            touched.update(clock)
            join(self._all, clock)
        clock[worker.number] += 1

    def ended(self, worker: Worker) -> None:
        """Whoever joins it knows all it did."""
        join(self._touched.setdefault(worker.name, {}), worker.clock)
        join(self._all, worker.clock)

    def read(self, worker: Worker, key: str) -> None:
        """This worker reads this now."""
        number = worker.number
        mark = number, worker.clock[number], self._last[number], "reads"
        before = self._writes.get(key)
        if before is not None and before[0] != number:
            self._against(worker, key, before, mark)
        reads = self._reads.get(key)
        if reads is None:
            self._reads[key] = {number: mark}
        else:
            reads[number] = mark

    def write(self, worker: Worker, key: str) -> None:
        """This worker writes this now."""
        number = worker.number
        mark = number, worker.clock[number], self._last[number], "writes"
        before = self._writes.get(key)
        if before is not None and before[0] != number:
            self._against(worker, key, before, mark)
        for other in self._reads.get(key, {}).values():
            if other[0] != number:
                self._against(worker, key, other, mark)
        self._writes[key] = mark

    def _against(self, worker: Worker, key: str, before: Mark, now: Mark) -> None:
        """Of another worker."""
        if worker.clock.get(before[0], 0) < before[1] and key not in self.races:
            self.races[key] = race(key, before[2:], now[2:])


def race(key: str, before: tuple[Option, str], now: tuple[Option, str]) -> str:
    """In words: two accesses to one thing, each with what it does ("reads", "writes"), that nothing orders."""
    return f"`{key.removeprefix('variable ')}`: {_words(*before)} and {_words(*now)}, and nothing orders the two"


def _words(option: Option, does: str) -> str:
    file = option.file.replace("\\", "/").rpartition("/")[2]
    return f"{option.name} {does} it at {file}:{option.line}"
