"""The bottom line: the keys that do something now, as many as fit, the needed ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from concviz.ui.keys import Key

GAP = "   "
"""What stands between two keys."""


class KeyBar(Widget):
    """One line of keys; a click on one does what the key does."""

    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; background: $surface; color: $quiet; padding: 0 1; }"

    keys: reactive[tuple[Key, ...]] = reactive[tuple["Key", ...]](())
    """The keys of the moment, in the order of the table."""

    def render(self) -> Content:
        """The line at the width there is."""
        return Content(GAP).join(_entry(key) for key in fitting(self.keys, self.content_size.width))


def _entry(key: Key) -> Content:
    action = key.action if key.action.startswith("app.") else f"screen.{key.action}"
    return Content.assemble((key.bar_keys, "bold $accent"), " ", key.bar_words).stylize(f"@click={action}")


def fitting(keys: tuple[Key, ...], width_cells: int) -> tuple[Key, ...]:
    """The keys that fit, in their order: those of low rank stay longest."""
    kept = [key for key in keys if key.bar_words]
    while kept and sum(cell_len(f"{key.bar_keys} {key.bar_words}{GAP}") for key in kept) - len(GAP) > width_cells:
        kept.remove(max(reversed(kept), key=lambda key: key.rank))
    return tuple(kept)
