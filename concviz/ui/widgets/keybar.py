"""The bottom line: the keys that do something now, as many as fit, the needed ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events

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

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer does."""
        offset = event.get_content_offset(self)
        key = key_at(fitting(self.keys, self.content_size.width), offset.x) if offset is not None else None
        if key is not None:
            await self.run_action(key.action if key.action.startswith("app.") else f"screen.{key.action}")


def _entry(key: Key) -> Content:
    return Content.assemble((key.bar_keys, "bold $accent"), " ", key.bar_words)


def _width(key: Key) -> int:
    return cell_len(f"{key.bar_keys} {key.bar_words}")


def key_at(keys: tuple[Key, ...], x: int) -> Key | None:
    """The key whose entry lies in a column of the line; None: between two, or behind the last."""
    start = 0
    for key in keys:
        if start <= x < start + _width(key):
            return key
        start += _width(key) + len(GAP)
    return None


def fitting(keys: tuple[Key, ...], width_cells: int) -> tuple[Key, ...]:
    """The keys that fit, in their order: those of low rank stay longest."""
    kept = [key for key in keys if key.bar_words]
    while kept and sum(_width(key) + len(GAP) for key in kept) - len(GAP) > width_cells:
        kept.remove(max(reversed(kept), key=lambda key: key.rank))
    return tuple(kept)
