"""Lines of a screen, cut and put together by cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from concviz.drawing.letters import letters, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concviz.films.frame import Ink, Row, Run

Cell = tuple[str, "Ink"]
"""What stands in one cell; "" after a wide character."""


_letters = lru_cache(maxsize=4096)(letters)
_width = lru_cache(maxsize=4096)(width)
"""Films show the same words again and again."""


def cells(row: Row) -> list[Cell]:
    """A line, cell for cell."""
    return [(letter, ink) for text, ink in row for letter in _letters(text)]


def columns(row: Row) -> int:
    """How many cells a line takes."""
    return sum([_width(text) for text, _ in row])


def merged(runs: Iterable[Run]) -> Row:
    """Neighbours that look alike in one."""
    found: list[Run] = []
    look: Ink | None = None
    for run in runs:
        text, ink = run
        if ink is look or ink == look:
            found[-1] = (found[-1][0] + text, ink)
        elif text:
            found.append(run)
            look = ink
    return tuple(found)


def cut(row: Row, first: int, until: int) -> Row:
    """The cells from `first` to before `until`; half of a wide character becomes a space."""
    part = cells(row)[max(first, 0) : max(until, 0)]
    if part and not part[0][0]:
        part[0] = (" ", part[0][1])
    if part and len(letters(part[-1][0])) > 1:
        part[-1] = (" ", part[-1][1])
    return merged(part)
