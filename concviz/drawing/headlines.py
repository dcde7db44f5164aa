"""Words in letters of three lines, for those who sit far away. Each letter stands on five points of height, two in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import line, stacked

if TYPE_CHECKING:
    from concviz.drawing.cells import Cells

FONT = {
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".## #.. #.# #.# .##",
    "H": "#.# #.# ### #.# #.#",
    "I": "# # # # #",
    "J": "..# ..# ..# #.# .#.",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "##. #.# ##. #.. #..",
    "Q": ".##. #..# #..# #.## .###",
    "R": "##. #.# ##. #.# #.#",
    "S": ".## #.. .#. ..# ##.",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": "### #.# #.# #.# ###",
    "1": ".# ## .# .# .#",
    "2": "##. ..# .#. #.. ###",
    "3": "##. ..# .#. ..# ##.",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ##. ..# ##.",
    "6": ".## #.. ### #.# ###",
    "7": "### ..# .#. .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ##.",
    " ": ".. .. .. .. ..",
    ":": ". # . # .",
    ",": ".. .. .. .# #.",
    ".": ". . . . #",
    "'": "# # . . .",
    "?": "##. ..# .#. ... .#.",
    "!": "# # # . #",
    "-": "... ... ### ... ...",
    "/": "..# ..# .#. #.. #..",
    "_": "... ... ... ... ###",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
}
"""Capital letter, figure or sign -> its five rows from top to bottom."""

HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""The upper and the lower point of a cell -> its glyph."""


def headline(text: str, columns: int, style: str) -> Cells:
    """Three lines, or one where the letters do not fit into so many columns or one of them is not in the font."""
    rows = _points(text.upper())
    if rows is None or len(rows[0]) > columns:
        return line([(text, style)], columns)
    pairs = [(rows[at], rows[at + 1]) for at in range(0, len(rows), 2)]
    return stacked(*(line([("".join(map(_half, upper, lower)), style)], columns) for upper, lower in pairs))


def _half(upper: str, lower: str) -> str:
    return HALVES[upper == "#", lower == "#"]


def _points(text: str) -> list[str] | None:
    """Six rows, the last one empty."""
    if not text or any(letter not in FONT for letter in text):
        return None
    letters = [FONT[letter].split() for letter in text]
    rows = [".".join(letter[row] for letter in letters) for row in range(5)]
    return [*rows, "." * len(rows[0])]
