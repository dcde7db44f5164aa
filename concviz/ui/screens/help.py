"""All keys, and what the glyphs and colours of the lanes mean: made from the tables, never written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from concviz.ui.keys import GROUPS, Key

if TYPE_CHECKING:
    from textual.app import ComposeResult

INTRODUCTION = (
    "Each pane is a program that really runs, in processes of its own. A lane is one worker: a thread, a process or a task. "
    "Everything drawn was measured; what cannot be measured here is said to be so."
)
"""The first words of the help screen."""


class Help(ModalScreen[None]):
    """Left by escape, ? or q."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%;
        & > VerticalScroll { width: 124; max-width: 96%; height: auto; max-height: 92%; border: round $primary; background: $surface;
            padding: 1 2; border-title-color: $primary; }
        & Horizontal { height: auto; margin-top: 1; }
        & Horizontal > Static { width: 1fr; padding-right: 2; height: auto; }
        &.narrow Horizontal { layout: vertical; }
        &.narrow Horizontal > Static { width: 100%; margin-bottom: 1; }
    }
    """
    BINDINGS = [("escape,question_mark,q", "dismiss", "back")]

    def __init__(self, legend: tuple[tuple[str, str, str], ...]) -> None:
        """The legend's rows: a glyph, its colour as Textual names it, and what it stands for."""
        super().__init__()
        self._legend = legend

    def compose(self) -> ComposeResult:
        with VerticalScroll() as scroll:
            scroll.border_title = "keys"
            yield Static(INTRODUCTION)
            with Horizontal():
                yield Static(self._states())
                yield Static(_keys(GROUPS[1:3]))
                yield Static(_keys((GROUPS[3], GROUPS[0])))

    def on_resize(self) -> None:
        """Columns below each other where they would be too narrow."""
        self.set_class(self.size.width < 100, "narrow")

    def _states(self) -> Content:
        lines = [Content.styled("The lanes", "bold $primary")]
        lines += [Content.assemble((glyph * 3, colour), f"  {words}") for glyph, colour, words in self._legend]
        return Content("\n").join(lines)


def _keys(groups: tuple[tuple[str, tuple[Key, ...]], ...]) -> Content:
    lines: list[Content] = []
    for title, keys in groups:
        lines += [Content(""), Content.styled(title, "bold $primary")] if lines else [Content.styled(title, "bold $primary")]
        lines += [Content.assemble((f"{key.shown:>9}  ", "$accent"), key.words) for key in keys]
    return Content("\n").join(lines)
