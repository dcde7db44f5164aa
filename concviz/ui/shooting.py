"""How a film is made: what is asked for, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concviz.films.steps import Step


@dataclass(frozen=True, slots=True)
class Shooting:
    """How a film is made."""

    steps: tuple[Step, ...]
    size: tuple[int, int] = (120, 36)
    """Columns and lines of the screen; captions and keys have a line of their own below it."""
    frames_per_s: float = 20.0
    theme: str = "dark"
    title: str = ""
    tape: str = "tape"
    """What the steps are called when one of them fails."""
    limit_s: float = 30.0
    """What is waited for must come by then."""
    version: int = 2
    """Of asciicast."""
    live: bool = False
    """Whether programs run."""
    shows_keys: bool = False
    """Whether the keys that are pressed are shown."""
    idle_s: float | None = None
    """So long nothing may move; what is beyond is left out. None: everything stays."""

    @property
    def canvas(self) -> tuple[int, int]:
        """Columns and lines of the film: room for every size that the screen gets."""
        sizes = [self.size, *(step.size for step in self.steps if step.kind == "resize")]
        below = self.shows_keys or any(step.kind == "caption" for step in self.steps)
        return max(columns for columns, _ in sizes), max(lines for _, lines in sizes) + below
