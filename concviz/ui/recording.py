"""Films of the app, made without a terminal: a tape presses its keys, and writers get the frames.

What is filmed of a recording depends on the tape alone: its clock is the film's, and stands still while a frame is made.
Programs that run have a clock of their own, so that a film of them takes its time.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from concviz.films.frame import Film
from concviz.ui.camera import Camera, Clock
from concviz.ui.filmed import FilmedApp
from concviz.ui.grabbing import grounds, palette

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from concviz.films.frame import Frame, Writer
    from concviz.ui.house import House
    from concviz.ui.look import OnStage
    from concviz.ui.shooting import Shooting


def film(
    house: House,
    stage: OnStage | None,
    shooting: Shooting,
    opened: Callable[[Film], Sequence[Writer]],
    keep: Callable[[str, Film, Frame], None],
) -> bool:
    """Film a stage; None: the app from its first screen. Whether that was interrupted: what was filmed until then stands in the writers.

    `opened` is called once, and gives the writers; `keep` with each screenshot. TapeError when what the tape waits for does not come.
    """
    return asyncio.run(_filmed(house, stage, shooting, opened, keep))


async def _filmed(house: House, stage: OnStage | None, shooting: Shooting, opened: Any, keep: Any) -> bool:
    clock = None if shooting.live else Clock()
    app = FilmedApp(house, stage, clock)
    app.use(shooting.theme)
    async with app.run_test(size=shooting.size, notifications=True) as pilot:
        columns, lines = shooting.canvas
        made = Film(
            shooting.title,
            columns,
            lines,
            *grounds(app),
            version=shooting.version,
            palette=palette(app),
            frames_per_s=shooting.frames_per_s,
        )
        camera = Camera(app, pilot, clock, shooting, made)
        camera.keep = keep
        camera.writers = opened(made)
        with suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, camera.interrupt)
        await camera.shoot()
        return camera.interrupted
