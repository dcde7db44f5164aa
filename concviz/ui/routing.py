"""What a screen asks of the app: screens name no other screen's stack, they post these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.screen import Screen

    from concviz.scenarios.lesson import Scenario
    from concviz.stepping.programs import Program
    from concviz.ui.course import Judged
    from concviz.ui.look import OnStage


class Open(Message):
    """Put a screen above this one; `then` gets what it was left with (None: it was left without an answer)."""

    def __init__(self, screen: Screen[Any], then: Callable[[Any], None] | None = None) -> None:
        super().__init__()
        self.screen = screen
        self.then = then


class Control(Message):
    """A scenario is to be stepped by the person, with these values of its parameters by name, the program of `pane` first."""

    def __init__(self, scenario: Scenario, values: Mapping[str, int], pane: int = 0) -> None:
        super().__init__()
        self.scenario, self.values, self.pane = scenario, values, pane


class Explore(Message):
    """This program's interleavings are to be searched."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program


class Save(Message):
    """Keep these runs as a recording."""

    def __init__(self, stage: OnStage) -> None:
        super().__init__()
        self.stage = stage


class Copy(Message):
    """Put a text into the clipboard."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Answered(Message):
    """The runs have answered what was guessed."""

    def __init__(self, stage: OnStage, judged: list[Judged]) -> None:
        super().__init__()
        self.stage, self.judged = stage, judged


class Present(Message):
    """Show this scenario big, for those who sit far away; None: no longer."""

    def __init__(self, scenario: Scenario | None) -> None:
        super().__init__()
        self.scenario = scenario


class Turned(Message):
    """While presenting: on to the next scenario (1), to the one before (-1), or to the beginning of this one (0)."""

    def __init__(self, scenario: Scenario, step: int) -> None:
        super().__init__()
        self.scenario, self.step = scenario, step
