"""What is found in the runs on stage, a check of a pane at a time, so that no frame waits for all of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from concviz.findings.finding import Finding, Weight
from concviz.findings.search import checks, look_with
from concviz.ui.look import GROWING, STARTING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from concviz.findings.finding import Check
    from concviz.timeline.timeline import Timeline
    from concviz.ui.look import Shown

AGAIN_S = 0.5
"""While a run goes on, a check looks again after so long, or after REST times what it took."""

REST = 20
"""So checks take a twentieth of the screen's time at most."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding, and the pane it is in."""

    pane: int
    finding: Finding


@dataclass(slots=True)
class _Round:
    """What one check last gave for one pane."""

    revision: int
    again_s: float
    found: tuple[Finding, ...]


class Discovery:
    """Owns what was found so far in the runs of one stage. Called by the thread that fills the timelines."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._rounds: dict[tuple[int, int], _Round] = {}
        self._turn = 0
        self.found: tuple[Spot, ...] = ()
        """Everything, the weightiest first, then by pane and time."""

    def step(self, runs: Sequence[Shown]) -> None:
        """Do the next check that is due, if any."""
        places = [(pane, check) for pane in range(len(runs)) for check in range(len(checks()))]
        for offset in range(len(places)):
            pane, check = places[(self._turn + offset) % len(places)]
            if self._due(runs[pane], pane, check):
                self._turn = (self._turn + offset + 1) % len(places)
                self._look(runs[pane], pane, check)
                return

    def _due(self, run: Shown, pane: int, check: int) -> bool:
        last = self._rounds.get((pane, check))
        if last is None:
            return run.state not in STARTING
        return last.revision != run.timeline.revision and (run.state not in GROWING or self._clock() >= last.again_s)

    def _look(self, run: Shown, pane: int, check: int) -> None:
        begin_s, revision = self._clock(), run.timeline.revision
        found = _found(checks()[check], run.timeline)
        end_s = self._clock()
        self._rounds[pane, check] = _Round(revision, end_s + max(AGAIN_S, REST * (end_s - begin_s)), found)
        spots = [Spot(place, finding) for (place, _), last in self._rounds.items() for finding in last.found]
        self.found = tuple(sorted(spots, key=lambda spot: (-spot.finding.weight, spot.pane, spot.finding.from_ns)))


def _found(check: Check, timeline: Timeline) -> tuple[Finding, ...]:
    """What a check finds; a mistake of its own must not take the screen with it, and is told in its place."""
    try:
        return look_with(check, timeline)
    except Exception as error:
        if os.environ.get("CONCVIZ_TRACEBACK"):
            raise
        words = f"this could not be checked, by a mistake of concviz itself: {type(error).__name__}: {error}"
        advice = "CONCVIZ_TRACEBACK=1 shows where: please report it."
        return (Finding(check.name, Weight.NOTE, timeline.zero_ns, timeline.end_ns, words, advice),)
