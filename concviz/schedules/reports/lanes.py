"""A run under control as lanes side by side: a row a step, each in its worker's column, and a row of words before each preemption."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas
from concviz.drawing.labels import label
from concviz.drawing.letters import clipped, width
from concviz.drawing.styles import holder_style
from concviz.stepping import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells, Part
    from concviz.gates.choice import Option, Outcome, Step

PREEMPTION, IN_CONFLICT, BESIDE = "◆", "▸", "│"
"""Before a row that tells of a preemption; before a step that the conflict is made of; in the lane of who is not at work."""

NUMBER_CELLS = 5

LANE_LEAST, LANE_MOST = 18, 44
"""Columns of a lane: where there is no room for the least, all steps stand in one lane, with names."""

AT_LENGTH, KEPT = 7, 2
"""So many steps of one worker in a row are shown whole; of more, so many of the first and of the last."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a step, a preemption before it, or how many steps were left out."""

    step: int
    """Its place, from 0; of those left out, the first."""
    kind: str
    """"step", "preemption" or "left out"."""
    count: int = 1


def lanes(outcome: Outcome, columns: int, marked: Sequence[int] = ()) -> Cells:
    """The whole run, so many columns wide. `marked`: steps that are shown in any case, with a mark."""
    steps = outcome.steps
    names = _names(outcome)
    room = (columns - NUMBER_CELLS - 2) // max(len(names), 1)
    each = min(room, LANE_MOST) if room >= LANE_LEAST else 0
    rows = _rows(steps, set(marked))
    canvas = Canvas(columns, len(rows) + 1)
    canvas.put(0, 0, f"{'step':>{NUMBER_CELLS}}", "text.dim")
    for place, (worker, name) in enumerate(names.items() if each else ()):
        canvas.put(0, NUMBER_CELLS + 2 + place * each, label(name, each - 2), holder_style(worker - 1))
    for row, told in enumerate(rows, 1):
        _draw(canvas, row, told, outcome, (names, each, marked))
    return canvas.cells()


def reason(steps: Sequence[Step], at: int, stuck: Sequence[Option] = ()) -> str:
    """Why the switch before this step is a preemption: who could have gone on, and with what."""
    before = steps[at - 1].option
    after = next((step.option for step in steps[at:] if step.option.worker == before.worker), None)
    after = after or next((option for option in stuck if option.worker == before.worker), None)
    could = f" and {words.about(after)}{place_of(after)}" if after is not None else ""
    return f"{steps[at].option.name} goes first, though {before.name} could go on{could}"


def place_of(option: Option) -> str:
    """Where it stands, as " (file.py:14)"; "" when nobody knows."""
    return f" ({option.file.replace(chr(92), '/').rpartition('/')[2]}:{option.line})" if option.file else ""


def _names(outcome: Outcome) -> dict[int, str]:
    """Workers by number, those that never went included."""
    options = [step.option for step in outcome.steps] + list(outcome.stuck)
    return dict(sorted({option.worker: option.name for option in options}.items()))


def _rows(steps: Sequence[Step], marked: set[int]) -> list[Row]:
    rows: list[Row] = []
    first = 0
    while first < len(steps):
        end = first + 1
        while end < len(steps) and steps[end].option.worker == steps[first].option.worker:
            end += 1
        if steps[first].preempts:
            rows.append(Row(first, "preemption"))
        rows += _streak(first, end, marked)
        first = end
    return rows


def _streak(first: int, end: int, marked: set[int]) -> list[Row]:
    """The steps that one worker makes without a switch; long ones without their middle."""
    shown = set(range(first, end)) if end - first <= AT_LENGTH else {*range(first, first + KEPT), *range(end - KEPT, end), *marked}
    rows: list[Row] = []
    for at in range(first, end):
        if at in shown:
            rows.append(Row(at, "step"))
        elif rows and rows[-1].kind == "left out":
            rows[-1] = Row(rows[-1].step, "left out", rows[-1].count + 1)
        else:
            rows.append(Row(at, "left out"))
    return rows


def _draw(canvas: Canvas, row: int, told: Row, outcome: Outcome, layout: tuple[dict[int, str], int, Sequence[int]]) -> None:
    names, each, marked = layout
    step = outcome.steps[told.step]
    columns = canvas.glyphs.shape[1]
    if told.kind == "preemption":
        words_for_it = f"{PREEMPTION} {reason(outcome.steps, told.step, outcome.stuck)}"
        canvas.put(row, NUMBER_CELLS - 1, clipped(words_for_it, columns - NUMBER_CELLS + 1), "text.focus")
        return
    place = list(names).index(step.option.worker)
    for other in range(len(names) if each else 0):
        canvas.put(row, NUMBER_CELLS + 2 + other * each, BESIDE if other != place else " ", "frame.quiet")
    column = NUMBER_CELLS + 2 + place * each if each else NUMBER_CELLS + 2
    if told.kind == "left out":
        canvas.put(row, column, f"… {told.count} more", "text.dim")
        return
    canvas.put(row, 0, f"{told.step + 1:>{NUMBER_CELLS}}", "text.dim")
    if told.step in marked:
        canvas.put(row, NUMBER_CELLS + 1, IN_CONFLICT, "text.warn")
    canvas.put_parts(row, column, _step(step, each - 1 if each else columns - column, named=not each))


def _step(step: Step, room: int, *, named: bool) -> list[Part]:
    option = step.option
    place = f":{option.line}" if option.file else ""
    head = f"{label(option.name, LANE_LEAST):<{LANE_LEAST}} " if named else ""
    style = "text.warn" if option.operation == words.ESCAPES else "text"
    said = clipped(words.brief(step), room - width(place) - width(head) - 1)
    return [(head, holder_style(option.worker - 1)), (said, style), (f" {place}", "frame.quiet")]
