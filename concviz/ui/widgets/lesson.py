"""What one scenario is about: its question, its panes, its parameters, and how the last run of it looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from concviz.settings import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from concviz.lessons.progress import Progress
    from concviz.scenarios.lesson import Scenario


class Lesson(VerticalScroll, can_focus=False):
    """The right side of the first screen."""

    DEFAULT_CSS = """
    Lesson { padding: 1 2 0 3; background: transparent; scrollbar-size-vertical: 1;
        & > .picture { margin-top: 1; border: round $frame; border-title-color: $quiet; padding: 0 1; height: auto; }
    }
    """

    def __init__(self, scenario: Scenario | None, values: Mapping[str, int], progress: Progress) -> None:
        """What it shows first: a scenario, and its parameters as they would be used now, by name."""
        super().__init__()
        self.scenario: Scenario | None = scenario
        """The one shown; None: nothing matches."""
        self._about = _about(scenario, values, progress)

    def compose(self) -> ComposeResult:
        yield Static(self._about, id="about")

    def show(self, scenario: Scenario | None, values: Mapping[str, int], progress: Progress, picture: Content | None) -> None:
        """Another scenario (None: nothing matches), and its last run in this session drawn small (None: it did not run yet)."""
        self.scenario = scenario
        about = _about(scenario, values, progress)
        if about != self._about:
            self._about = about
            self.query_one("#about", Static).update(about)
            self.scroll_home(animate=False)
        self._hang(picture)

    def _hang(self, picture: Content | None) -> None:
        for frame in self.query(".picture").results(Static):
            frame.display = picture is not None
            frame.update(picture or "")
            return
        if picture is not None:
            frame = Static(picture, classes="picture")
            frame.border_title = "last time"
            self.mount(frame)


def _about(scenario: Scenario | None, values: Mapping[str, int], progress: Progress) -> Content:
    if scenario is None:
        return Content.assemble(("Nothing matches", "bold"), "\n\n", ("esc shows all scenarios again", "$foreground 85%"))
    parts = [
        Content.styled(scenario.title, "bold $foreground"),
        Content.styled(scenario.look_for, "$foreground 85%"),
        *([_questions(scenario, progress)] if scenario.questions else []),
        _panes(scenario),
    ]
    if scenario.parameters:
        parts.append(_parameters(scenario, values))
    if scenario.challenges:
        parts.append(_challenges(scenario))
    if progress.seen(scenario) and scenario.take_away:
        parts.append(_take_away(scenario))
    return Content("\n\n").join(parts)


def _questions(scenario: Scenario, progress: Progress) -> Content:
    """What can be guessed, each with how the first guess came out."""
    lines = []
    for question in scenario.questions:
        told = progress.guesses.get(key_of(scenario), {}).get(question.words)
        mark = ("? ", "bold $accent") if told is None else ("✓ ", "$success") if told.right else ("✗ ", "$error")
        lines.append(Content.assemble(mark, (question.words, "$foreground 85%")))
    return Content("\n").join(lines)


def _take_away(scenario: Scenario) -> Content:
    lines = [Content.assemble((f"{number} ", "bold $accent"), words) for number, words in enumerate(scenario.take_away, 1)]
    if scenario.docs:
        lines.append(Content.styled(f"→ {scenario.docs}", "$quiet"))
    return Content("\n").join(lines)


def _panes(scenario: Scenario) -> Content:
    lines = [Content.assemble((f"{pane.model:<12}", "$primary"), (_beside(pane.title, pane.model), "$quiet")) for pane in scenario.panes]
    order = "started together, shown side by side" if scenario.order == "together" else "run in turn, shown side by side"
    return Content("\n").join([*lines, Content.styled(order if len(lines) > 1 else "one program", "$quiet")])


def _beside(title: str, model: str) -> str:
    return "" if title.casefold() == model.casefold() else title


def _parameters(scenario: Scenario, values: Mapping[str, int]) -> Content:
    lines = []
    for parameter in scenario.parameters:
        value = str(values.get(parameter.name, parameter.default))
        lines.append(Content.assemble((f"{parameter.words or parameter.name}  ", "$quiet"), (value, "bold $accent")))
    return Content("\n").join(lines)


def _challenges(scenario: Scenario) -> Content:
    """What one can bring about as the scheduler."""
    lines = [Content.assemble(("◎ ", "bold $accent"), (one.title, "$foreground 85%")) for one in scenario.challenges]
    return Content("\n").join([Content.assemble(("c ", "bold $accent"), ("be the scheduler", "$quiet")), *lines])
