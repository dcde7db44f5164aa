"""The list of scenarios, in chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.lessons.progress import Progress
    from concviz.scenarios.lesson import Scenario


class ScenarioList(OptionList):
    """The scenarios that match what is looked for; the cursor stands on one of them."""

    DEFAULT_CSS = """
    ScenarioList { background: transparent; border: round $frame; padding: 0 1; border-title-color: $quiet; border-subtitle-color: $quiet;
        &:focus { border: round $primary; }
        & > .option-list--option-disabled { color: $primary; text-style: bold; }
        & > .option-list--option-highlighted { background: $block-cursor-background; color: $block-cursor-foreground; text-style: none; }
    }
    """

    class Moved(Message):
        """The cursor stands on another scenario; None: on none, since nothing matches."""

        def __init__(self, scenario: Scenario | None) -> None:
            super().__init__()
            self.scenario = scenario

    class Chosen(Message):
        """A scenario is to be run."""

        def __init__(self, scenario: Scenario) -> None:
            super().__init__()
            self.scenario = scenario

    wanted = reactive("", init=False)
    """A word that the scenarios shown have in them; empty: all are shown."""

    def __init__(self, scenarios: tuple[Scenario, ...], progress: Progress, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._scenarios = scenarios
        self._progress = progress
        self._ran: frozenset[str] = frozenset()
        self._marked = scenarios[0] if scenarios else None
        self.add_options(self._offered(self._shown))
        self.border_title = "scenarios"
        self._tell_score()

    @property
    def current(self) -> Scenario | None:
        """The scenario under the cursor."""
        if self.highlighted is None:
            return None
        name = self.get_option_at_index(self.highlighted).id
        return next((scenario for scenario in self._scenarios if scenario.name == name), None)

    def show_progress(self, progress: Progress, scenario: Scenario) -> None:
        """What is known by now: that scenario ran, whether or not that could be kept."""
        self._progress = progress
        self._ran |= {scenario.name}
        self._draw_again(scenario.name)
        self._tell_score()

    def place_cursor(self, name: str) -> None:
        """On the scenario of that name, where it is shown."""
        places = (place for place in range(self.option_count) if self.get_option_at_index(place).id == name)
        self.highlighted = next(places, self.highlighted)

    def extend(self, scenarios: tuple[Scenario, ...]) -> None:
        """More of them, at the end."""
        chapter = self._shown[-1].chapter if self._shown else None
        self._scenarios += scenarios
        self.add_options(self._offered(self._matching(scenarios), chapter))
        self._tell_score()

    def watch_wanted(self) -> None:
        self._marked = next(iter(self._shown), None)
        self.clear_options()
        self.add_options(self._offered(self._shown))
        self._map_chapters()
        self.action_first()
        if not self.option_count:
            self.post_message(self.Moved(None))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say it in our own words."""
        event.stop()
        before, self._marked = self._marked, self.current
        for scenario in (before, self._marked):
            if scenario is not None:
                self._draw_again(scenario.name)
        self.post_message(self.Moved(self.current))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click."""
        event.stop()
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def _offered(self, scenarios: list[Scenario], chapter: str | None = None) -> Iterator[Option]:
        """Their lines, and those of chapters that begin; `chapter`: the one that the line before belongs to."""
        for scenario in scenarios:
            if scenario.chapter != chapter:
                if chapter is not None:
                    yield Option(" ", disabled=True)
                chapter = scenario.chapter
                yield Option(chapter, id=_id(chapter), disabled=True)
            yield Option(self._line(scenario), id=scenario.name)

    @property
    def _shown(self) -> list[Scenario]:
        return self._matching(self._scenarios)

    def _matching(self, scenarios: tuple[Scenario, ...]) -> list[Scenario]:
        words = self.wanted.casefold().split()
        return [scenario for scenario in scenarios if all(word in _searched(scenario) for word in words)]

    def _draw_again(self, name: str) -> None:
        for scenario in self._shown:
            if scenario.name == name:
                self.replace_option_prompt(name, self._line(scenario))

    def _line(self, scenario: Scenario) -> Content:
        cursor = ("▸ ", "bold $accent") if scenario is self._marked else ("  ", "")  # seen in terminals without colours, too
        return Content.assemble(cursor, scenario.title, self._mark(scenario))

    def _mark(self, scenario: Scenario) -> tuple[str, str]:
        """★: all its questions were guessed right; ✓: it ran."""
        if self._progress.right(scenario):
            return " ★", "$accent"
        return (" ✓", "$success") if self._seen(scenario) else ("", "")

    def _seen(self, scenario: Scenario) -> bool:
        return scenario.name in self._ran or self._progress.seen(scenario)

    def _tell_score(self) -> None:
        """How many were watched and how many guesses were right, on the frame."""
        watched = sum(self._seen(scenario) for scenario in self._scenarios)
        right, of = self._progress.score
        told = [f"{watched} of {len(self._scenarios)} watched"] * bool(watched) + [f"{right} of {of} guessed right"] * bool(of)
        self.border_subtitle = " · ".join(told)
        self._map_chapters()

    def _map_chapters(self) -> None:
        """Behind a chapter in which something was watched: a sign for each of its scenarios."""
        shown = self._shown
        for chapter in dict.fromkeys(scenario.chapter for scenario in shown):
            signs = [self._mark(scenario) for scenario in shown if scenario.chapter == chapter]
            if any(sign for sign, _ in signs):
                mapped = [(sign.strip() or "·", style or "$quiet") for sign, style in signs]
                self.replace_option_prompt(_id(chapter), Content.assemble(f"{chapter}  ", *mapped))


def _id(chapter: str) -> str:
    """Of its line; no scenario is called so."""
    return f"chapter {chapter}"


def _searched(scenario: Scenario) -> str:
    models = " ".join(pane.model for pane in scenario.panes)
    return f"{scenario.name} {scenario.title} {scenario.chapter} {models} {scenario.look_for}".casefold()
