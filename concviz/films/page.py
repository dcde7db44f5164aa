"""A page that plays the film: one file, nothing loaded from anywhere. Text stays text: it can be selected and searched.

Each row's look is written once and named by its number afterwards, so that a page is not much larger than what changed.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from json import dumps
from typing import TYPE_CHECKING, Any

from concviz.drawing.letters import letters, width

if TYPE_CHECKING:
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame, Ink, Row

KNOWN_ROWS = 20_000
"""So many rows are remembered; one that comes again after that is written again."""


class Writer:
    """Owns the numbers of rows and inks that the page knows already."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._out = out
        self._rows: dict[Row, int] = {}
        self._count = 0
        self._inks: dict[Ink, int] = {}
        self._shown: list[int] = []
        start, _, self._end = files("concviz.films").joinpath("page.html").read_text("utf-8").partition("/*FILM*/")
        head = {"title": film.title, "columns": film.columns, "lines": film.lines}
        colours = {"TITLE": escape(film.title or "concviz"), "FG": film.fg, "BG": film.bg, "COLUMNS": str(film.columns)}
        for name, value in colours.items():
            start = start.replace(f"@{name}@", value)
        self._write(start)
        self._say("H", head)

    def frame(self, at_s: float, frame: Frame) -> None:
        """The rows that are other rows now."""
        numbers = [self._row(row) for row in frame.rows]
        old = self._shown or [-1] * len(numbers)
        changed = [[at, number] for at, (before, number) in enumerate(zip(old, numbers, strict=True)) if before != number]
        self._shown = numbers
        if changed:
            self._say("F", [round(at_s, 3), changed])

    def marker(self, at_s: float, label: str) -> None:
        """A chapter."""
        self._say("M", [round(at_s, 3), label])

    def close(self, at_s: float) -> None:
        """The player follows."""
        self._say("E", round(at_s, 3))
        self._write(self._end)

    def _row(self, row: Row) -> int:
        number = self._rows.get(row)
        if number is None:
            if len(self._rows) >= KNOWN_ROWS:
                self._rows.clear()
            number = self._rows[row] = self._count
            self._count += 1
            self._say("R", "".join(f"<span class=i{self._ink(ink)}>{_text(text)}</span>" for text, ink in row))
        return number

    def _ink(self, ink: Ink) -> int:
        number = self._inks.get(ink)
        if number is None:
            number = self._inks[ink] = len(self._inks)
            self._say("S", f".i{number}{{{_style(ink)}}}")
        return number

    def _say(self, what: str, value: Any) -> None:
        """One call of the page's script; nothing in it can end the script."""
        told = dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", " ").replace("\u2029", " ")
        self._write(f"{what}({told})\n")

    def _write(self, text: str) -> None:
        self._out.write(text.encode("utf-8", "replace"))


def _text(text: str) -> str:
    """Wide characters get the room of their cells, whatever the font thinks."""
    if width(text) == len(text):
        return escape(text, quote=False)
    return "".join(_cell(cell) for cell in letters(text) if cell)


def _cell(cell: str) -> str:
    words = escape(cell, quote=False)
    return f'<b class=w style="width:{width(cell)}ch">{words}</b>' if width(cell) != len(cell) else words


def _style(ink: Ink) -> str:
    line = " ".join(word for word, wanted in (("underline", ink.underline), ("line-through", ink.strike)) if wanted)
    flags = {"font-weight:bold": ink.bold, "font-style:italic": ink.italic, f"text-decoration:{line}": line, "opacity:.6": ink.dim}
    return ";".join([f"color:{ink.fg}", f"background:{ink.bg}", *(words for words, wanted in flags.items() if wanted)])
