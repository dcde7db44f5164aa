"""What it costs to film the screen while it is used, and how large such a film grows.

A replay of 100,000 events is shown 30 times a second by a clock that is moved by hand, so that each round has the same
frames, drawn as for a terminal: once without a film, once with it. The CPU time of both is compared, round by round.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from textual.drivers.headless_driver import HeadlessDriver

from concviz.ui.camera import Clock
from concviz.ui.filmed import FilmedApp
from concviz.ui.house import House
from concviz.ui.reel import FRAMES_PER_S, Reel
from tests.benchmarks import recording
from tests.benchmarks.figure import Figure

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

EVENTS = 100_000
SIZE = (120, 36)
ROUNDS, FRAMES = 9, 150
"""Frames in a round: five seconds."""
LONG_FRAMES = 1800
"""A minute; a film of ten minutes is ten times as large."""


class Sink(HeadlessDriver):
    """A terminal that takes everything."""

    @property
    def is_headless(self) -> bool:
        return False


def measure(_python: str) -> list[Figure]:
    """CPU with a film / without; MB of ten minutes; MB of memory from the first half minute to its end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.cvz"
        recording.write(path, EVENTS)
        ratio = asyncio.run(_ratio(path))
        size_mb, grown_mb = asyncio.run(_long(path))
    return [
        Figure("filming with R at 30 frames a second, CPU / without", ratio, "x", 1.1),
        Figure("a film of 10 minutes with R, from one of a minute", 10 * size_mb, "MB", 20),
        Figure("memory that the second half of that minute took", grown_mb, "MB", 1),
    ]


@asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[tuple[FilmedApp, Clock]]:
    house, clock = House(), Clock()
    app = FilmedApp(house, house.replay(path), clock)
    app.driver_class = Sink
    try:
        async with app.run_test(headless=False, size=SIZE) as pilot:
            await pilot.pause()
            yield app, clock
    finally:
        house.close_all()


async def _ratio(path: Path) -> float:
    async with _opened(path) as (app, clock):
        await _play(app, clock, FRAMES)
        ratios = []
        for number in range(ROUNDS):
            plain_s = await _play(app, clock, FRAMES)
            app.reel = _reel(app, clock, path.with_name(f"{number}.cast"))
            app.refresh()
            filmed_s = await _play(app, clock, FRAMES)
            app.end_keeping()
            ratios.append(filmed_s / plain_s)
    return median(ratios)


async def _long(path: Path) -> tuple[float, float]:
    async with _opened(path) as (app, clock):
        app.reel = reel = _reel(app, clock, path.with_name("long.cast"))
        app.refresh()
        await _play(app, clock, LONG_FRAMES // 2)
        half_mb = _memory_mb()
        await _play(app, clock, LONG_FRAMES - LONG_FRAMES // 2)
        grown_mb = _memory_mb() - half_mb
        app.end_keeping()
    return reel.size_bytes / 1e6, grown_mb


def _reel(app: FilmedApp, clock: Clock, path: Path) -> Reel:
    return Reel(app, (path, path.with_suffix(".tape")), app.diary, "a film", clock)


async def _play(app: FilmedApp, clock: Clock, frames: int) -> float:
    """Frame after frame of the replay, over and over; the CPU seconds they took."""
    (screen,) = app.run_screens
    begin_s = time.process_time()
    for _ in range(frames):
        clock.now_s += 1 / FRAMES_PER_S
        screen.model.play()
        screen.frame()
        await asyncio.sleep(0)
        screen._on_timer_update()
    return time.process_time() - begin_s


def _memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
