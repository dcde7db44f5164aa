"""The line below the panes: in words, what happens at the moment shown to the worker that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import line
from concviz.drawing.durations import duration
from concviz.drawing.letters import clipped, width
from concviz.timeline import describe
from concviz.ui.look import NOBODY, STARTING, span_ns
from concviz.ui.playhead import Mode

if TYPE_CHECKING:
    from concviz.drawing.cells import Cells, Part
    from concviz.ui.look import Shown
    from concviz.ui.stage_model import StageModel

LEFT = " ▸ "
"""What the line begins with."""


def inspection(model: StageModel, columns: int) -> Cells:
    """One line."""
    hint = _hint(model)
    room = columns - len(LEFT) - width(hint) - 3
    pane = f"{pane_name(model, model.focus)}  " if len(model.runs) > 1 else ""
    words = clipped(words_now(model), room - width(pane))
    gap = " " * max(room - width(pane) - width(words) + 1, 1)
    parts: list[Part] = [(LEFT, "text.focus"), (pane, "text.dim"), (words, "text"), (gap, ""), (hint, "text.dim")]
    return line(parts, columns)


def pane_name(model: StageModel, pane: int) -> str:
    """What a pane is called in few words: its model, else its title where another pane has the same model."""
    launch = model.runs[pane].launch
    alone = [run.launch.model for run in model.runs].count(launch.model) == 1
    return launch.model if launch.model != NOBODY and alone else launch.title


def words_now(model: StageModel) -> str:
    """What the focused worker does, or what happened to it at the very moment; how the run stands while it has no worker."""
    if not model.runs:
        return "no program"
    run, worker = model.runs[model.focus], model.worker(model.focus)
    if run.failure:
        return run.failure
    if run.state in STARTING or not worker:
        return "the program starts: its probes are loaded before its first line" if run.state in STARTING else "nothing was heard of it yet"
    return _words(model, run, worker)


def _words(model: StageModel, run: Shown, worker: int) -> str:
    """In playback what the worker did at that very moment, if it did anything; else what it is doing."""
    timeline = run.timeline
    at_ns = timeline.zero_ns + min(model.playhead.at_ns, max(span_ns(run) - 1, 0))
    if model.playhead.mode is not Mode.LIVE:
        event = timeline.next_event(at_ns - 1, worker)
        if event is not None and timeline.event(event).time_ns == at_ns:
            return describe.event_words(timeline, event)
    return describe.state_words(timeline, worker, at_ns)


def _hint(model: StageModel) -> str:
    """What a person might want to do now."""
    end_ns = model.end_ns
    if not model.runs or not end_ns:
        return ""
    own_ns = span_ns(model.runs[model.focus])
    if model.runs[model.focus].state == "ended" and own_ns * SMALL_SHARE < end_ns and not model.maximised:
        return f"over after {duration(own_ns)}: z looks closer"
    if model.growing or model.playhead.mode is not Mode.LIVE:
        return ""
    return f"it took {duration(end_ns)}: space plays it slowly" if end_ns < SHORT_NS else "space plays it again, ←→ steps through it"


SMALL_SHARE = 6
"""A run that took a part of the stage's time smaller than one over this cannot be seen well beside the others."""

SHORT_NS = 1_000_000_000
"""A stage shorter than this was over before anybody could look."""
