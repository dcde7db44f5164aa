"""The exploration of a program: how far it is, then its report, and every outcome, each with a way to see it step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from concviz.ui import explored_lines, keys
from concviz.ui.routing import Copy
from concviz.ui.widgets.keybar import KeyBar
from concviz.ui.widgets.small import TooSmall

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from concviz.schedules.reports.outcomes import OutcomeRow
    from concviz.stepping.programs import Program
    from concviz.ui.exploring import Exploring

LOOKS_PER_S = 10
"""How often the screen asks how far it is."""


class ExploreScreen(Screen[None]):
    """Shows one exploration; Enter steps through the outcome at the cursor."""

    DEFAULT_CSS = """
    ExploreScreen { layers: base above; background: $background;
        & > #head { height: 1; padding: 0 1; background: $surface; }
        & > #verdict { height: auto; max-height: 4; padding: 0 1; background: $panel; }
        & > #report { height: 1fr; padding: 1 1 0 1; }
        & > #table { height: 1; padding: 0 1; color: $quiet; background: $surface; }
        & > OptionList, & > OptionList:focus { height: auto; max-height: 8; border: none; padding: 0 1; background: $background; }
    }
    """
    BINDINGS = [*keys.bindings(keys.EXPLORE)]

    class Left(Message):
        """The person went away: the search is no longer needed."""

        def __init__(self, exploring: Exploring) -> None:
            super().__init__()
            self.exploring = exploring

    class Chosen(Message):
        """An outcome is to be seen step by step."""

        def __init__(self, program: Program, token: str) -> None:
            super().__init__()
            self.program, self.token = program, token

    def __init__(self, exploring: Exploring) -> None:
        super().__init__()
        self._exploring = exploring
        self._rows: list[OutcomeRow] = []
        self._told = False

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Static(id="verdict", markup=False)
        with VerticalScroll(id="report", can_focus=False):
            yield Static(id="lines", markup=False)
        yield Static(id="table", markup=False)
        yield OptionList()
        yield KeyBar()
        yield TooSmall()

    def on_mount(self) -> None:
        """Asks how far it is until there is an answer."""
        self.set_interval(1 / LOOKS_PER_S, self._look)
        self._look()

    def _look(self) -> None:
        exploring = self._exploring
        self.query_one(KeyBar).keys = tuple(key for key in keys.EXPLORE if self.check_action(*keys.action_of(key)))
        if self._told:
            return
        self.query_one("#head", Static).update(explored_lines.head(exploring))
        self.query_one("#verdict", Static).update(explored_lines.progress(exploring))
        if not exploring.goes_on:
            self._told = True
            self._tell()

    def _tell(self) -> None:
        """The report, at the width there is."""
        exploration = self._exploring.exploration
        if exploration is None:
            return
        from concviz.schedules.reports.outcomes import rows

        width = self.size.width - 2
        self.query_one("#verdict", Static).update(explored_lines.verdict(exploration))
        self.query_one("#lines", Static).update(explored_lines.report(exploration, width))
        listed, chosen = self.query_one(OptionList), self.query_one(OptionList).highlighted
        self._rows = rows(exploration)
        self.query_one("#table", Static).update(explored_lines.table(exploration.survey, width))
        listed.clear_options()
        listed.add_options([Option(explored_lines.outcome(row, exploration.survey, width)) for row in self._rows])
        listed.highlighted = chosen or 0
        listed.focus()

    def on_resize(self) -> None:
        """Another size is another picture."""
        self.query_one(TooSmall).judge(self.size.width, self.size.height)
        if self._told:
            self._tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether it would do anything now."""
        del parameters
        return bool(self._rows) if action in {"step", "copy", "outcome"} else True

    def on_option_list_option_selected(self) -> None:
        """Enter, or a click."""
        self.action_step()

    def action_step(self) -> None:
        """Step through the outcome at the cursor."""
        row = self._row
        if row is not None:
            self.post_message(self.Chosen(self._exploring.program, row.token))

    def action_copy(self) -> None:
        """The outcome's token."""
        row = self._row
        if row is not None:
            self.post_message(Copy(row.token))
            self.notify(row.token, title="copied", markup=False)

    def action_outcome(self, step: int) -> None:
        """Another one; those beyond the ends are none."""
        listed = self.query_one(OptionList)
        listed.highlighted = min(max((listed.highlighted or 0) + step, 0), len(self._rows) - 1)

    def action_scroll(self, lines: int) -> None:
        """The report, up or down."""
        self.query_one("#report", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """To the program, which still stands where it stood; a search that goes on ends."""
        self.post_message(self.Left(self._exploring))

    @property
    def _row(self) -> OutcomeRow | None:
        chosen = self.query_one(OptionList).highlighted
        return self._rows[chosen] if chosen is not None and chosen < len(self._rows) else None
