"""The control screen, open on a toy program."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Self

from concviz.scenarios.challenges import Challenge
from concviz.stepping.programs import Program
from concviz.ui.app import ConcvizApp
from concviz.ui.screens.control import ControlScreen
from tests.stepping.toys import Way, a_request
from tests.ui.stand_ins import StandInHouse, settled, shown
from tests.waiting import LIMIT_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from concviz.stepping.play import Play
    from concviz.ui.control_model import ControlModel


class Controlled:
    """The screen on a challenge to lose an update, and on some toys without one."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        folder: Path,
        *names: str,
        size: tuple[int, int] = (150, 40),
        way: Way | None = None,
    ) -> None:
        requests = [a_request(monkeypatch, folder, name) for name in names or ("lost.py", "deadlock.py")]
        challenge = Challenge("Lose an update", requests[0].script, "prints", "lost 1", 2, {}, memory=True, hint="switch between the two")
        programs = tuple(Program(one, "threads", None if place or names else challenge) for place, one in enumerate(requests))
        self.house = StandInHouse()
        self.app = ConcvizApp(self.house, control=self.house.stepped("Toys", programs, way))
        self._running = self.app.run_test(size=size, notifications=True)

    async def __aenter__(self) -> Self:
        self.pilot: Pilot[int] = await self._running.__aenter__()
        await self.still()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._running.__aexit__(*error)  # type: ignore[arg-type]
        self.house.close_all()

    async def press(self, *keys: str) -> None:
        """One after the other, each when the program stands still."""
        for key in keys:
            await self.pilot.press(key)
            await self.still()

    async def still(self) -> None:
        """When nothing happens any more until the person does something, and all of it is drawn."""
        end = time.monotonic() + LIMIT_SECONDS
        while not self.play.settled:
            assert time.monotonic() < end, "the play never settled"
            await asyncio.sleep(0.01)
            self.screen.frame()
        await settled(self.pilot)
        if self.app.is_running and isinstance(self.app.screen, ControlScreen):
            self.screen.frame()
            await settled(self.pilot)

    @property
    def screen(self) -> ControlScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ControlScreen))

    @property
    def model(self) -> ControlModel:
        return self.screen.model

    @property
    def play(self) -> Play:
        return self.model.play

    @property
    def did(self) -> list[tuple[int, str]]:
        return [(step.option.worker, step.option.operation) for step in self.play.steps]

    @property
    def text(self) -> str:
        return shown(self.app)
