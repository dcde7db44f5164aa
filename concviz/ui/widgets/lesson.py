"""What one scenario is about: its question, its panes, its parameters, and how the last run of it looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from concviz.scenarios.lesson import Scenario


class Lesson(VerticalScroll, can_focus=False):
    """The right side of the first screen."""

    DEFAULT_CSS = """
    Lesson { padding: 1 2 0 3; background: transparent; scrollbar-size-vertical: 1;
        & > .title { text-style: bold; color: $foreground; }
        & > .words { color: $foreground 85%; margin-top: 1; }
        & > .quiet { color: $quiet; margin-top: 1; }
        & > .picture { margin-top: 1; border: round $frame; border-title-color: $quiet; padding: 0 1; height: auto; }
    }
    """

    scenario: reactive[Scenario | None] = reactive["Scenario | None"](None)
    """The one under the cursor; None: nothing matches."""
    values: reactive[Mapping[str, int]] = reactive["Mapping[str, int]"](dict)
    """Its parameters as they would be used now, by name."""
    picture: reactive[Content | None] = reactive[Content | None](None)
    """Its last run in this session, drawn small; None: it did not run yet."""

    def compose(self) -> ComposeResult:
        yield Static(classes="title", id="title")
        yield Static(classes="words", id="words")
        yield Static(classes="quiet", id="panes")
        yield Static(classes="quiet", id="parameters")
        picture = Static(classes="picture", id="picture")
        picture.border_title = "last time"
        yield picture

    def watch_scenario(self, scenario: Scenario | None) -> None:
        self.query_one("#title", Static).update(scenario.title if scenario else "Nothing matches")
        self.query_one("#words", Static).update(Content(scenario.look_for) if scenario else "esc shows all scenarios again")
        self.query_one("#panes", Static).update(_panes(scenario) if scenario else "")
        self._show_values()
        self.scroll_home(animate=False)

    def watch_values(self) -> None:
        self._show_values()

    def watch_picture(self, picture: Content | None) -> None:
        shown = self.query_one("#picture", Static)
        shown.display = picture is not None
        shown.update(picture or "")

    def _show_values(self) -> None:
        self.query_one("#parameters", Static).update(_parameters(self.scenario, self.values) if self.scenario else "")


def _panes(scenario: Scenario) -> Content:
    lines = [Content.assemble((f"{pane.model:<12}", "$primary"), _beside(pane.title, pane.model)) for pane in scenario.panes]
    order = "started together, shown side by side" if scenario.order == "together" else "run in turn, shown side by side"
    return Content("\n").join([*lines, Content(order if len(lines) > 1 else "one program")])


def _beside(title: str, model: str) -> str:
    return "" if title.casefold() == model.casefold() else title


def _parameters(scenario: Scenario, values: Mapping[str, int]) -> Content:
    parts = [
        Content.assemble((f"{parameter.words or parameter.name}  "), (str(values.get(parameter.name, parameter.default)), "bold $accent"))
        for parameter in scenario.parameters
    ]
    return Content("\n").join(parts)
