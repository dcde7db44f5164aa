"""The run screen, open on runs made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.color import Color

from concviz.ui.app import ConcvizApp
from concviz.ui.screens.run import RunScreen
from concviz.ui.widgets.pane import Pane
from tests.ui.made import MS, MadeRun, one_task, two_threads
from tests.ui.stand_ins import StandInHouse, StandInStage, settled, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.strip import Strip


class Opened:
    """The run screen, open on a stage."""

    def __init__(
        self,
        *runs: MadeRun,
        size: tuple[int, int] = (120, 36),
        more: tuple[StandInStage, ...] = (),
        ascii_only: bool = False,
    ) -> None:
        self.stage = StandInStage(runs or (two_threads(), one_task()))
        self.house = StandInHouse(*more, ascii_only=ascii_only)
        self.house.admit(self.stage)
        self.app = ConcvizApp(self.house, self.stage)
        self._running = self.app.run_test(size=size, notifications=True)

    async def __aenter__(self) -> Self:
        self.pilot: Pilot[int] = await self._running.__aenter__()
        await settled(self.pilot)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._running.__aexit__(*error)  # type: ignore[arg-type]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        self.run.frame()
        await settled(self.pilot)

    @property
    def run(self) -> RunScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, RunScreen))

    @property
    def at_ms(self) -> float:
        return self.run.model.playhead.at_ns / MS

    @property
    def text(self) -> str:
        return shown(self.app)

    @property
    def strips(self) -> list[Strip]:
        """What stands on the terminal, with the filters of the app applied."""
        background = Color.parse(self.app.theme_variables["background"])
        strips = self.run._compositor.render_strips()
        for filter_ in self.app._filters:
            strips = [strip.apply_filter(filter_, background) for strip in strips]
        return strips

    def pane(self, place: int) -> Pane:
        return self.run.query_one(f"#pane-{place}", Pane)
