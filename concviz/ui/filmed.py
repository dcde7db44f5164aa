"""The app as it is filmed: its run screen goes by the film's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concviz.ui import themes
from concviz.ui.app import ConcvizApp
from concviz.ui.screens import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

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

    def __init__(self, house: House, first: OnStage | None, clock: Callable[[], float] | None) -> None:
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
