"""The questions of a lesson before its run: guess what will happen, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from concviz.scenarios.lesson import Scenario


class Predict(ModalScreen["tuple[int | None, ...]"]):
    """Left with a guess for each question (None: passed over), or with None by escape: then nothing is to run."""

    DEFAULT_CSS = """
    Predict { align: center middle; background: $background 60%;
        & > Vertical { width: 84; max-width: 94%; height: auto; border: round $primary; background: $surface; padding: 1 3;
            border-title-color: $primary; border-subtitle-color: $quiet; }
        & #question { text-style: bold; margin-bottom: 1; }
        & OptionList, & OptionList:focus { background: transparent; border: none; padding: 0; height: auto;
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-highlighted { background: $block-cursor-background; color: $block-cursor-foreground;
                text-style: none; }
        }
        & #hint { color: $quiet; margin-top: 1; }
    }
    """
    BINDINGS = [
        ("escape", "dismiss", "back"),
        ("s", "skip", "run without a guess"),
        *((str(number), f"choose({number - 1})", f"choice {number}") for number in range(1, 10)),
    ]

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self._scenario = scenario
        self._guesses: list[int | None] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("", id="question", markup=False)
            yield OptionList()
            yield Static("↑↓  choose    1-9  at once    enter  say so    s  skip    esc  back", id="hint", markup=False)

    def on_mount(self) -> None:
        """The first question."""
        self._ask()
        self.query_one(OptionList).focus()

    def _ask(self) -> None:
        place, questions = len(self._guesses), self._scenario.questions
        box = self.query_one(Vertical)
        box.border_title = self._scenario.title
        box.border_subtitle = "the answer is measured in your own run" + (
            f" · {place + 1} of {len(questions)}" if len(questions) > 1 else ""
        )
        self.query_one("#question", Static).update(questions[place].words)
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options([_option(number, words) for number, words in enumerate(questions[place].choices, 1)])
        choices.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click."""
        event.stop()
        self._take(event.option_index)

    def action_choose(self, place: int) -> None:
        """By its number."""
        if place < len(self._scenario.questions[len(self._guesses)].choices):
            self._take(place)

    def action_skip(self) -> None:
        """Pass over this one and those behind it."""
        self._guesses += [None] * (len(self._scenario.questions) - len(self._guesses))
        self.dismiss(tuple(self._guesses))

    def _take(self, guess: int) -> None:
        self._guesses.append(guess)
        if len(self._guesses) == len(self._scenario.questions):
            self.dismiss(tuple(self._guesses))
        else:
            self._ask()


def _option(number: int, words: str) -> Option:
    return Option(Content.assemble((f"{number}  ", "bold $accent"), words))
