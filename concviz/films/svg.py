"""The last frame as an SVG picture: text that can be selected, in the viewer's own monospace; no script, no server asked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from concviz.drawing.letters import width
from concviz.films.blocks import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame, Ink, Row

CELL_WIDTH, CELL_HEIGHT, BASE, SIZE = 8.4, 18, 13.5, 14
"""Of a cell, of the letters' base line in it, and of the letters, in px."""

FONTS = "'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace"
"""Those that are there; each has the glyphs of our pictures."""


class Writer:
    """Owns the last frame."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._film = film
        self._out = out
        self._frame: Frame | None = None

    def frame(self, at_s: float, frame: Frame) -> None:
        """Only the last one counts."""
        del at_s
        self._frame = frame

    def marker(self, at_s: float, label: str) -> None:
        """A picture has no chapters."""

    def close(self, at_s: float) -> None:
        """Draw it."""
        del at_s
        rows = self._frame.rows if self._frame is not None else ()
        self._out.write(picture(self._film, rows).encode("utf-8", "replace"))


def picture(film: Film, rows: tuple[Row, ...]) -> str:
    """One frame."""
    w, h = number(film.columns * CELL_WIDTH), film.lines * CELL_HEIGHT
    inks = list(dict.fromkeys(ink for row in rows for _, ink in row))
    styles = "".join(f".i{at}{{{look(ink)}}}" for at, ink in enumerate(inks))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">\n<title>{safe(film.title)}</title>\n'
        f"<style>text{{font:{SIZE}px {FONTS};white-space:pre}}{styles}</style>\n"
        f'<rect width="100%" height="100%" fill="{film.bg}"/>\n'
    )
    places = {ink: at for at, ink in enumerate(inks)}
    return head + "".join(f"{part}\n" for at, row in enumerate(rows) for part in drawn(film, places, at, row)) + "</svg>\n"


def drawn(film: Film, places: dict[Ink, int], line: int, row: Row) -> Iterator[str]:
    """One line of a screen; `places`: the number of each ink's class."""
    column = 0
    for text, ink in row:
        cells = width(text)
        if ink.bg != film.bg:
            yield _rect(column, line, cells, (0, 0, 1, 1, 1), ink.bg)
        yield from _glyphs(places[ink], ink, column, line, text)
        column += cells


def _glyphs(place: int, ink: Ink, column: int, line: int, text: str) -> Iterator[str]:
    """Letters as text, blocks as rectangles, spaces not at all."""
    for kind, part in _parts(text):
        cells = width(part)
        if kind in BLOCKS:
            yield _rect(column, line, cells, BLOCKS[kind], ink.fg)
        elif part.strip():
            x, y = number(column * CELL_WIDTH), number(line * CELL_HEIGHT + BASE)
            length = number(cells * CELL_WIDTH)
            yield f'<text class="i{place}" x="{x}" y="{y}" textLength="{length}" lengthAdjust="spacingAndGlyphs">{safe(part)}</text>'
        column += cells


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """(block or "", what stands there): equal blocks, and all between them."""
    start = 0
    for at in range(1, len(text) + 1):
        kind = text[start] if text[start] in BLOCKS else ""
        if at == len(text) or (text[at] if text[at] in BLOCKS else "") != kind:
            yield kind, text[start:at]
            start = at


def _rect(column: int, line: int, cells: int, shape: tuple[float, float, float, float, float], colour: str) -> str:
    left, top, right, bottom, cover = shape
    each = cells if (left, right) == (0, 1) else 1
    opacity = f' fill-opacity="{cover:g}"' if cover < 1 else ""
    boxes = []
    for at in range(1 if each == cells else cells):
        x, y = (column + at + left) * CELL_WIDTH, (line + top) * CELL_HEIGHT
        w, h = (right - left) * CELL_WIDTH * each, (bottom - top) * CELL_HEIGHT
        boxes.append(f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}" fill="{colour}"{opacity}/>')
    return "".join(boxes)


def look(ink: Ink) -> str:
    """A run's look, as CSS has it."""
    line = " ".join(word for word, wanted in (("underline", ink.underline), ("line-through", ink.strike)) if wanted)
    flags = {"font-weight:bold": ink.bold, "font-style:italic": ink.italic, f"text-decoration:{line}": line, "opacity:.6": ink.dim}
    return ";".join([f"fill:{ink.fg}", *(words for words, wanted in flags.items() if wanted)])


def number(value: float, digits: int = 2) -> str:
    """Without zeros at its end."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") or "0"


def safe(text: str) -> str:
    """For XML, which knows no control characters."""
    return escape("".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text))
