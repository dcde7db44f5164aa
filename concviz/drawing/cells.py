"""A picture: a grid of cells, each a glyph and a style. Made on a canvas, and unchangeable from then on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.drawing.letters import letters
from concviz.drawing.styles import style_id, style_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Glyphs = npt.NDArray[np.str_]
"""Glyphs as [row, column]; "" in a cell that a wide character to its left fills."""

Styles = npt.NDArray[np.uint16]
"""Numbers of styles as [row, column]."""

Part = tuple[str, str]
"""Text and the style that it stands in."""

GLYPH = "<U4"
"""A character and up to three that combine with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A picture that cannot change. Two are equal when they look equal."""

    glyphs: Glyphs
    """Read-only, [row, column]."""
    styles: Styles
    """Read-only, of the same shape."""

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.glyphs.shape[1])

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.glyphs.shape[0])

    def to_text(self) -> str:
        """The glyphs, a line a row, without spaces at the ends of lines."""
        return "\n".join("".join(row).rstrip() for row in self.glyphs.tolist())

    def runs(self, row: int) -> list[Part]:
        """One row from left to right as (text, style name), neighbours of the same style in one."""
        styles = self.styles[row]
        if not len(styles):
            return []
        starts = [0, *(np.flatnonzero(styles[1:] != styles[:-1]) + 1).tolist(), len(styles)]
        glyphs = self.glyphs[row].tolist()
        return [("".join(glyphs[start:end]), style_name(int(styles[start]))) for start, end in pairwise(starts)]

    def sized(self, width: int, height: int) -> Cells:
        """The upper left part of the picture, or the picture with blank cells to its right and below it."""
        canvas = Canvas(width, height)
        canvas.paste(0, 0, self)
        return canvas.cells()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cells):
            return NotImplemented
        return np.array_equal(self.glyphs, other.glyphs) and np.array_equal(self.styles, other.styles)

    def __hash__(self) -> int:
        return hash((self.glyphs.shape, self.glyphs.tobytes(), self.styles.tobytes()))


class Canvas:
    """Owns a picture that is being made: blank at first. What does not fit is cut off."""

    __slots__ = ("glyphs", "styles")

    def __init__(self, width: int, height: int) -> None:
        """Columns and rows; below 0 counts as 0."""
        shape = (max(height, 0), max(width, 0))
        self.glyphs: Glyphs = np.full(shape, " ", dtype=GLYPH)
        """As in the picture, and writable."""
        self.styles: Styles = np.zeros(shape, dtype=np.uint16)
        """Likewise."""

    def put(self, row: int, column: int, text: str, style: str = "") -> int:
        """Write text from a cell on, to the right; gives the column after it, also when the end was cut off."""
        found = letters(text)
        end, start = column + len(found), max(column, 0)
        found, column = found[start - column :], start
        room = self.glyphs.shape[1] - column
        if 0 <= row < self.glyphs.shape[0] and room > 0:
            # The first half of a wide character must not stand in the last column.
            shown = [*found[: room - 1], " "] if len(found) > room and not found[room] else found[:room]
            self.glyphs[row, column : column + len(shown)] = shown
            self.styles[row, column : column + len(shown)] = style_id(style)
        return end

    def put_parts(self, row: int, column: int, parts: Iterable[Part]) -> int:
        """Write texts of several styles one after the other; gives the column after the last."""
        for text, style in parts:
            column = self.put(row, column, text, style)
        return column

    def modify(self, modifier: str, rows: slice, columns: slice) -> None:
        """Lay a modifier over a part of the picture."""
        self.styles[rows, columns] |= style_id(f" {modifier}")

    def paste(self, row: int, column: int, picture: Cells) -> None:
        """Lay a picture into this one, its upper left cell in that place."""
        target = self.glyphs[row : row + picture.height, column : column + picture.width]
        height, width = target.shape
        target[:] = picture.glyphs[:height, :width]
        if 0 < width < picture.width:
            # Half a wide character, at the edge, becomes a space.
            target[picture.glyphs[:height, width] == "", -1] = " "
        self.styles[row : row + height, column : column + width] = picture.styles[:height, :width]

    def cells(self) -> Cells:
        """The picture as it is now. The canvas is of no use from then on: its arrays are read-only."""
        self.glyphs.setflags(write=False)
        self.styles.setflags(write=False)
        return Cells(self.glyphs, self.styles)


def line(parts: Sequence[Part], width: int) -> Cells:
    """One row of that width with texts of several styles."""
    canvas = Canvas(width, 1)
    canvas.put_parts(0, 0, parts)
    return canvas.cells()


def beside(*pictures: Cells) -> Cells:
    """Pictures from left to right, their upper edges in line; as high as the highest."""
    canvas = Canvas(sum(picture.width for picture in pictures), max((picture.height for picture in pictures), default=0))
    column = 0
    for picture in pictures:
        canvas.paste(0, column, picture)
        column += picture.width
    return canvas.cells()


def stacked(*pictures: Cells) -> Cells:
    """Pictures from top to bottom, their left edges in line; as wide as the widest."""
    canvas = Canvas(max((picture.width for picture in pictures), default=0), sum(picture.height for picture in pictures))
    row = 0
    for picture in pictures:
        canvas.paste(row, 0, picture)
        row += picture.height
    return canvas.cells()
