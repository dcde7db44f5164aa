"""The line above the panes: which scenario, what moves the time, and on what machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from concviz.drawing.cells import line
from concviz.drawing.durations import scale_of
from concviz.drawing.letters import clipped, width
from concviz.ui.playhead import Mode, speed_words

if TYPE_CHECKING:
    from concviz.drawing.cells import Cells, Part
    from concviz.ui.look import OnStage
    from concviz.ui.stage_model import StageModel

MOST_NS = 1_000
"""Moments are told to the microsecond."""


def head(stage: OnStage, model: StageModel, width_cells: int) -> Cells:
    """One line; the title gives way when it is too long."""
    right = [*_moment(model), ("   ", ""), (_machine(model), "text.dim"), (" ", "")]
    room = width_cells - sum(width(text) for text, _ in right)
    name = " concviz "
    title = clipped(stage.title, max(room - len(name) - 4, 0))
    left = [(name, "text.dim"), ("▸ ", "frame.quiet"), (title, "text.strong")]
    gap = " " * max(room - sum(width(text) for text, _ in left), 1)
    return line([*left, (gap, ""), *right], width_cells)


def _moment(model: StageModel) -> list[Part]:
    """What moves the time, and where it stands."""
    head, growing = model.playhead, model.growing
    at = scale_of(max(head.at_ns, 1), MOST_NS).text(head.at_ns) if head.at_ns else "0 s"
    if head.mode is Mode.LIVE:
        mark, words = ("●", "live") if growing else ("■", "ended")
        style = "state.running" if growing else "text.dim"
    elif head.mode is Mode.PLAYING:
        mark, words, style = "▶", f"playing {speed_words(head.speed)}", "text.focus"
    else:
        mark, words, style = "▮▮", f"paused {speed_words(head.speed)}", "text.focus"
    return [(f"{mark} {words}", style), (f"  {at:>12}", "text.strong")]


def _machine(model: StageModel) -> str:
    """How many workers there are, and the cores they had: those of the machine that a recording was made on."""
    workers = sum(len(model.workers(pane)) for pane in range(len(model.runs)))
    told = max((process.cores for run in model.runs for process in run.timeline.processes.values()), default=0)
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    cores = told or here
    return f"{workers} worker{'s' * (workers != 1)} · {cores} core{'s' * (cores != 1)}"
