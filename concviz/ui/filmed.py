"""The app as it is filmed: its run screen goes by the film's clock, and what it shows can be taken as a frame."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from textual.color import Color

from concviz.films.frame import Frame, Ink
from concviz.ui import themes
from concviz.ui.app import ConcvizApp
from concviz.ui.screens import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style
    from rich.terminal_theme import TerminalTheme
    from textual.strip import Strip
    from textual.timer import Timer

    from concviz.films.frame import Row
    from concviz.ui.course import Guesses
    from concviz.ui.house import House
    from concviz.ui.look import OnStage


NEVER_S = 1e6
"""No film is so long."""


class RunScreen(run.RunScreen):
    """The same, but that nothing moves by itself: whoever films it says when a frame is due."""

    def set_interval(self, interval: float, callback: Callable[..., Any] | None = None, **options: Any) -> Timer:
        """Textual's; the one that would make frames stays still."""
        return super().set_interval(NEVER_S if callback == self.frame else interval, callback, **options)


class FilmedApp(ConcvizApp):
    """The app on another clock."""

    def __init__(self, house: House, first: OnStage, clock: Callable[[], float] | None) -> None:
        """`clock`: the film's, in s; None: the machine's, and the app makes its own frames."""
        super().__init__(house, first)
        self._film_clock = clock
        self.animation_level = "none"

    def _show_stage(self, stage: OnStage, guesses: Guesses = ()) -> None:
        clock = self._film_clock
        self.push_screen(run.RunScreen(stage, guesses=guesses) if clock is None else RunScreen(stage, clock, guesses))

    def use(self, theme: str) -> None:
        """Show it "dark" or "light"."""
        self.theme = (themes.LIGHT if theme == "light" else themes.DARK).name

    @property
    def run_screens(self) -> list[run.RunScreen]:
        """Those that are open."""
        return [screen for screen in self.screen_stack if isinstance(screen, run.RunScreen)]

    def grounds(self) -> tuple[str, str]:
        """The colours of what has none of its own: (letters, ground)."""
        variables = self.theme_variables
        return _hex(Color.parse(variables["foreground"])), _hex(Color.parse(variables["background"]))

    def grabbed(self) -> Frame:
        """What stands on the screen."""
        ground = Color.parse(self.theme_variables["background"])
        strips = self.screen._compositor.render_strips()  # noqa: SLF001 - Textual has no public way but to a terminal
        for each in self.get_line_filters():
            strips = [strip.apply_filter(each, ground) for strip in strips]
        inks = self.grounds()
        return Frame(tuple(_row(strip, self.ansi_theme, inks) for strip in strips))


def _row(strip: Strip, ansi: TerminalTheme, grounds: tuple[str, str]) -> Row:
    """Neighbours that look alike in one."""
    found: list[tuple[str, Ink]] = []
    for text, style, control in strip:
        if control or not text:
            continue
        ink = _ink(style, ansi, grounds)
        if found and found[-1][1] == ink:
            found[-1] = (found[-1][0] + text, ink)
        else:
            found.append((text, ink))
    return tuple(found)


@lru_cache(maxsize=4096)
def _ink(style: Style | None, ansi: TerminalTheme, grounds: tuple[str, str]) -> Ink:
    if style is None:
        return Ink(*grounds)
    fg = style.color.get_truecolor(ansi).hex if style.color is not None and not style.color.is_default else grounds[0]
    bg = style.bgcolor.get_truecolor(ansi).hex if style.bgcolor is not None and not style.bgcolor.is_default else grounds[1]
    if style.reverse:
        fg, bg = bg, fg
    flags = (bool(flag) for flag in (style.bold, style.italic, style.underline, style.strike, style.dim))
    return Ink(fg, bg, *flags)


def _hex(colour: Color) -> str:
    return colour.hex6.lower()
