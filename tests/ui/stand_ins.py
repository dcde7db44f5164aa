"""Stand-ins for what the screens get from below, and the one way to wait for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from concviz.errors import TargetError
from concviz.scenarios.lesson import Pane, Parameter, Scenario
from concviz.ui.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.pilot import Pilot

    from concviz.scenarios.lesson import Order
    from concviz.stage import Conditions
    from concviz.ui.app import ConcvizApp
    from concviz.ui.look import OnStage, Shown


def scenario(name: str, title: str, chapter: str, models: tuple[str, ...] = ("threads",), **parameters: tuple[int, int, int]) -> Scenario:
    """A scenario with parameters as (default, minimum, maximum)."""
    return Scenario(
        name=name,
        title=title,
        chapter=chapter,
        look_for=f"What happens in {title.lower()}?",
        order="together",
        panes=tuple(Pane(model, Path(f"{model}.py"), f"with {model}") for model in models),
        parameters=tuple(Parameter(word, word.upper(), *bounds, words=word) for word, bounds in parameters.items()),
        folder=Path(),
    )


SCENARIOS = (
    scenario("three_models", "Three models", "First steps", ("threads", "processes", "asyncio"), workers=(4, 1, 8), work=(10, 1, 99)),
    scenario("primes", "Count primes", "Work", ("sequential", "threads"), workers=(2, 1, 4)),
    scenario("deadlock", "Two locks", "Trouble"),
)


@dataclass
class StandInStage:
    """Runs that are made of timelines, with nothing behind them; notes what is asked of it."""

    runs: tuple[Shown, ...]
    scenario: Scenario | None = field(default_factory=lambda: SCENARIOS[0])
    title: str = "Three models"
    values: Mapping[str, int] = field(default_factory=dict)
    order: Order = "together"
    asked: list[str] = field(default_factory=list)

    @property
    def lesson(self) -> Scenario | None:
        return self.scenario

    def poll(self) -> bool:
        return False

    def end(self, pane: int) -> None:
        self.asked.append(f"end {pane}")

    def save(self, path: Path) -> None:
        path.write_bytes(b"saved")
        self.asked.append(f"save {path.name}")

    def close(self) -> None:
        self.asked.append("close")


class StandInHouse(House):
    """Opens stages that tests made; notes with which values."""

    def __init__(self, *stages: StandInStage, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self.stages = list(stages)
        self.opened: list[tuple[str, dict[str, int], str | None]] = []
        self.memory: dict[str, dict[str, int]] = {}

    def scenarios(self) -> Iterator[Scenario]:
        return iter(SCENARIOS)

    def remembered(self, scenario: Scenario) -> Mapping[str, int]:
        return self.memory.get(scenario.name) or {one.name: one.default for one in scenario.parameters}

    def load(self, path: str) -> Scenario:
        if path != "mine.py":
            raise TargetError(f"there is no file {path}", "check the path")
        return scenario("mine", "mine.py", "")

    def open(
        self, scenario: Scenario, values: Mapping[str, int], order: Order | None = None, conditions: Conditions | None = None
    ) -> OnStage:
        self.opened.append((scenario.name, dict(values), order))
        self.memory[scenario.name] = dict(values)
        if not self.stages:
            raise TargetError("nothing to open", "none")
        return self.admit(cast("OnStage", self.stages.pop(0)))

    def warm_up(self) -> None:
        """Nothing is loaded behind a test's back."""


async def settled(pilot: Pilot[Any]) -> None:
    """All messages handled and all of it drawn: two frames, since the first may lead to another layout."""
    await pilot.pause()
    await pilot.pause()


def shown(app: ConcvizApp) -> str:
    """What stands on the terminal, as text."""
    compositor = app.screen._compositor
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in compositor.render_strips())
