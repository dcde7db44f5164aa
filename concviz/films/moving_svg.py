"""The film as an SVG that moves: each line's looks once, shown in their turn, over and over; no script, no server asked.

Moves wherever SVG's own animation does (SMIL): in browsers, also inside an <img>, and so in a README.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from concviz.films.svg import CELL_HEIGHT, CELL_WIDTH, FONTS, SIZE, drawn, look, number, safe

if TYPE_CHECKING:
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame, Ink, Row

LEAST_S = 0.1
"""No film is shorter."""


class Writer:
    """Owns the numbers of lines and inks that are written already, and when each line of the screen changed."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._film, self._out = film, out
        self._rows: dict[Row, int] = {}
        self._inks: dict[Ink, int] = {}
        self._turns: list[list[tuple[float, int]]] = [[] for _ in range(film.lines)]
        w, h = number(film.columns * CELL_WIDTH), film.lines * CELL_HEIGHT
        self._write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">\n<title>{safe(film.title)}</title>\n'
            f'<style>text{{font:{SIZE}px {FONTS};white-space:pre}}</style>\n<rect width="100%" height="100%" fill="{film.bg}"/>\n<defs>\n'
        )

    def frame(self, at_s: float, frame: Frame) -> None:
        """The lines that are other lines now."""
        for turns, row in zip(self._turns, frame.rows, strict=False):
            place = self._place(row)
            if not turns or turns[-1][1] != place:
                if turns and turns[-1][0] == at_s:
                    turns.pop()
                turns.append((at_s, place))

    def marker(self, at_s: float, label: str) -> None:
        """A picture has no chapters."""

    def close(self, at_s: float) -> None:
        """Who is shown when."""
        whole_s = max(at_s, LEAST_S)
        styles = "".join(f".i{place}{{{look(ink)}}}" for ink, place in self._inks.items())
        self._write(f"</defs>\n<style>{styles}</style>\n")
        for line, turns in enumerate(self._turns):
            if turns:
                self._write(_shown(line, turns, whole_s))
        self._write("</svg>\n")

    def _place(self, row: Row) -> int:
        place = self._rows.get(row)
        if place is None:
            place = self._rows[row] = len(self._rows)
            for _, ink in row:
                self._inks.setdefault(ink, len(self._inks))
            self._write(f'<g id="r{place}">{"".join(drawn(self._film, self._inks, 0, row))}</g>\n')
        return place

    def _write(self, text: str) -> None:
        self._out.write(text.encode("utf-8", "replace"))


def _shown(line: int, turns: list[tuple[float, int]], whole_s: float) -> str:
    """One line of the screen."""
    start = f'<use href="#r{turns[0][1]}" y="{line * CELL_HEIGHT}"'
    if len(turns) == 1:
        return f"{start}/>\n"
    times = ";".join(number(min(at_s / whole_s, 1), 5) for at_s, _ in turns)
    values = ";".join(f"#r{place}" for _, place in turns)
    how = f'dur="{number(whole_s)}s" calcMode="discrete" repeatCount="indefinite"'
    return f'{start}><animate attributeName="href" {how} keyTimes="{escape(times)}" values="{values}"/></use>\n'
