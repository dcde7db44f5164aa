"""Films made by hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from concviz.films.frame import Film, Frame, Ink

if TYPE_CHECKING:
    from concviz.films.frame import Row, Writer

PLAIN = Ink("#d0d0d0", "#101010")
BRIGHT = Ink("#ff0000", "#000080", bold=True)


def film(columns: int = 8, lines: int = 2, title: str = "by hand", version: int = 2) -> Film:
    return Film(title, columns, lines, PLAIN.fg, PLAIN.bg, version)


def frame(*texts: str) -> Frame:
    """Rows of plain text; what stands between asterisks is bright."""
    return Frame(tuple(_row(text) for text in texts))


def _row(text: str) -> Row:
    parts = [(part, BRIGHT if at % 2 else PLAIN) for at, part in enumerate(text.split("*"))]
    return tuple(part for part in parts if part[0])


def written(
    kind: type[Writer], made: Film, *frames: tuple[float, Frame], marks: tuple[tuple[float, str], ...] = (), end_s: float = 3
) -> bytes:
    """The bytes of a film of these frames."""
    out = io.BytesIO()
    writer = kind(made, out)
    told: list[tuple[float, str | Frame]] = sorted([*frames, *marks], key=lambda one: one[0])
    for at_s, one in told:
        if isinstance(one, str):
            writer.marker(at_s, one)
        else:
            writer.frame(at_s, one)
    writer.close(end_s)
    return out.getvalue()
