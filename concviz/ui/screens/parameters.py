"""The parameters of a scenario: whole numbers within bounds, changed with the arrows or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from concviz.ui.widgets.numbers import NumberField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from concviz.scenarios.lesson import Scenario


class Parameters(ModalScreen["dict[str, int]"]):
    """Left with all values by name to run with, or with None by escape."""

    DEFAULT_CSS = """
    Parameters { align: center middle; background: $background 60%;
        & > Vertical { width: 78; max-width: 90%; height: auto; border: round $primary; background: $surface; padding: 1 2; }
        & #title { text-style: bold; margin-bottom: 1; }
        & #hint { color: $quiet; margin-top: 1; }
    }
    """
    BINDINGS = [
        ("escape", "dismiss", "back"),
        ("enter", "accept", "run"),
        ("down,tab", "app.focus_next", "next"),
        ("up,shift+tab", "app.focus_previous", "previous"),
        ("d", "defaults", "the values it came with"),
    ]

    def __init__(self, scenario: Scenario, values: Mapping[str, int]) -> None:
        super().__init__()
        self._scenario, self._values = scenario, values

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self._scenario.title, id="title", markup=False)
            for one in self._scenario.parameters:
                value = self._values.get(one.name, one.default)
                yield NumberField(one.name, one.words or one.name, value, one.minimum, one.maximum)
            if not self._scenario.parameters:
                yield Static("it has none")
            yield Static("← →  change    0-9  type    d  as it came    enter  run    esc  back", id="hint")

    def action_accept(self) -> None:
        """Run with these."""
        self.dismiss({field.parameter: field.value for field in self.query(NumberField)})

    def action_defaults(self) -> None:
        """All values as the scenario came with them."""
        defaults = {one.name: one.default for one in self._scenario.parameters}
        for field in self.query(NumberField):
            field.value = defaults[field.parameter]
