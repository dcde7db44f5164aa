"""Source with the place of every worker: a marker in the margin, and the names at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas
from concviz.drawing.labels import label
from concviz.drawing.letters import letters, width
from concviz.drawing.palette import WORKER
from concviz.drawing.syntax import styled_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells, Part

NAME_LEAST, NAME_MOST, NAME_SHARE = 4, 10, 6
"""One worker's name takes the width over the last, but not less and not more than the others: code matters more."""

NAMES_SHARE = 3
"""The names of one line together take at most the width over this."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker stands in this source."""

    line: int
    """From 1."""
    name: str
    """The worker's name."""
    focused: bool = False
    """Whether the worker is the one that is looked at: the window follows it."""


def source(text: str | None, places: Sequence[Place], size: tuple[int, int]) -> Cells:
    """The part of a source around the focused place, in (width, height) cells. None: there is no source to show."""
    canvas = Canvas(*size)
    if text is None:
        canvas.put(0, 1, "no source here", "text.dim")
        return canvas.cells()
    lines = styled_lines(text.rstrip("\n"))
    margin = max(len(str(len(lines))), 2)
    first = first_line(len(lines), _followed(places), size[1])
    for row, number in enumerate(range(first, min(first + size[1], len(lines) + 1))):
        here = [place for place in places if place.line == number]
        _row(canvas, row, (number, lines[number - 1], here), margin)
    return canvas.cells()


def first_line(lines: int, followed: int, height: int) -> int:
    """The first line to show, from 1, so that the followed one is inside and not at an edge.

    It moves by half a window at a time: a worker that goes round in a short loop does not move it at all.
    """
    half = max(height // 2, 1)
    wanted = (followed - 1) // half * half - half // 2 + 1
    return max(min(wanted, lines - height + 1), 1)


def _followed(places: Sequence[Place]) -> int:
    focused = [place.line for place in places if place.focused]
    return (focused or [place.line for place in places] or [1])[0]


def _row(canvas: Canvas, row: int, line: tuple[int, Sequence[Part], Sequence[Place]], margin: int) -> None:
    number, parts, here = line
    columns = canvas.glyphs.shape[1]
    canvas.put(row, 0, f"{number:>{margin}}", "text.dim" if here else "frame.quiet")
    if here:
        canvas.put(row, margin, WORKER, "mark.worker")
    each = min(max(columns // NAME_SHARE, NAME_LEAST), NAME_MOST)
    names = _names(here, each, columns // NAMES_SHARE)
    taken = sum(width(name) for name, _ in names)
    # The names' own column is kept free of code even where a line is long.
    end = columns - taken - 1 if taken else columns
    _code(canvas, row, (margin + 2, end), parts)
    canvas.put_parts(row, columns - taken, names)
    if any(place.focused for place in here):
        canvas.modify("chosen", slice(row, row + 1), slice(0, columns))


def _code(canvas: Canvas, row: int, room: tuple[int, int], parts: Sequence[Part]) -> None:
    """Write code from one column up to another; "…" in the last cell when it goes on."""
    start, end = room
    whole = "".join(text for text, _ in parts)
    indent = len(whole) - len(whole.lstrip())
    # Tabs are laid out from the line's beginning, so the indent is written as the spaces that it takes.
    column = start + len(letters(whole[:indent]))
    for place, (text, style) in enumerate(parts):
        shown = text.lstrip() if place == 0 else text
        column = canvas.put(row, column, shown, style)
    if column > end > start:
        canvas.glyphs[row, end:] = " "
        canvas.styles[row, end:] = 0
        if canvas.glyphs[row, end - 1] == "" and end - 1 > start:
            canvas.put(row, end - 2, " ", "code")
        canvas.put(row, end - 1, "…", "frame.quiet")


def _names(here: Sequence[Place], each: int, most: int) -> list[Part]:
    """The names of those who stand on a line, the focused first, as many as have room; then how many more."""
    ordered = sorted(here, key=lambda place: not place.focused)
    shown: list[Part] = []
    used = 0
    for at, place in enumerate(ordered):
        name = label(place.name, min(each, most))
        more = f" +{len(ordered) - at}"
        room = most - (width(more) if at + 1 < len(ordered) else 0)
        if used + width(name) + bool(shown) > room and shown:
            shown.append((more, "text.dim"))
            break
        text = f" {name}" if shown else name
        shown.append((text, "text.focus" if place.focused else "text.name"))
        used += width(text)
    return shown
