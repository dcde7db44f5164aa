"""The exploration of a program on screen: how far it is, its report, every outcome step by step, and its end."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from concviz.schedules.reports.text import as_text
from concviz.stepping.programs import Program
from concviz.stepping.request import Request
from concviz.ui.app import ConcvizApp
from concviz.ui.screens.control import ControlScreen
from concviz.ui.screens.explore import ExploreScreen
from tests.ui.controlled import Controlled
from tests.ui.stand_ins import StandInHouse, settled, shown
from tests.waiting import LIMIT_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.schedules.exploration import Exploration
    from concviz.stepping.play import Play

ALIVE_S = 0.02

LOST = """
import threading
counter = 0
def add():
    global counter
    counter += 1
workers = [threading.Thread(target=add) for _ in range(2)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
assert counter == 2, counter
"""


class Stepped(Controlled):
    """The control screen on a real program that can lose an update."""

    def __init__(self, folder: Path, size: tuple[int, int] = (150, 40)) -> None:
        (folder / "lost.py").write_text(LOST)
        self.house = StandInHouse()
        program = Program(Request(folder / "lost.py"), "threads")
        self.app = ConcvizApp(self.house, control=self.house.stepped("Mine", (program,)))
        self._running = self.app.run_test(size=size, notifications=True)


async def explored(opened: Controlled) -> Exploration:
    """Ask for it, and wait until its answer is shown."""
    await opened.pilot.press("e")
    limit = time.monotonic() + LIMIT_SECONDS
    while not (screens(opened)[-1:] == [ExploreScreen] and " schedules  token" in shown(opened.app)):
        assert time.monotonic() < limit, shown(opened.app)
        await asyncio.sleep(ALIVE_S)
    await settled(opened.pilot)
    assert isinstance(opened.app.screen, ExploreScreen)
    found = opened.app.screen._exploring.exploration
    assert found is not None
    return found


async def at_its_end(opened: Controlled) -> Play:
    """The play of the uppermost screen, when it is over."""
    limit = time.monotonic() + LIMIT_SECONDS
    while not (isinstance(opened.app.screen, ControlScreen) and opened.app.screen.model.play.outcome is not None):
        assert time.monotonic() < limit, shown(opened.app)
        await asyncio.sleep(ALIVE_S)
    await settled(opened.pilot)
    return opened.app.screen.model.play


def screens(opened: Controlled) -> list[type]:
    return [type(screen) for screen in opened.app.screen_stack if isinstance(screen, (ControlScreen, ExploreScreen))]


async def test_the_report_is_the_command_s(tmp_path: Path) -> None:
    async with Stepped(tmp_path, (150, 60)) as opened:
        exploration = await explored(opened)
        text = " ".join(shown(opened.app).split())

    lines = [" ".join(line.split()) for line in as_text(exploration, 148)]
    lanes = lines[3 : lines.index("", 3)]
    assert len(lanes) > 5
    assert [line for line in lanes if line not in text] == []
    assert "conflicting accesses:" in text
    assert "✗" in text


async def test_an_outcome_is_stepped_through_to_its_end_and_left_again(tmp_path: Path) -> None:
    async with Stepped(tmp_path) as opened:
        exploration = await explored(opened)
        await opened.pilot.press("enter")
        play = await at_its_end(opened)
        found = exploration.found
        assert found is not None
        assert screens(opened) == [ControlScreen, ExploreScreen, ControlScreen]
        assert found.token in shown(opened.app)
        assert [step.option for step in play.steps] == [step.option for step in found.outcome.steps]
        await opened.pilot.press("q")
        await settled(opened.pilot)
        assert screens(opened) == [ControlScreen, ExploreScreen]
        await opened.pilot.press("escape")
        await settled(opened.pilot)
        assert screens(opened) == [ControlScreen]


async def test_a_search_that_is_left_ends_with_its_processes(tmp_path: Path) -> None:
    async with Stepped(tmp_path) as opened:
        await opened.pilot.press("e")
        await settled(opened.pilot)
        screen = opened.app.screen
        assert isinstance(screen, ExploreScreen)
        await opened.pilot.press("escape")
        limit = time.monotonic() + LIMIT_SECONDS
        while screen._exploring._thread.is_alive():
            assert time.monotonic() < limit
            await asyncio.sleep(ALIVE_S)
        assert screens(opened) == [ControlScreen]


async def test_a_token_is_copied(tmp_path: Path) -> None:
    async with Stepped(tmp_path) as opened:
        exploration = await explored(opened)
        await opened.pilot.press("y")
        assert exploration.found is not None
        assert opened.app.clipboard == exploration.found.token
