"""What stands on the app's screen, as a frame: all at once, or kept up from what is sent to the terminal.

To keep it up costs as much as what changed; to take all at once, as much as drawing the screen anew.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.color import Color

from concviz.films.frame import Frame, Ink
from concviz.films.rows import cut, merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from rich.terminal_theme import TerminalTheme
    from textual.app import App
    from textual.strip import Strip

    from concviz.films.frame import Row

Grounds = tuple[str, str]
"""The colours of what has none of its own: (letters, ground)."""


def grounds(app: App[int]) -> Grounds:
    """The theme's; greys where colours are not wanted."""
    fg, bg = (_ground(app.theme_variables[name], grey=app.no_color) for name in ("foreground", "background"))
    return fg, bg


def palette(app: App[int]) -> tuple[str, ...]:
    """The sixteen colours that have numbers, as the app takes them to be."""
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in (app.ansi_theme.ansi_colors[at] for at in range(16)))


def grabbed(app: App[int]) -> Frame:
    """The screen, drawn for this."""
    strips = app.screen._compositor.render_strips()  # noqa: SLF001 - Textual has no public way but to a terminal
    inks = grounds(app)
    return Frame(tuple(_row(strip, app.ansi_theme, inks) for strip in strips))


class Copy:
    """Owns a copy of the terminal's screen, kept up from what the app sends it."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._lines: list[dict[int, tuple[int, Row]]] = []
        self._inks: Grounds = ("", "")
        self._ansi = app.ansi_theme
        self._frame: list[Row] = []
        self._stale: set[int] = set()
        self._strips: dict[tuple[int, int], tuple[Strip, tuple[int, Row]]] = {}

    @property
    def begun(self) -> bool:
        """Whether all of the screen was sent since there is this copy."""
        return bool(self._lines)

    def told(self, update: object) -> bool:
        """Something was sent; whether it shows."""
        self._follow_theme()
        if isinstance(update, LayoutUpdate) and update.region.size == self._app.size:
            self._lines = [{} for _ in update.strips]
            self._frame = [()] * len(self._lines)
            self._strips.clear()
            for y, strips in enumerate(update.strips):
                self._put(y, 0, strips)
        elif isinstance(update, ChopsUpdate) and self._lines:
            for y in dict.fromkeys(y for y, _, _ in update.spans):
                for x, strip in update.chops[y].items():
                    if strip is not None and y < len(self._lines):
                        self._put(y, x, (strip,))
        else:
            return False
        return True

    def _follow_theme(self) -> None:
        """The same strip has other colours in another theme."""
        inks, ansi = grounds(self._app), self._app.ansi_theme
        if inks != self._inks or ansi is not self._ansi:
            self._inks, self._ansi = inks, ansi
            self._strips.clear()

    def frame(self) -> Frame:
        """What stands there now."""
        for y in self._stale:
            self._frame[y] = merged([run for _, (_, piece) in sorted(self._lines[y].items()) for run in piece])
        self._stale.clear()
        return Frame(tuple(self._frame))

    def _put(self, y: int, x: int, strips: Iterable[Strip]) -> None:
        """Write over what stands there."""
        line = self._lines[y]
        for strip in strips:
            until = x + strip.cell_length
            known = self._strips.get((y, x))
            if until > x and (known is None or known[0] != strip or known[1] is not line.get(x)):
                here = until, _row(strip, self._ansi, self._inks)
                if line.get(x) != here:
                    _clear(line, x, until)
                    line[x] = here
                    self._stale.add(y)
                self._strips[y, x] = strip, line[x]
            x = until


def _clear(line: dict[int, tuple[int, Row]], first: int, until: int) -> None:
    """Make room: what reaches over the edges is cut there."""
    over = [(at, end, piece) for at, (end, piece) in line.items() if at < until and end > first]
    for at, end, piece in over:
        del line[at]
        if at < first:
            line[at] = first, cut(piece, 0, first - at)
        if end > until:
            line[until] = end, cut(piece, until - at, end - at)


def _row(strip: Strip, ansi: TerminalTheme, inks: Grounds) -> Row:
    return merged([(text, _ink(style, ansi, inks)) for text, style, control in strip if text and not control])


@lru_cache(maxsize=4096)
def _ink(style: Style | None, ansi: TerminalTheme, inks: Grounds) -> Ink:
    if style is None:
        return Ink(*inks)
    fg = style.color.get_truecolor(ansi).hex if style.color is not None and not style.color.is_default else inks[0]
    bg = style.bgcolor.get_truecolor(ansi).hex if style.bgcolor is not None and not style.bgcolor.is_default else inks[1]
    if style.reverse:
        fg, bg = bg, fg
    flags = (bool(flag) for flag in (style.bold, style.italic, style.underline, style.strike, style.dim))
    return Ink(fg, bg, *flags)


@lru_cache
def _ground(words: str, *, grey: bool) -> str:
    """A colour of the theme."""
    colour = Color.parse(words)
    return (colour.monochrome if grey else colour).hex6.lower()
