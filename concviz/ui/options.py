"""What the command line says about the screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concviz.scenarios.lesson import Order


@dataclass(frozen=True, slots=True)
class Options:
    """How to show and run things, for as long as the app is open."""

    ascii: bool = False
    """Whether the terminal has ASCII only."""
    python: str | None = None
    """The interpreter of the watched programs; None: the one of concviz."""
    lines: bool = True
    """Whether current lines are watched."""
    order: Order | None = None
    """Panes "together" or "in turn"; None: as the scenario says."""
