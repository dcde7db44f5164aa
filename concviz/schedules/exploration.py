"""One exploration, whole: what was explored and how, what was counted, and what is shown of the failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concviz.schedules.found import Found
    from concviz.schedules.survey import Survey


@dataclass(frozen=True, slots=True)
class Exploration:
    """What a report is made of."""

    title: str
    """Of the program."""
    strategy: str
    seed: int
    memory: bool
    """Whether accesses to shared memory were choices too."""
    python: tuple[int, int]
    """The version that the program ran under."""
    survey: Survey
    again: str
    """How a schedule is run again, with {token} in the place of its token."""
    program: int
    """The hash of the program's text, for tokens."""
    found: Found | None
    """None: nothing failed, or it could not be made to fail again."""
