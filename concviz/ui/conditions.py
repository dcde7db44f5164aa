"""What a tape can wait for in the runs on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.ui.chapters import ended
from concviz.ui.playhead import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.ui.stage_model import StageModel

FOUND, ENDED = " found", " ended"
"""What the words end with: "deadlock found", "threads ended"."""


def at_rest(models: Sequence[StageModel]) -> bool:
    """Whether all programs have ended, and nothing plays."""
    return not any(model.growing or model.playhead.mode is Mode.PLAYING for model in models)


def happened(words: str, models: Sequence[StageModel]) -> bool:
    """Whether it has, by the moment that is shown: a finding of this kind; the end of the pane that is called so, or works so."""
    if words.endswith(FOUND):
        return any(_found(words.removesuffix(FOUND), model) for model in models)
    return words.endswith(ENDED) and any(_ended(words.removesuffix(ENDED), model) for model in models)


def _found(kind: str, model: StageModel) -> bool:
    at_ns = model.playhead.at_ns
    spots = (spot for spot in model.found if spot.finding.kind == kind)
    return any(spot.finding.from_ns - model.runs[spot.pane].timeline.zero_ns <= at_ns for spot in spots)


def _ended(name: str, model: StageModel) -> bool:
    named = [run for run in model.runs if name in {run.launch.title, run.launch.model}]
    return bool(named) and all(ended(run, model.playhead.at_ns) for run in named)
