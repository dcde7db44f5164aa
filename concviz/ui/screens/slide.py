"""The first page of a scenario while presenting: its title in large letters, and its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from concviz.drawing.headlines import headline
from concviz.ui import keys
from concviz.ui.routing import Present, Turned
from concviz.ui.widgets.canvas import Canvas
from concviz.ui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from concviz.scenarios.lesson import Scenario


class SlideScreen(Screen[None]):
    """A clicker's keys lead on to the run, and back to the scenario before."""

    DEFAULT_CSS = """
    SlideScreen { background: $background; align: center middle;
        & > Vertical { width: 92%; height: auto; }
        & #chapter { color: $quiet; margin-bottom: 1; }
        & #title { height: 3; margin-bottom: 2; }
        & #question { text-style: bold; margin-bottom: 1; }
        & #choices { padding-left: 2; color: $foreground 85%; }
    }
    """
    BINDINGS = [*keys.bindings(keys.SLIDE)]

    class Go(Message):
        """The scenario is to be run, big."""

        def __init__(self, scenario: Scenario) -> None:
            super().__init__()
            self.scenario = scenario

    def __init__(self, scenario: Scenario, place: str) -> None:
        """`place`: among all of them, for people."""
        super().__init__()
        self.scenario = scenario
        self._place = place

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content("   ").join([Content(self.scenario.chapter), Content(self._place)]), id="chapter")
            yield Canvas(id="title")
            if self.scenario.questions:
                yield Static(Content(self.scenario.questions[0].words), id="question")
                yield Static(Content("\n\n").join(map(Content, self.scenario.questions[0].choices)), id="choices")
        bar = KeyBar()
        bar.keys = keys.SLIDE
        yield bar

    def on_resize(self) -> None:
        """As large as the letters fit."""
        canvas = self.query_one("#title", Canvas)
        cells = headline(self.scenario.title, self.size.width * 92 // 100, "text.focus")
        canvas.styles.height = cells.height
        canvas.show_cells(cells)

    def action_slide(self, step: int) -> None:
        """On: run it. Back: the scenario before."""
        self.post_message(self.Go(self.scenario) if step > 0 else Turned(self.scenario, -1))

    def action_leave(self) -> None:
        """Back to the scenarios."""
        self.post_message(Present(None))
