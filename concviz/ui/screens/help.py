"""All keys, and what the glyphs and colours of the lanes mean: made from the tables, never written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Grid, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from concviz.ui.keys import GROUPS, SCHEDULER, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

INTRODUCTION = (
    "Each pane is a program that really runs, in processes of its own. A lane is one worker: a thread, a process or a task. "
    "Everything drawn was measured; what cannot be measured here is said to be so."
)
"""The first words of the help screen."""


LINES = 4
"""So many lines go by at a press of ↑ or ↓."""


class Help(ModalScreen[None]):
    """Left by escape, ? or q."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%;
        & > VerticalScroll { width: 124; max-width: 96%; height: auto; max-height: 92%; border: round $primary; background: $surface;
            padding: 1 2; border-title-color: $primary; }
        & Horizontal { height: auto; margin-top: 1; }
        & Vertical { width: 1fr; height: auto; padding-right: 2; }
        & Grid { grid-size: 2; grid-columns: 10 1fr; grid-rows: auto; height: auto; margin-bottom: 1; }
        & .title { color: $primary; text-style: bold; }
        &.narrow Horizontal { layout: vertical; }
        &.narrow Vertical { width: 100%; }
    }
    """
    BINDINGS = [
        ("escape,question_mark,q", "dismiss", "back"),
        Binding("down,j", f"scroll({LINES})", "down", priority=True),
        Binding("up,k", f"scroll(-{LINES})", "up", priority=True),
    ]

    def __init__(self, legend: tuple[tuple[str, str, str], ...]) -> None:
        """The legend's rows: a glyph, its colour as Textual names it, and what it stands for."""
        super().__init__()
        self._legend = legend

    def compose(self) -> ComposeResult:
        with VerticalScroll() as scroll:
            scroll.border_title = "keys"
            scroll.border_subtitle = "esc back"
            yield Static(INTRODUCTION)
            with Horizontal():
                with Vertical():
                    yield from _table("The lanes", [(_sample(glyph, colour), words) for glyph, colour, words in self._legend])
                    yield from _keys(*SCHEDULER)
                with Vertical():
                    yield from (part for group in GROUPS[1:3] for part in _keys(*group))
                with Vertical():
                    yield from (part for group in (*GROUPS[3:], GROUPS[0]) for part in _keys(*group))

    def on_resize(self) -> None:
        """Columns below each other where they would be too narrow."""
        self.set_class(self.size.width < 100, "narrow")
        self.call_after_refresh(self._hint)

    def action_scroll(self, lines: int) -> None:
        """Several lines at a time: the page is long, and one line is slow."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _hint(self) -> None:
        """Where there is more than fits, the frame says how to come to it."""
        scroll = self.query_one(VerticalScroll)
        scroll.border_subtitle = "↑↓ page ↓ for more   esc back" if scroll.max_scroll_y else "esc back"


def _sample(glyph: str, colour: str) -> Content:
    return Content.styled(glyph * max(3 // len(glyph), 1), colour)


def _keys(title: str, keys: tuple[Key, ...]) -> Iterator[Widget]:
    return _table(title, [(Content.styled(key.shown, "$accent"), key.words) for key in keys])


def _table(title: str, rows: list[tuple[Content, str]]) -> Iterator[Widget]:
    yield Static(title, classes="title", markup=False)
    yield Grid(*(Static(cell, markup=False) for row in rows for cell in row))
