"""The tour's line, above the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from concviz.ui.tour import Tour

TICK_S = 0.25
"""How often it looks whether there is something else to say."""


class TourLine(Static):
    """Goes away when the tour is over."""

    DEFAULT_CSS = """
    TourLine { dock: bottom; height: auto; margin-bottom: 1; padding: 0 1; background: $block-cursor-background;
        color: $block-cursor-foreground; display: none; }
    """

    def __init__(self, tour: Tour) -> None:
        super().__init__(id="tour")
        self._tour = tour
        self._said = ""

    def on_mount(self) -> None:
        """From now on."""
        self.set_interval(TICK_S, self.tick)
        self.tick()

    def tick(self) -> None:
        """So much time went by, if the screen is the one in front."""
        name = type(self.screen).__name__
        if self.screen.is_current:
            self._tour.go_by(name, TICK_S)
        if self._tour.over:
            self.remove()
            return
        words = self._tour.words(name)
        if words != self._said:
            self._said = words
            self.display = bool(words)
            self.update(Content.assemble(("▸ ", "bold $accent"), words, ("   u  no tour", "$accent")))
