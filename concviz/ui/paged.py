"""The app as it is in a page: its files go to the visitor's browser, since the folder that it runs in is somebody else's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import ConcvizError
from concviz.ui.app import ConcvizApp
from concviz.ui.grabbing import grounds
from concviz.ui.page import PageDriver
from concviz.ui.saving import SUFFIX, free_name

if TYPE_CHECKING:
    from textual.driver import Driver

    from concviz.serving.view import View
    from concviz.ui.control_model import ControlModel
    from concviz.ui.house import House
    from concviz.ui.look import OnStage
    from concviz.ui.routing import Save

WORDS = "your browser saves it"
"""Of a file."""


class PageApp(ConcvizApp):
    """The app on another terminal."""

    def __init__(self, house: House, first: OnStage | None, control: ControlModel | None, view: View) -> None:
        super().__init__(house, first, control)
        self._view = view

    def get_driver_class(self) -> type[Driver]:
        """The page's."""
        return PageDriver

    @property
    def place(self) -> Path:
        """What lies there can be had by the visitor."""
        return Path(self._view.folder)

    def have(self, *paths: Path) -> str:
        """To the visitor's browser with them. Nothing is left to be copied."""
        if isinstance(self._driver, PageDriver):
            self._driver.hand_over(paths)
        return WORDS

    def action_copy_kept(self) -> None:
        """There is no path that would help the visitor."""
        self.notify("pictures, films and recordings go to your browser's downloads", title="nothing to copy in a page", markup=False)

    def on_save(self, event: Save) -> None:
        """Where to, the browser knows."""
        event.prevent_default()
        scenario = event.stage.scenario
        before = self._recordings()
        try:
            event.stage.save(self.place / free_name(self.place, scenario.name if scenario else "recording"))
        except ConcvizError as error:
            self._refuse(error.message, error.hint)
        else:
            made = sorted(self._recordings() - before)
            self.say_saved(Path(made[0].name), self.have(*made))

    def _recordings(self) -> set[Path]:
        """With triggers, or of a recording in parts, one save makes several."""
        return set(self.place.glob(f"*{SUFFIX}"))

    def end_keeping(self) -> tuple[Path, ...]:
        """A film that nobody can get any more."""
        super().end_keeping()
        return ()

    def on_ready(self) -> None:
        """The page's margins look as the screen does, in any theme."""
        self.theme_changed_signal.subscribe(self, lambda _: self._paint())
        self._paint()
        if isinstance(self._driver, PageDriver):
            self._driver.stands.set()

    def _paint(self) -> None:
        if isinstance(self._driver, PageDriver):
            self._driver.paint(grounds(self)[1])
