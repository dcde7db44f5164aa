"""What a person can do with the playhead, the window and the focus, and when each makes sense: one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.ui.playhead import Mode

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.ui.stage_model import StageModel

ZOOM = 2.0
"""One step of zoom."""

PAN = 0.2
"""One step of panning, as a share of the window."""


@dataclass(frozen=True, slots=True)
class Move:
    """Changes a stage's model. The number is -1 or 1 where there are two ways to go, else without meaning."""

    do: Callable[[StageModel, int], object]
    sensible: Callable[[StageModel], bool]
    """Whether it would do anything now; else its key is neither heard nor shown."""


def _always(model: StageModel) -> bool:
    return bool(model.runs)


def _several(model: StageModel) -> bool:
    return len(model.runs) > 1


def _moving(model: StageModel) -> bool:
    mode = model.playhead.mode
    return mode is Mode.PLAYING or (mode is Mode.LIVE and model.growing)


def _over(model: StageModel) -> bool:
    """Nothing more is to come, and this is the end of it."""
    at_end = model.playhead.mode is Mode.LIVE or model.playhead.at_ns >= model.end_ns
    return bool(model.runs) and not model.growing and not _moving(model) and at_end


def _still(model: StageModel) -> bool:
    return bool(model.runs) and not _moving(model) and not _over(model)


def _behind(model: StageModel) -> bool:
    return model.growing and model.playhead.mode is not Mode.LIVE


def _found(model: StageModel) -> bool:
    return bool(model.found)


MOVES: dict[str, Move] = {
    "pause": Move(lambda model, _: model.pause(), _moving),
    "play": Move(lambda model, _: model.play(), _still),
    "replay": Move(lambda model, _: model.play(), _over),
    "follow": Move(lambda model, _: model.follow(), _behind),
    "step": Move(lambda model, step: model.step(step), _always),
    "step_worker": Move(lambda model, step: model.step_worker(step), _always),
    "start": Move(lambda model, _: model.seek(0), _always),
    "end": Move(lambda model, _: model.seek(model.end_ns), _always),
    "finding": Move(lambda model, step: model.step_finding(step), _found),
    "gear": Move(lambda model, step: model.playhead.shift_gear(step), _always),
    "zoom": Move(lambda model, step: model.zoom(ZOOM**step), _always),
    "pan": Move(lambda model, step: model.pan(PAN * step), _always),
    "fit": Move(lambda model, _: model.fit(), _always),
    "lane": Move(lambda model, step: model.focus_lane(step), _always),
    "pane": Move(lambda model, step: model.focus_pane(model.focus + step), _several),
    "family": Move(lambda model, _: model.show_family(), _always),
    "narrow": Move(lambda model, _: model.narrow(), _always),
    "waits": Move(lambda model, _: model.show_waits(), _always),
    "maximise": Move(lambda model, _: model.maximise(), _several),
}
"""Name -> what it does, and when. The run screen's action `move` looks here."""
