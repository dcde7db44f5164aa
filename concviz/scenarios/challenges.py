"""What a lesson dares a person to do as the scheduler: make the program end so, with few switches; the run itself decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PRINTS, EXCEPTION = "prints", "exception"

GOALS: dict[str, str] = {
    PRINTS: "it prints {text!r}",
    EXCEPTION: "it ends with an exception: {text}",
    "invariant": "its invariant no longer holds",
    "deadlock": "it ends in a deadlock",
    "no progress": "it goes on without ever getting anywhere",
    "left behind": "it ends, and leaves a worker behind",
}
"""Goal -> its words. All but the first are ends of a run."""

NEED_TEXT = (PRINTS, EXCEPTION)
"""The goals that a text says more of."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """One thing to bring about."""

    title: str
    """As one says it to a person: "Lose an update"."""
    script: Path
    goal: str
    """A key of GOALS."""
    text: str
    """What is to be printed, or to stand in the exception's words; "" where the goal needs none."""
    switches: int | None
    """At most so many times somebody else goes on while whoever went last could have; None: it does not matter."""
    values: Mapping[str, int] = field(hash=False)
    """Parameters by name; those not named at their defaults."""
    memory: bool
    """Whether each access to shared memory is a step, too."""
    hint: str

    @property
    def words(self) -> str:
        """The goal in half a sentence."""
        most = "" if self.switches is None else f", with at most {self.switches} switch{'es' * (self.switches != 1)}"
        return GOALS[self.goal].format(text=self.text) + most
