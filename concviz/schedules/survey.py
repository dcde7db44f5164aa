"""What came of many schedules: how many, which outcomes, and which of them fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from concviz.gates.choice import End
from concviz.schedules.token import trimmed

if TYPE_CHECKING:
    from concviz.schedules.trial import Trial

OUTCOMES_MOST = 200
"""More are only counted: then the outcome holds something that is never twice the same, such as a time."""

ESCAPED_MOST = 20

DIFFERS = "another outcome"
"""The signature where every schedule should have given the same result, and one has not."""

RACE = "race"
"""What a data race's signature begins with."""

Verdict = Literal["fails", "holds", "nothing found", "cannot say"]


@dataclass(slots=True)
class Tally:
    """One outcome, and how often it came. Owned by its survey."""

    end: End
    words: str
    signature: str
    result: str
    count: int
    choices: tuple[int, ...]
    """The first schedule that came to it."""


class Survey:
    """Owns the count of one exploration; told of each schedule in the order of the search."""

    def __init__(self, *, one_outcome: bool = False, races: bool = True, memory: bool = True) -> None:
        """`one_outcome`: a result other than the first schedule's is a failure. `races`: a data race is one, if nothing worse is found.

        `memory`: accesses to shared memory are choices too; where they are not, nothing is ever said to hold.
        """
        self.schedules = 0
        self.steps = 0
        self.seconds = 0.0
        self.outcomes: list[Tally] = []
        """In the order in which they first came."""
        self.further = 0
        """Schedules with outcomes that there was no room for."""
        self.escaped: list[str] = []
        """What happened outside control, each once."""
        self.failing: Tally | None = None
        """The first that failed."""
        self.races: list[Tally] = []
        """Data races in runs that ended well, each once; the same race may be told from both its sides."""
        self.diverged = 0
        """Schedules that could not be followed: the program did not do the same again."""
        self.claims: tuple[str, ...] = ()
        self.exhausted = False
        self.one_outcome = one_outcome
        self._races_fail, self._memory = races, memory
        self._known: dict[tuple[End, str, str], Tally] = {}

    def add(self, trial: Trial) -> bool:
        """Count it; whether it is a failure."""
        self.schedules += 1
        self.steps += trial.steps
        self.diverged += trial.diverged is not None
        self._escape(trial.escaped)
        for words in trial.races:
            self._race(words, trial)
        tally = self._tally(trial)
        if tally is None or not self.fails(tally):
            return False
        self.failing = self.failing or tally
        return True

    def close(self, claims: tuple[str, ...], *, exhausted: bool) -> None:
        """No more schedules: what the search can say of those that it tried."""
        self.claims, self.exhausted = claims, exhausted
        if self.failing is None and self.races and self._races_fail:
            self.failing = self.races[0]

    def fails(self, tally: Tally) -> bool:
        """Whether this outcome is a failure."""
        return tally.end is not End.OK or bool(tally.signature)

    def verdict(self) -> Verdict:
        """In a word. "holds" is said only when everything was tried, all of it under control."""
        if self.failing is not None:
            return "fails"
        if self.escaped or self.diverged:
            return "cannot say"
        return "holds" if self.exhausted and self._memory else "nothing found"

    def _tally(self, trial: Trial) -> Tally | None:
        key = trial.end, trial.signature, trial.result
        found = self._known.get(key)
        if found is not None:
            found.count += 1
        elif len(self.outcomes) == OUTCOMES_MOST:
            self.further += 1
        else:
            found = Tally(trial.end, trial.words, trial.signature, trial.result, 1, trimmed(trial.choices))
            if self._is_another(found):
                found.signature, found.words = DIFFERS, f"{found.result} where the first schedule gave {self.outcomes[0].result}"
            self.outcomes.append(found)
            self._known[key] = found
        return found

    def _race(self, words: str, trial: Trial) -> None:
        known = next((race for race in self.races if race.words == words), None)
        if known is not None:
            known.count += 1
        elif len(self.races) < ESCAPED_MOST:
            self.races.append(Tally(End.RACE, words, f"{RACE} {words}", "", 1, trimmed(trial.choices)))

    def _is_another(self, found: Tally) -> bool:
        return self.one_outcome and bool(self.outcomes) and found.end is End.OK is self.outcomes[0].end

    def _escape(self, words: tuple[str, ...]) -> None:
        for one in words:
            if one not in self.escaped and len(self.escaped) < ESCAPED_MOST:
                self.escaped.append(one)
