"""Whether a run is what its challenge asks for: decided by how it ended, what it printed, and how often one switched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.scenarios.challenges import EXCEPTION, PRINTS
from concviz.stepping.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from concviz.gates.choice import Outcome, Step
    from concviz.scenarios.challenges import Challenge
    from concviz.stepping.session import Words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the run says of a challenge."""

    won: bool
    words: str


def switches(steps: Iterable[Step]) -> int:
    """How often somebody else went on while whoever went last could have."""
    return sum(step.preempts for step in steps)


def reached(challenge: Challenge, outcome: Outcome, words: Sequence[Words]) -> bool:
    """Whether it ended as asked for, with however many switches."""
    if challenge.goal == PRINTS:
        return any(challenge.text in one.text for one in words)
    if challenge.goal == EXCEPTION and challenge.text not in outcome.words:
        return False
    return outcome.end.value == challenge.goal


def verdict(challenge: Challenge, outcome: Outcome, words: Sequence[Words]) -> Verdict:
    """Of a run that is over."""
    used = switches(outcome.steps)
    told = counted(used, "switch")
    if not reached(challenge, outcome, words):
        return Verdict(won=False, words="not this time: it ended otherwise. ← goes back, to choose otherwise")
    if challenge.switches is not None and used > challenge.switches:
        return Verdict(won=False, words=f"reached, but with {told}: at most {challenge.switches} are allowed")
    return Verdict(won=True, words=f"won, with {told}")
