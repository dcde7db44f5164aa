"""How long one frame of the run screen takes, from reading to drawing, while programs with many workers run."""

from __future__ import annotations

import asyncio
import time

from concviz.ui.app import ConcvizApp
from concviz.ui.house import House
from concviz.ui.screens.run import RunScreen
from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import PROGRAMS

SIZE = (160, 45)
PAUSE_S = 0.01
SHARE = 0.95
"""Of all frames, so many are no slower than the figure."""
LIMIT_S = 60

PROGRAMS_WITH_MANY = (
    ("10,000 tasks", "many_tasks.py"),
    ("1,000 threads", "many_threads.py"),
    ("64 processes", "many_processes.py"),
    ("a million events at full speed", "many_locks.py"),
)


def measure(_python: str) -> list[Figure]:
    """The frame that 95 % are no slower than; a key waits for one frame at most."""
    return [
        Figure(f"run screen, 95 % of frames, {words}", asyncio.run(_frames_ms(program)), "ms", 100) for words, program in PROGRAMS_WITH_MANY
    ]


async def _frames_ms(program: str) -> float:
    house = House()
    try:
        stage = house.open(house.load(str(PROGRAMS / program)), {}, None)
        async with ConcvizApp(house, stage).run_test(size=SIZE) as pilot:
            screen = pilot.app.screen
            assert isinstance(screen, RunScreen)
            taken = [_frame_ms(screen)]
            end = time.monotonic() + LIMIT_S
            while stage.runs[0].state not in {"ended", "failed"} and time.monotonic() < end:
                await asyncio.sleep(PAUSE_S)
                taken.append(_frame_ms(screen))
    finally:
        house.close_all()
    return sorted(taken)[int(SHARE * (len(taken) - 1))]


def _frame_ms(screen: RunScreen) -> float:
    begin = time.perf_counter()
    screen.frame()
    return (time.perf_counter() - begin) * 1000
