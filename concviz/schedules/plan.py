"""How one schedule is to be chosen; small, since it travels between processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from concviz.schedules.dependence import Effect

Wants = Literal["result", "widths", "effects"]
"""What a search needs to know of a run: how it ended; how many could go at each choice too; what each was about to do too."""

Width = tuple[int, bool]
"""At one choice: how many could go, and whether the first of them went last (then any other choice preempts it)."""

Point = tuple[tuple[int, Effect], ...]
"""At one choice: the workers that could go, each with what its step would touch, in the chooser's order."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one schedule is to be chosen."""

    number: int = 0
    """Given by the search that made it, which knows it again by this."""
    prefix: tuple[int, ...] = ()
    """The first choices."""
    then: Literal["on", "random", "pct", "workers"] = "on"
    """And the others: no switch unless need be; any; by priorities that change `depth - 1` times; or as `workers` says."""
    seed: str = ""
    """Of the chance in it."""
    depth: int = 1
    """Of PCT."""
    steps: int = 1
    """How long a run is expected to be: among so many steps PCT's changes fall."""
    workers: tuple[int, ...] = ()
    """Who is to go, step by step; whoever cannot yet, goes as soon as possible."""
    sleep: tuple[tuple[int, Effect], ...] = ()
    """Behind the prefix: workers whose next step others have tried already. None of them goes before something that it depends on."""
    wants: Wants = "result"
