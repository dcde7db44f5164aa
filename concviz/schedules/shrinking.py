"""The shortest schedule that fails in the same way: fewest preemptions first, then fewest steps.

Stretches of one worker are joined, choices dropped, lowered and moved, as long as the failure stays and the schedule gets smaller (after
Zeller, Hildebrandt, "Simplifying and isolating failure-inducing input", 2002). What is left of the budget goes into all schedules with
fewer preemptions: when all of them are done, it is known that there is none with fewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

from concviz.gates.choice import End
from concviz.schedules.bounded import Bounded
from concviz.schedules.plan import Plan
from concviz.schedules.subject import loaded
from concviz.schedules.token import trimmed
from concviz.schedules.trial import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.schedules.subject import Subject
    from concviz.schedules.trial import Program, Trial

REPLAYS = 1000
"""The most that a schedule is run in order to make it smaller."""

GREEDY_SHARE = 2
"""Dropping and moving gets the budget over this; the rest goes into the schedules with fewer preemptions."""

Choices = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """What a schedule must come to, to be the same failure."""

    signature: str = ""
    unlike: str | None = None
    """Instead: to any result but this one."""
    race: str = ""
    """Instead: to this data race, in a run that ends well."""

    def is_in(self, trial: Trial) -> bool:
        """Whether this run failed so."""
        if trial.diverged is not None:
            return False
        if self.race:
            return self.race in trial.races
        if self.unlike is not None:
            return trial.end is End.OK and trial.result != self.unlike
        return trial.signature == self.signature


@dataclass(frozen=True, slots=True)
class Shrunk:
    """The smallest that was found."""

    choices: Choices
    preemptions: int
    steps: int
    replays: int
    """How many runs it took."""
    fewest: bool
    """Whether every schedule with fewer preemptions was run, and none failed so."""


def shrink(subject: Subject, choices: Choices, failure: Failure, replays: int = REPLAYS) -> Shrunk | None:
    """Called in the process that has the program. None: the schedule did not fail so when it was run again."""
    smaller = _Smaller(loaded(subject), failure, replays // GREEDY_SHARE)
    if not smaller.accepts(choices):
        return None
    smaller.greedily()
    smaller.budget = replays
    fewest = smaller.by_bounds()
    if smaller.used < smaller.budget:
        smaller.greedily()
    best = smaller.best
    assert best is not None
    return Shrunk(trimmed(best.choices), best.preemptions, best.steps, smaller.used, fewest)


class _Smaller:
    """Owns the smallest failing run so far."""

    def __init__(self, program: Program, failure: Failure, budget: int) -> None:
        self.best: Trial | None = None
        self.used = 0
        self.budget = budget
        self._program, self._failure = program, failure
        self._tried: set[Choices] = set()

    def accepts(self, choices: Choices) -> bool:
        """Run it; whether it fails so, and is smaller than the best so far."""
        choices = trimmed(choices)
        if choices in self._tried or self.used >= self.budget:
            return False
        self._tried.add(choices)
        return self._take(Plan(prefix=choices))

    def greedily(self) -> None:
        """Until nothing makes it smaller, or the budget is spent."""
        while self.used < self.budget and (self._joins() or any(self.accepts(one) for one in _smaller(self._choices))):
            pass

    def _joins(self) -> bool:
        """Let a worker that was preempted do at once what it did later, or only later what it did before; whether that helped."""
        told = run(self._program, Plan(prefix=self._choices, wants="effects"))
        self.used += 1
        workers = tuple(point[chosen][0] for point, chosen in zip(told.points, told.choices, strict=True))
        for joined in _joined(workers):
            if self.used >= self.budget:
                return False
            if joined not in self._tried:
                self._tried.add(joined)
                if self._take(Plan(then="workers", workers=joined)):
                    return True
        return False

    def by_bounds(self) -> bool:
        """All with fewer preemptions; whether there were no more than could be run."""
        search = Bounded("")
        while self.used < self.budget:
            plans = search.plans(1)
            if not plans or search.bound >= self._preemptions:
                return True
            self._take(plans[0], search)
        return self._preemptions == 0

    @property
    def _choices(self) -> Choices:
        assert self.best is not None
        return trimmed(self.best.choices)

    @property
    def _preemptions(self) -> int:
        assert self.best is not None
        return self.best.preemptions

    def _take(self, plan: Plan, search: Bounded | None = None) -> bool:
        trial = run(self._program, plan)
        self.used += 1
        if search is not None:
            search.learn(plan, trial)
        if not self._failure.is_in(trial) or (self.best is not None and _size(trial) >= _size(self.best)):
            return False
        self.best = trial
        return True


def _joined(workers: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The same steps, two stretches of one worker made one: the later put behind the earlier, or the earlier before the later.

    After Jalbert, Sen, "A trace simplification technique for effective debugging of concurrent programs", 2010.
    """
    stretches = [tuple(stretch) for _, stretch in groupby(workers)]
    for first, stretch in enumerate(stretches):
        later = next((at for at in range(first + 1, len(stretches)) if stretches[at][0] == stretch[0]), None)
        if later is None:
            continue
        between = stretches[first + 1 : later]
        for middle in ([stretch + stretches[later], *between], [*between, stretch + stretches[later]]):
            yield tuple(chain.from_iterable([*stretches[:first], *middle, *stretches[later + 1 :]]))


def _size(trial: Trial) -> tuple[int, int, int, int]:
    choices = trimmed(trial.choices)
    return trial.preemptions, trial.steps, sum(choices), len(choices)


def _smaller(choices: Choices) -> Iterator[Choices]:
    """Schedules that may be smaller than this one, the boldest first."""
    switches = [at for at, choice in enumerate(choices) if choice]
    size = len(switches)
    while size:
        for first in range(0, len(switches), size):
            dropped = set(switches[first : first + size])
            yield tuple([0 if at in dropped else choice for at, choice in enumerate(choices)])
        size //= 2
    for at in switches:
        for lower in range(1, choices[at]):
            yield (*choices[:at], lower, *choices[at + 1 :])
    size = len(choices) // 2
    while size:
        for first in range(0, len(choices), size):
            yield choices[:first] + choices[first + size :]
        size //= 2
    for at in switches:
        if at and not choices[at - 1]:
            yield (*choices[: at - 1], choices[at], 0, *choices[at + 1 :])
        if at + 1 < len(choices) and not choices[at + 1]:
            yield (*choices[:at], 0, choices[at], *choices[at + 2 :])
