"""The schedule so far as lanes: a row a worker, a column a step, and the last steps in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas, Cells, line, stacked
from concviz.drawing.labels import label
from concviz.drawing.letters import clipped
from concviz.drawing.styles import holder_style
from concviz.stepping import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concviz.gates.choice import Step

STEP, SWITCH, ESCAPE, NOTHING = "▪", "◆", "!", "·"
"""A worker's step; one before which somebody else could have gone on; one that escaped control; somebody else's."""

NAME_CELLS = 10

PLACE_LEAST = 52
"""A narrower line of words has no place in the source."""

COLUMN_CELLS = 3
"""Of one step."""


def lanes(steps: Sequence[Step], names: Mapping[int, str], size: tuple[int, int]) -> Cells:
    """As many of the last steps as fit into the width, in (width, height) cells."""
    columns, rows = size
    canvas = Canvas(columns, rows)
    fit = max((columns - NAME_CELLS - 2) // COLUMN_CELLS, 1)
    first = max(len(steps) - fit, 0)
    canvas.put(0, 1, "step", "text.dim")
    for column, at in enumerate(range(first, len(steps))):
        number = str(at + 1)
        # A long number does not fit its column: every second or fourth is written then.
        if (at + 1) % (1 if len(number) < COLUMN_CELLS else 2 if len(number) < 2 * COLUMN_CELLS else 4) == 0:
            canvas.put(0, NAME_CELLS + 2 + column * COLUMN_CELLS, number, "frame.quiet")
    for row, (worker, name) in enumerate(_shown(steps, names, rows - 1), 1):
        canvas.put(row, 1, label(name, NAME_CELLS - 1), holder_style(worker - 1))
        for column, at in enumerate(range(first, len(steps))):
            glyph, style = _glyph(steps[at], worker)
            canvas.put(row, NAME_CELLS + 2 + column * COLUMN_CELLS, glyph, style)
    return canvas.cells()


def _shown(steps: Sequence[Step], names: Mapping[int, str], room: int) -> list[tuple[int, str]]:
    """The workers that get a row: all, or those that went last where there is not room for all."""
    if len(names) <= room:
        return sorted(names.items())
    recent = list(dict.fromkeys([step.option.worker for step in reversed(steps)] + list(names)))
    return sorted((worker, names[worker]) for worker in recent[: max(room, 0)])


def _glyph(step: Step, worker: int) -> tuple[str, str]:
    if step.option.worker != worker:
        return NOTHING, "frame.quiet"
    if step.option.operation == words.ESCAPES:
        return ESCAPE, "text.warn"
    return (SWITCH, "text.focus") if step.preempts else (STEP, holder_style(worker - 1))


def told(steps: Sequence[Step], size: tuple[int, int], first: int = 1) -> Cells:
    """The last steps in words, the newest at the bottom; `first`: the number of the first of them."""
    columns, rows = size
    begin = max(len(steps) - rows, 0)
    return stacked(*(_line(steps[at], first + at, columns) for at in range(begin, len(steps)))).sized(columns, rows)


def _line(step: Step, number: int, columns: int) -> Cells:
    option = step.option
    place = f"{option.file.rpartition('/')[2]}:{option.line}" if option.file and columns >= PLACE_LEAST else ""
    mark = (SWITCH, "text.focus") if step.preempts else (" ", "")
    who = label(option.name, NAME_CELLS)
    said = clipped(words.done(step), max(columns - 18 - len(place) - 2, 8))
    style = "text.warn" if option.operation == words.ESCAPES else "text"
    return line(
        [
            (f"{number:>4} ", "text.dim"),
            mark,
            (f" {who:<{NAME_CELLS}} ", holder_style(option.worker - 1)),
            (said, style),
            (f"  {place}", "frame.quiet"),
        ],
        columns,
    )
