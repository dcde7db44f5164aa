"""An app in which programs are stepped and explored: which of these screens stands on which, and whose processes end when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from concviz.errors import ConcvizError
from concviz.ui.keeping import KeepingApp

if TYPE_CHECKING:
    from concviz.ui.control_model import ControlModel
    from concviz.ui.house import Held, House
    from concviz.ui.routing import Control, Explore
    from concviz.ui.screens.control import ControlScreen
    from concviz.ui.screens.explore import ExploreScreen


class ControllingApp(KeepingApp):
    """Owns what is stepped at start, if that is what the app was opened for."""

    def __init__(self, house: House, control: ControlModel | None) -> None:
        """`control`: what is stepped at start instead of all else."""
        super().__init__()
        self.house = house
        self._control = control

    def _show_control(self, model: ControlModel) -> None:
        from concviz.ui.screens.control import ControlScreen

        self.push_screen(ControlScreen(model))

    def _close(self, stage: Held) -> None:
        """In a thread of its own, since a program may take its time to be killed."""
        self.run_worker(partial(self.house.close, stage), thread=True, group="closing")

    def _refuse_for(self, error: ConcvizError) -> None:
        self.notify(error.hint, title=error.message, severity="error", markup=False)

    # What screens ask for

    def on_control(self, event: Control) -> None:
        """Above the one that asks, whose programs go on."""
        try:
            self._show_control(self.house.control(event.scenario, event.values, event.pane))
        except ConcvizError as error:
            self._refuse_for(error)

    def on_control_screen_dropped(self, event: ControlScreen.Dropped) -> None:
        """Another program is stepped now."""
        self._close(event.play)

    def on_control_screen_left(self, event: ControlScreen.Left) -> None:
        """To where one came from: the scenarios, a run, an exploration, or the shell."""
        from concviz.ui.screens.explore import ExploreScreen

        self._close(event.play)
        if self._control is not None and not isinstance(self.screen_stack[-2], ExploreScreen):
            self.exit(0)
        else:
            self.pop_screen()

    def on_explore(self, event: Explore) -> None:
        """Above the control screen, whose program stands still meanwhile."""
        from concviz.ui.screens.explore import ExploreScreen

        try:
            self.push_screen(ExploreScreen(self.house.explore(event.program)))
        except ConcvizError as error:
            self._refuse_for(error)

    def on_explore_screen_left(self, event: ExploreScreen.Left) -> None:
        """Back to the program."""
        self._close(event.exploring)
        self.pop_screen()

    def on_explore_screen_chosen(self, event: ExploreScreen.Chosen) -> None:
        """That outcome's run at its end, above its exploration: from there one can go back."""
        from concviz.stepping.token import asked

        try:
            way = replace(asked(event.token, event.program.request.script), to_the_end=True)
            self._show_control(self.house.stepped(event.program.words, (event.program,), way))
        except ConcvizError as error:
            self._refuse_for(error)
