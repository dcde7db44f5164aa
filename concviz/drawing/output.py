"""What the program wrote, line by line, each with its time and the worker that wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas
from concviz.drawing.durations import scale_of
from concviz.drawing.labels import label
from concviz.drawing.letters import clipped, width
from concviz.events import STDERR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells
    from concviz.timeline.timeline import Timeline

NAME_CELLS = 8
"""The most that a worker's name takes."""

FIGURES = 100
"""Times are told to such a part of their unit."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line that the program wrote."""

    at_ns: int
    """From the run's zero."""
    name: str
    """The worker that wrote it; "" unknown."""
    stream: int
    """STDOUT or STDERR."""
    text: str
    """Without the line's end."""


def said(timeline: Timeline, at_ns: int, most: int) -> tuple[Said, ...]:
    """The last `most` lines that were written up to a moment, counted from the run's zero."""
    zero_ns = timeline.zero_ns
    # Those that have not ended yet stand last, whenever they began.
    written = [line for line in timeline.output if line.time_ns <= zero_ns + at_ns]
    shown = written[max(len(written) - most, 0) :]
    return tuple(Said(line.time_ns - zero_ns, timeline.workers[line.worker].name, line.stream, line.text) for line in shown)


def output(lines: Sequence[Said], size: tuple[int, int], end_ns: int) -> Cells:
    """The last lines, oldest first, that fit (width, height). `end_ns`: how long the run is, which fixes the unit of times."""
    columns, height = size
    canvas = Canvas(columns, height)
    shown = lines[max(len(lines) - height, 0) :]
    unit_ns = scale_of(max(end_ns, 1), max(end_ns, 1)).unit_ns
    scale = scale_of(max(end_ns, 1), max(unit_ns // FIGURES, 1))
    times = [scale.text(said.at_ns) for said in shown]
    names = [label(said.name, NAME_CELLS) for said in shown]
    time_cells = max((len(time) for time in times), default=0)
    name_cells = max((width(name) for name in names), default=0)
    for row, (said, time, name) in enumerate(zip(shown, times, names, strict=True)):
        canvas.put(row, time_cells - len(time), time, "frame.quiet")
        start = time_cells + 1
        canvas.put(row, start, name, "text.name")
        start += name_cells + bool(name_cells)
        canvas.put(row, start, clipped(said.text, columns - start), "text.error" if said.stream == STDERR else "text")
    return canvas.cells()
