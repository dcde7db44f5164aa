"""Who goes next: as written down, by chance, or by priorities. Each chooser writes down what it saw and chose.

PCT: Burckhardt, Kothari, Musuvathi, Nagarakatti, "A randomized scheduler with probabilistic guarantees of finding bugs", 2010: a bug
of depth d in a run of n workers and k steps is hit by each schedule with a probability of at least 1 / (n * k^(d-1)).
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from concviz.schedules.dependence import dependent, effect

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.gates.choice import Option
    from concviz.schedules.dependence import Effect
    from concviz.schedules.plan import Plan, Point, Width

    Options = tuple[Option, ...]
    Pick = Callable[[Options], int]


class Recorder:
    """A chooser that follows a plan. Owns what was seen and chosen in one run."""

    __slots__ = ("_last", "_pick", "_plan", "_prefix", "_sleep", "blocked", "choices", "diverged", "seen")

    def __init__(self, plan: Plan) -> None:
        self.choices: list[int] = []
        """What was answered."""
        self.seen: list[Options] = []
        """What could be chosen from, at each."""
        self.diverged: int | None = None
        """The first choice at which the prefix could not be followed."""
        self.blocked: int | None = None
        """The first choice at which all were asleep."""
        self._plan = plan
        self._prefix = plan.prefix
        self._sleep = dict(plan.sleep)
        self._pick = _PICKS[plan.then](plan)

    def __call__(self, options: Options) -> int:
        """The index of who goes."""
        prefix, at = self._prefix, len(self.choices)
        if at < len(prefix):
            chosen = prefix[at]
            if chosen >= len(options):
                chosen = 0
                if self.diverged is None:
                    self.diverged = at
            if self._plan.then == "pct":
                self._pick(options)
        elif self._sleep and self.blocked is None:
            chosen = self._awake(options)
        else:
            chosen = self._pick(options)
        self.seen.append(options)
        self.choices.append(chosen)
        return chosen

    def widths(self) -> tuple[Width, ...]:
        """How many could go at each choice, and whether the first had gone last."""
        found, last = [], 0
        for options, chosen in zip(self.seen, self.choices, strict=True):
            found.append((len(options), options[0].worker == last))
            last = options[chosen].worker
        return tuple(found)

    def preemptions(self) -> int:
        """Choices at which whoever went last could have gone on, and another one went."""
        seen, choices = self.seen, self.choices
        turns = [at for at, chosen in enumerate(choices) if chosen and at]
        return sum([seen[at][0].worker == seen[at - 1][choices[at - 1]].worker for at in turns])

    def points(self) -> tuple[Point, ...]:
        """What each of those that could go was about to touch, at each choice."""
        return tuple([tuple([(option.worker, effect(option)) for option in options]) for options in self.seen])

    def _awake(self, options: Options) -> int:
        """The first who is not asleep; and whoever depends on what it does wakes up."""
        chosen = next((index for index, option in enumerate(options) if option.worker not in self._sleep), None)
        if chosen is None:
            self.blocked = len(self.choices)
            return 0
        now = tuple((option.worker, effect(option)) for option in options)
        self._sleep = woken(as_called_now(self._sleep, now), options[chosen].worker, effect(options[chosen]))
        return chosen


def as_called_now(sleep: dict[int, Effect], point: Point) -> dict[int, Effect]:
    """What sleepers are about to touch, by the names of this run: two things of one name are told apart by who came first."""
    return sleep | {worker: does for worker, does in point if worker in sleep}


def woken(sleep: dict[int, Effect], worker: int, does: Effect) -> dict[int, Effect]:
    """Who sleeps on after this worker's step."""
    return {one: its for one, its in sleep.items() if one != worker and not dependent(its, does)}


def _on(_plan: Plan) -> Pick:
    return lambda _options: 0


def _random(plan: Plan) -> Pick:
    chance = Random(plan.seed)  # noqa: S311 - a schedule, no secret
    return lambda options: int(chance.random() * len(options))


def _pct(plan: Plan) -> Pick:
    return _Priorities(plan)


class _Priorities:
    """PCT: whoever has the highest priority goes; at each of `depth - 1` steps, whoever is about to go falls below all others."""

    def __init__(self, plan: Plan) -> None:
        self._chance = Random(plan.seed)  # noqa: S311
        changes = plan.depth - 1
        self._changes = {self._chance.randrange(max(plan.steps, 1)): -1 - number for number in range(changes)}
        self._priorities: dict[int, float] = {}
        self._step = 0

    def __call__(self, options: Options) -> int:
        for option in options:
            if option.worker not in self._priorities:
                self._priorities[option.worker] = self._chance.random()
        first = self._first(options)
        if self._step in self._changes:
            self._priorities[options[first].worker] = self._changes[self._step]
            first = self._first(options)
        self._step += 1
        return first

    def _first(self, options: Options) -> int:
        return max(range(len(options)), key=lambda index: self._priorities[options[index].worker])


def _workers(plan: Plan) -> Pick:
    left = list(plan.workers)

    def pick(options: Options) -> int:
        able = {option.worker: index for index, option in enumerate(options)}
        at = next((at for at, worker in enumerate(left) if worker in able), None)
        return 0 if at is None else able[left.pop(at)]

    return pick


_PICKS: dict[str, Callable[[Plan], Pick]] = {"on": _on, "random": _random, "pct": _pct, "workers": _workers}
