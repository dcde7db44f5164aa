"""A whole number within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from concviz.drawing.letters import clipped

if TYPE_CHECKING:
    from textual import events

VALUE_CELLS, BOUNDS_CELLS = 14, 20
"""Columns of the value and of its bounds, so that fields below one another stand in line."""


class NumberField(Widget, can_focus=True):
    """One line: words, value and bounds. The arrows change it, digits write it anew; it never leaves its bounds."""

    DEFAULT_CSS = """
    NumberField { height: 1; padding: 0 1; color: $foreground;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """
    BINDINGS = [
        ("left,minus", "change(-1)", "less"),
        ("right,plus", "change(1)", "more"),
        ("shift+left", "change(-10)", "much less"),
        ("shift+right", "change(10)", "much more"),
        ("backspace", "rub", "rub out the last digit"),
    ]

    value = reactive(0)
    """What it stands at."""

    def __init__(self, parameter: str, words: str, value: int, minimum: int, maximum: int) -> None:
        super().__init__()
        self.parameter = parameter
        """The name of what it is the value of."""
        self._words, self._minimum, self._maximum = words, minimum, maximum
        self._typed = ""
        self.set_reactive(NumberField.value, self.validate_value(value))

    def validate_value(self, value: int) -> int:
        return min(max(value, self._minimum), self._maximum)

    def render(self) -> Content:
        """The line."""
        value = f"‹ {self._typed or self.value} ›".rjust(VALUE_CELLS)
        bounds = f"  {self._minimum} to {self._maximum}".ljust(BOUNDS_CELLS)
        words = clipped(self._words, max(self.content_size.width - len(value) - len(bounds), 0))
        room = self.content_size.width - cell_len(words) - len(value) - len(bounds)
        return Content.assemble(words, " " * max(room, 0), (value, "bold $accent"), (bounds, "$quiet"))

    def action_change(self, step: int) -> None:
        """More or less, by so much."""
        self._typed = ""
        self.value += step
        self.refresh()

    def action_rub(self) -> None:
        """Without its last digit."""
        self._take((self._typed or str(self.value))[:-1])

    def on_key(self, event: events.Key) -> None:
        """A digit is written behind those typed so far."""
        if event.character and event.character.isdecimal() and event.character.isascii():
            event.stop()
            self._take((self._typed + event.character)[-9:])

    def on_blur(self) -> None:
        """What was typed has become the value; a number out of bounds is shown as what it became."""
        self._typed = ""

    def _take(self, typed: str) -> None:
        self._typed = typed
        self.value = int(typed or "0")
        self.refresh()
