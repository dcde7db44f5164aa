"""Which steps of a run could have come in the other order: where another choice would lead to something new.

Flanagan, Godefroid, "Dynamic partial-order reduction for model checking software", 2005. Two steps race when they are dependent, of
different workers, and nothing orders them but themselves. Their "may be co-enabled" is looked up in the run: the search goes on to
earlier steps until it finds one at which the later worker could have gone, and with this very step if that is one that may wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.schedules.dependence import ANYTHING, NOTHING, dependent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concviz.schedules.dependence import Effect
    from concviz.schedules.plan import Point

Clock = dict[int, int]
"""Worker -> the last of its steps that is known to come before."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """A choice at which someone else should go too."""

    at: int
    """The choice, from 0."""
    candidates: tuple[int, ...]
    """One of these workers is enough, whichever; each could go there. None: nobody leads there, so everyone should be tried."""


class Order:
    """Owns what is known of the order of the steps of one run, while they are gone through one after the other."""

    def __init__(self, points: Sequence[Point], choices: Sequence[int], end: int) -> None:
        """`end`: steps from there on are not looked at."""
        self._points = points
        self._steps = [points[at][choices[at]] for at in range(end)]
        self._clocks: dict[int, Clock] = {}
        self._on: dict[str, list[int]] = {}
        self._changed: dict[str, Clock] = {}
        self._touched: dict[str, Clock] = {}
        self._everything: Clock = {}
        self._made = 0

    def reversals(self, first: int, pending: Sequence[tuple[int, Effect]]) -> Iterator[Reversal]:
        """Those in which the later step is one from `first` on, or one that was yet to come when the run ended."""
        able: set[int] = set()
        for at, (worker, does) in enumerate(self._steps):
            now = {option[0] for option in self._points[at]}
            self._let_go(at - 1, now - able, at)
            able = now
            if at >= first and does != NOTHING:
                yield from self._races(worker, does)
            self._take(at, worker, does)
        for worker, does in pending:
            yield from self._races(worker, does)

    def _let_go(self, by: int, workers: set[int], at: int) -> None:
        """Who can go only since the step before, and touches nothing that would say so: a new worker, or one that joined."""
        if by < 0:
            return
        last = self._clocks[self._steps[by][0]]
        for worker, does in self._points[at]:
            if worker in workers and does == NOTHING:
                _join(self._clocks.setdefault(worker, {}), last)

    def _races(self, worker: int, does: Effect) -> Iterator[Reversal]:
        before = self._clocks.get(worker, {})
        for at in self._touching(does):
            other, did = self._steps[at]
            if other == worker or before.get(other, -1) >= at or not dependent(did, does):
                continue
            able = [option[0] for option in self._points[at]]
            yield Reversal(at, (worker,) if worker in able else tuple(one for one in able if before.get(one, -1) > at))
            if worker in able and not (does[2] and before.get(worker, -1) > at):
                return

    def _touching(self, does: Effect) -> Iterator[int]:
        """Earlier steps that may be dependent on it, the last first."""
        if does == NOTHING:
            return iter(())
        if does[0] == ANYTHING[0]:
            return reversed(range(self._made))
        own, unknown = self._on.get(does[0], ()), self._on.get(ANYTHING[0], ())
        return iter(sorted([*own, *unknown], reverse=True)) if unknown else reversed(own)

    def _take(self, at: int, worker: int, does: Effect) -> None:
        """The step is made: what came before it is known to its worker from now on."""
        key, changes, _ = does
        self._made = at + 1
        clock = dict(self._clocks.get(worker, {}))
        if key == ANYTHING[0]:
            _join(clock, self._everything)
        elif key:
            _join(clock, self._touched.get(key, {}) if changes else self._changed.get(key, {}))
            _join(clock, self._changed.get(ANYTHING[0], {}))
        clock[worker] = at
        self._clocks[worker] = clock
        self._on.setdefault(key, []).append(at)
        if key:
            _join(self._everything, clock)
            _join(self._touched.setdefault(key, {}), clock)
            if changes:
                self._changed[key] = clock


def _join(clock: Clock, other: Clock) -> None:
    for worker, at in other.items():
        if clock.get(worker, -1) < at:
            clock[worker] = at
