"""Frames as pixels, through pillow (MIT-CMU licence, a wheel of 7 MB), which is an extra: `pip install 'concviz[gif]'`.

Letters are DejaVu Sans Mono's where the system has it, else those that pillow carries. Blocks are drawn as rectangles.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from concviz.drawing.letters import letters
from concviz.errors import PlatformError
from concviz.films.blocks import BLOCKS

if TYPE_CHECKING:
    from concviz.films.frame import Film, Frame, Ink, Row

SIZE = 14
"""Of letters, in pixels."""

FACES = {(False, False): "", (True, False): "-Bold", (False, True): "-Oblique", (True, True): "-BoldOblique"}
"""(bold, italic) -> the end of the name of the font's file."""

FAINT = 0.6
"""What is left of the colour of dim letters."""


def check() -> None:
    """PlatformError where pillow is missing."""
    if find_spec("PIL") is None:
        raise PlatformError("GIF and PNG need pillow, which is not installed here", "pip install 'concviz[gif]'")


class Painter:
    """Owns the picture of the last frame; paints only those of the next one's rows that differ."""

    def __init__(self, film: Film) -> None:
        from PIL import Image

        check()
        self._fonts = {face: _font(f"DejaVuSansMono{end}.ttf") for face, end in FACES.items()}
        plain = self._fonts[False, False]
        ascent, descent = plain.getmetrics()
        self._cell = round(plain.getlength("M")), ascent + descent
        self._rows: tuple[Row, ...] = ()
        self.image = Image.new("RGB", (film.columns * self._cell[0], film.lines * self._cell[1]), film.bg)
        """As it stands; changed by `paint`."""
        self._glyph = lru_cache(maxsize=8192)(self._painted)

    def paint(self, frame: Frame) -> None:
        """Bring the picture to this frame."""
        old = self._rows or ((),) * len(frame.rows)
        for line, (before, row) in enumerate(zip(old, frame.rows, strict=True)):
            if before != row:
                self._row(line, row)
        self._rows = frame.rows

    def _row(self, line: int, row: Row) -> None:
        width, height = self._cell
        cells = [(cell, ink) for text, ink in row for cell in letters(text)]
        for column, (cell, ink) in enumerate(cells):
            if cell:
                wide = column + 1 < len(cells) and not cells[column + 1][0]
                self.image.paste(self._glyph(cell, ink, 1 + wide), (column * width, line * height))

    def _painted(self, cell: str, ink: Ink, cells: int) -> Any:
        from PIL import Image, ImageDraw

        width, height = self._cell[0] * cells, self._cell[1]
        image = Image.new("RGB", (width, height), ink.bg)
        draw = ImageDraw.Draw(image)
        fg = _mixed(ink.bg, ink.fg, FAINT) if ink.dim else ink.fg
        if cell in BLOCKS:
            left, top, right, bottom, cover = BLOCKS[cell]
            box = round(left * width), round(top * height), round(right * width) - 1, round(bottom * height) - 1
            if box[2] >= box[0] and box[3] >= box[1]:
                draw.rectangle(box, fill=_mixed(ink.bg, fg, cover))
        elif cell != " ":
            draw.text((0, 0), cell, fill=fg, font=self._fonts[ink.bold, ink.italic])
        if ink.underline:
            draw.line((0, height - 2, width, height - 2), fill=fg)
        if ink.strike:
            draw.line((0, height // 2, width, height // 2), fill=fg)
        return image


def _font(name: str) -> Any:
    """Pillow looks for it where the system keeps its fonts."""
    from PIL import ImageFont

    try:
        return ImageFont.truetype(name, SIZE)
    except OSError:
        return ImageFont.load_default(SIZE)


def _mixed(ground: str, colour: str, share: float) -> str:
    pairs = ((int(ground[at : at + 2], 16), int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(under + (over - under) * share):02x}" for under, over in pairs)
