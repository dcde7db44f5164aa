"""The whole app in ASCII, for terminals that have nothing else: other glyphs in the same cells, on their way out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from concviz.drawing.fallback import ASCII
from concviz.drawing.letters import letters

if TYPE_CHECKING:
    from textual.color import Color

OURS = {
    "←": "<",
    "→": ">",
    "↑": "^",
    "↓": "v",
    "▸": ">",
    "▌": "|",
    "▏": "|",
    "▊": "|",
    "▎": "|",
    "│": "|",
    "─": "-",
    "▔": "-",
    "▁": "_",
    "●": "*",
    "○": "o",
    "■": "-",
    "✓": "*",
    "★": "#",
    "·": "-",
    "×": "x",
    "‹": "<",
    "›": ">",
    "▮": "#",
    "╭": "+",
    "╮": "+",
    "╰": "+",
    "╯": "+",
}
"""What the screens use beside the drawing's glyphs."""


class AsciiFilter(LineFilter):
    """Replaces every glyph by an ASCII one, or by "?"."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - as Textual calls it
        """The same segments in other glyphs, as wide as they were."""
        return [Segment(in_ascii(text), style, control) for text, style, control in segments]


@lru_cache(maxsize=4096)
def in_ascii(text: str) -> str:
    """The text, cell by cell in ASCII."""
    return text if text.isascii() else "".join(_ascii(cell) for cell in letters(text))


def _ascii(cell: str) -> str:
    """A cell's glyph; the second half of a wide one is a space."""
    if cell.isascii():
        return cell or " "
    return ASCII.get(cell) or OURS.get(cell) or "?"
