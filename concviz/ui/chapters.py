"""Chapters of a film: what happened in the runs, told when the playhead comes by: findings, a program's own marks, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.drawing.letters import clipped
from concviz.events import Kind
from concviz.ui.look import GROWING, span_ns
from concviz.ui.playhead import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concviz.ui.look import Shown
    from concviz.ui.stage_model import StageModel

MOST, WORDS = 100, 60
"""Chapters that one film gets of itself, and the cells of each."""

MARKS = (Kind.MARK, Kind.MARK_BEGUN)
"""What a program says of itself."""


class Chapters:
    """Owns what was told already: each once."""

    def __init__(self) -> None:
        self._told: set[object] = set()
        self._moved = False
        self._seen: dict[int, tuple[int, list[tuple[int, str]]]] = {}

    def reached(self, models: Sequence[StageModel]) -> list[str]:
        """What is new at this moment, in words."""
        found = [(key, words) for model in models for key, words in self._passed(model) if key not in self._told]
        found = found[: MOST - len(self._told)]
        self._told.update(key for key, _ in found)
        return [clipped(" ".join(words.split()), WORDS) for _, words in found]

    def _passed(self, model: StageModel) -> Iterator[tuple[object, str]]:
        """Whatever lies before the playhead while it moves; while it stands still, the finding that was gone to."""
        playhead, place = model.playhead, model.finding
        if place is not None:
            spot = model.found[place]
            yield (spot.pane, spot.finding.kind, spot.finding.from_ns), f"{spot.finding.kind}: {spot.finding.words}"
        moves = playhead.mode is Mode.PLAYING or (playhead.mode is Mode.LIVE and model.growing)
        moved, self._moved = self._moved, moves
        if not (moves or moved):
            return
        for pane, run in enumerate(model.runs):
            for at_ns, words in self._marks(pane, run):
                if at_ns <= playhead.at_ns:
                    yield (pane, at_ns, words), words
            if ended(run, playhead.at_ns):
                yield (pane, "ended"), f"{run.launch.title}: {run.exit.words if run.exit else 'ended'}"
        for spot in model.found:
            if spot.finding.from_ns - model.runs[spot.pane].timeline.zero_ns <= playhead.at_ns:
                yield (spot.pane, spot.finding.kind, spot.finding.from_ns), f"{spot.finding.kind}: {spot.finding.words}"

    def _marks(self, pane: int, run: Shown) -> list[tuple[int, str]]:
        """(when, from the run's zero; words) of a program's marks, as many as there can be chapters."""
        timeline = run.timeline
        known = self._seen.get(pane)
        if known is None or known[0] != timeline.revision:
            events = timeline.events
            rows = np.flatnonzero(np.isin(events.kind, MARKS))[:MOST]
            words = [timeline.texts[arg] for arg in events.arg[rows].tolist()]
            times = (events.time_ns[rows] - timeline.zero_ns).tolist()
            known = self._seen[pane] = timeline.revision, list(zip(times, words, strict=True))
        return known[1]


def ended(run: Shown, at_ns: int) -> bool:
    """Whether a run's program has ended by then, from its zero."""
    return run.state not in GROWING and at_ns >= span_ns(run)
