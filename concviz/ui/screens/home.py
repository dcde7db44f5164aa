"""The first screen: the scenarios, and what the one under the cursor is about."""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from itertools import islice
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from concviz.settings import key_of
from concviz.ui import keys
from concviz.ui.routing import Control, Open, Present
from concviz.ui.widgets.keybar import KeyBar
from concviz.ui.widgets.lesson import Lesson
from concviz.ui.widgets.scenarios import ScenarioList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from textual.app import ComposeResult

    from concviz.lessons.progress import Progress
    from concviz.scenarios.lesson import Scenario
    from concviz.ui.course import Guesses

SCREENFUL, A_FEW = 14, 6
"""Scenarios that are read before the first picture, and at a time after it."""

MOTTO = "threads, processes and tasks as they really run"
"""Behind the name, at the top."""


class Head(Widget):
    """The top line: the name on the left, the machine on the right where there is room."""

    def render(self) -> Content:
        """The line at the width there is."""
        left = Content.assemble(("concviz", "bold $primary"), (f"  {MOTTO}", "$quiet"))
        right = Content.styled(machine_words(), "$quiet")
        gap = self.content_size.width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * gap, right) if gap > 1 else left


class HomeScreen(Screen[None]):
    """Where a person chooses what to watch."""

    DEFAULT_CSS = """
    HomeScreen { background: $background;
        & > Head { height: 1; padding: 0 2; background: $surface; }
        & > #body { height: 1fr; padding: 1 1 0 1; }
        & #left { width: 46; max-width: 48%; }
        & #find { margin: 0 1; padding: 0 1; background: $panel; }
    }
    """
    BINDINGS = [*keys.bindings(keys.HOME), ("escape", "all", "show all scenarios")]

    class Start(Message):
        """A scenario is to be run with these values of its parameters, by name."""

        def __init__(self, scenario: Scenario, values: Mapping[str, int], guesses: Guesses = ()) -> None:
            super().__init__()
            self.scenario, self.values, self.guesses = scenario, values, guesses

    class Listed(Message):
        """All scenarios stand in the list."""

    def __init__(
        self,
        scenarios: Iterator[Scenario],
        remembered: Callable[[Scenario], Mapping[str, int]],
        load: Callable[[str], Scenario],
        progress: Callable[[], Progress],
    ) -> None:
        """`remembered` gives a scenario's values as last used; `load` a person's own, or raises ConcvizError."""
        super().__init__()
        self._read_progress = progress
        self._progress = progress()
        self._first = tuple(islice(scenarios, SCREENFUL))
        self._others, self._remembered, self._load = scenarios, remembered, load
        self._pictures: dict[str, Content] = {}
        self._opened: Scenario | None = None

    def compose(self) -> ComposeResult:
        first = self._first[0] if self._first else None
        yield Head()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield ScenarioList(self._first, self._progress, id="scenarios")
            yield Lesson(first, self._remembered(first) if first else {}, self._progress)
        yield KeyBar()

    def on_mount(self) -> None:
        """The cursor on the first scenario, so that Enter alone is enough."""
        self._show_keys()
        listed = self.query_one(ScenarioList)
        listed.focus()
        listed.action_first()
        self._go_to_last(self._first)
        self.call_after_refresh(self._list_others)

    def _show_keys(self) -> None:
        self.query_one(KeyBar).keys = tuple(key for key in keys.HOME if self.check_action(*keys.action_of(key)))

    def _list_others(self) -> None:
        """Those that were not needed for the first picture, a few at a time."""
        some = tuple(islice(self._others, A_FEW))
        self.query_one(ScenarioList).extend(some)
        self._go_to_last(some)
        if some:
            self.call_after_refresh(self._list_others)
        else:
            self.post_message(self.Listed())

    def _go_to_last(self, some: tuple[Scenario, ...]) -> None:
        """The cursor on what was watched last, if that is among these and nobody has moved it yet."""
        last = next((scenario for scenario in some if key_of(scenario) == self._progress.last), None)
        if last is not None and self._current in {None, *self._first[:1]}:
            self.query_one(ScenarioList).place_cursor(last.name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether it makes sense now; else its key is not heard."""
        del parameters
        if action not in {"parameters", "control", "predict"} or not self.is_mounted:
            return True
        scenario = self._current
        if scenario is None:
            return False
        return bool({"parameters": scenario.parameters, "predict": scenario.questions}.get(action, scenario.can_be_stepped))

    @property
    def _current(self) -> Scenario | None:
        return self.query_one(ScenarioList).current

    def remember(self, scenario: Scenario, picture: Content | None) -> None:
        """A scenario ran; its picture (None: there was nothing to see) stands beside it from now on."""
        if picture is not None:
            self._pictures[scenario.name] = picture
        self._progress = self._read_progress()
        self.query_one(ScenarioList).show_progress(self._progress, scenario)
        self._show(self.query_one(ScenarioList).current)

    # What happens on it

    def on_scenario_list_moved(self, event: ScenarioList.Moved) -> None:
        """Show what it is about."""
        self._show(event.scenario)

    def on_scenario_list_chosen(self, event: ScenarioList.Chosen) -> None:
        """Run it with what its parameters were last."""
        self._start(event.scenario, self._remembered(event.scenario))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer scenarios with each letter."""
        self.query_one(ScenarioList).wanted = event.value

    def on_input_submitted(self) -> None:
        """Back to the list with what was found."""
        self.query_one(ScenarioList).focus()

    def action_start(self) -> None:
        """Enter, also from the bottom line."""
        self.query_one(ScenarioList).action_select()

    def action_control(self) -> None:
        """Be its scheduler."""
        scenario = self._current
        if scenario is not None:
            self.post_message(Control(scenario, self._remembered(scenario)))

    async def action_find(self) -> None:
        """Type what to look for."""
        if not self.query("#find"):
            await self.query_one("#left").mount(Input(placeholder="find", id="find", compact=True))
        self.query_one("#find", Input).focus()

    async def action_all(self) -> None:
        """Look for nothing any more."""
        await self.query("#find").remove()
        listed = self.query_one(ScenarioList)
        listed.wanted = ""
        listed.focus()

    def action_parameters(self) -> None:
        """Change them, then run."""
        from concviz.ui.screens.parameters import Parameters

        scenario = self.query_one(ScenarioList).current
        if scenario is not None:
            self.post_message(Open(Parameters(scenario, self._remembered(scenario)), lambda values: self._start(scenario, values)))

    def action_predict(self) -> None:
        """Guess, then run."""
        from concviz.ui.screens.predict import Predict

        scenario = self.query_one(ScenarioList).current
        if scenario is not None:
            self.post_message(Open(Predict(scenario), lambda guesses: self._start_guessed(scenario, guesses)))

    def action_present(self) -> None:
        """Big, with few words, from this scenario on."""
        self.post_message(Present(self._current))

    def action_open(self) -> None:
        """Ask for a path."""
        from concviz.ui.screens.ask import Ask

        question = "Run your own: the path of a Python script, or of a scenario folder"
        self.post_message(Open(Ask(question, "", self._refuse), self._start_opened))

    def _start(self, scenario: Scenario, values: Mapping[str, int] | None) -> None:
        if values is not None:
            self.post_message(self.Start(scenario, values))

    def _start_guessed(self, scenario: Scenario, guesses: Guesses | None) -> None:
        if guesses is not None:
            self.post_message(self.Start(scenario, self._remembered(scenario), guesses))

    def _refuse(self, answer: str) -> str:
        """Why this path cannot be run; "" when it can, and then it is loaded."""
        from concviz.errors import ConcvizError

        try:
            self._opened = self._load(answer)
        except ConcvizError as error:
            return str(error)
        return ""

    def _start_opened(self, answer: str | None) -> None:
        if answer is not None and self._opened is not None:
            self._start(self._opened, self._remembered(self._opened))

    def _show(self, scenario: Scenario | None) -> None:
        self._show_keys()
        values = self._remembered(scenario) if scenario else {}
        self.query_one(Lesson).show(scenario, values, self._progress, self._pictures.get(scenario.name) if scenario else None)


def machine_words() -> str:
    """The interpreter and the cores: "Python 3.13.0 · GIL · 2 cores"."""
    free = bool(sysconfig.get_config_var("Py_GIL_DISABLED")) and not getattr(sys, "_is_gil_enabled", lambda: True)()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return f"Python {platform.python_version()} · {'no GIL' if free else 'GIL'} · {cores} core{'s' if cores != 1 else ''}"
