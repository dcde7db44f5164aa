"""The app: which screen stands on which, the themes, and the keys that work everywhere. Nothing else."""

from __future__ import annotations

import gc
import signal
from asyncio import get_running_loop
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding

from concviz.errors import ConcvizError
from concviz.ui import keys, themes
from concviz.ui.controlling import ControllingApp
from concviz.ui.screens.home import HomeScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.filter import LineFilter
    from textual.screen import Screen

    from concviz.scenarios.lesson import Order, Scenario
    from concviz.ui.control_model import ControlModel
    from concviz.ui.course import Guesses
    from concviz.ui.house import House
    from concviz.ui.look import OnStage
    from concviz.ui.routing import Answered, Copy, Open, Present, Turned
    from concviz.ui.screens.run import RunScreen
    from concviz.ui.screens.slide import SlideScreen
    from concviz.ui.show import Show
    from concviz.ui.tour import Tour

WARM_UP_S = 0.2
"""So long after the first screen stands, what the run screen needs is loaded: then Enter is answered at once."""


class ConcvizApp(ControllingApp):
    """Owns the screens. What they show comes from the house, which also keeps what must be closed."""

    TITLE = "concviz"
    CSS = "* { scrollbar-size-vertical: 1; } Toast { border-left: outer $primary; }"
    BINDINGS = [
        Binding("ctrl+c", "leave", "quit", show=False, priority=True),
        Binding("ctrl+q", "leave", "quit", show=False, priority=True),
        Binding("u", "end_tour", "no tour", show=False),
    ]

    def __init__(self, house: House, first: OnStage | None = None, control: ControlModel | None = None) -> None:
        """`first`: what is shown at start instead of the scenarios; `control`: what is stepped at start instead of either."""
        super().__init__(house, control)
        self._first = first
        self._show: Show | None = None
        self._tour: Tour | None = None
        self._ascii = ascii_filter() if house.ascii_only else None
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Ours, for themes that do not have them."""
        return themes.DARK.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and ours for terminals that have ASCII only."""
        filters = super().get_line_filters()
        return filters if self._ascii is None else [*filters, self._ascii]

    def get_default_screen(self) -> Screen[Any]:
        """The scenarios; nothing, where something else is shown at start."""
        return self._home() if self._first is None and self._control is None else super().get_default_screen()

    def on_mount(self) -> None:
        """The first screen. Who is told to end by a signal leaves the terminal as it was, too."""
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                get_running_loop().add_signal_handler(number, self.exit, 128 + number)
        if self._first is not None:
            self._show_stage(self._first)
        if self._control is not None:
            self._show_control(self._control)
        self.set_timer(WARM_UP_S, self._warm_up)

    def _warm_up(self) -> None:
        gc.freeze()
        gc.enable()
        self.run_worker(self.house.warm_up, thread=True)
        if self._first is None and self._control is None and self.house.first_time():
            from concviz.ui.tour import Tour

            self._tour = Tour()
            for screen in self.screen_stack:
                self._guide(screen)

    def _guide(self, screen: Screen[Any]) -> None:
        """Show the tour's line there, too, while it lasts. Whoever is quick may come here twice."""
        if self._tour is not None and not self._tour.over:
            from concviz.ui.widgets.tour import TourLine

            if not screen.query(TourLine):
                screen.mount(TourLine(self._tour))

    def action_end_tour(self) -> None:
        """Say no more."""
        if self._tour is not None:
            self._tour.end()

    @property
    def fault(self) -> Exception | None:
        """A mistake of ours that ended the app; None: there was none."""
        return self._exception

    def _fatal_error(self) -> None:
        """Textual would print a traceback with all values in it; who called us says it in one line."""
        self._close_messages_no_wait()

    # Screens

    def _home(self) -> HomeScreen:
        return HomeScreen(self.house.scenarios(), self.house.remembered, self.house.load, self.house.progress)

    def _show_home(self) -> HomeScreen:
        home = self._home()
        self.push_screen(home)
        return home

    def _show_stage(self, stage: OnStage, guesses: Guesses = ()) -> None:
        from concviz.ui.screens.run import RunScreen

        screen = RunScreen(stage, guesses=guesses)
        screen.set_reactive(RunScreen.presenting, self._show is not None)
        self.push_screen(screen)
        screen.call_after_refresh(self._guide, screen)

    # Presenting

    def on_present(self, event: Present) -> None:
        """Begin with a scenario's first page; while its run is on screen, that is big from now on. None: no longer."""
        from concviz.ui.screens.slide import SlideScreen
        from concviz.ui.show import Show

        if event.scenario is None:
            self._show = None
            if isinstance(self.screen, SlideScreen):
                self.pop_screen()
            return
        self._show = self._show or Show(self.house.scenarios())
        if isinstance(self.screen, HomeScreen):
            self._show_slide(event.scenario)

    def _show_slide(self, scenario: Scenario) -> None:
        from concviz.ui.screens.slide import SlideScreen

        self.push_screen(SlideScreen(scenario, self._show.place(scenario) if self._show else ""))

    def on_slide_screen_go(self, event: SlideScreen.Go) -> None:
        """Run it, in the place of its first page."""
        stage = self._opened(event.scenario, self.house.remembered(event.scenario), None)
        if stage is not None:
            self.pop_screen()
            self._show_stage(stage)

    def on_turned(self, event: Turned) -> None:
        """To another scenario's first page; a run that is on screen ends behind the scenes."""
        if self._show is None:
            return
        stage = getattr(self.screen, "stage", None)
        self.pop_screen()
        if stage is not None:
            self._close(stage)
        self._show_slide(self._show.beside(event.scenario, event.step))

    def _opened(self, scenario: Scenario, values: Mapping[str, int], order: Order | None) -> OnStage | None:
        """The scenario's runs, started; None: they could not be, and why is on screen."""
        try:
            return self.house.open(scenario, values, order)
        except ConcvizError as error:
            self.notify(error.hint, title=error.message, severity="error", markup=False)
            return None

    # What screens ask for

    def on_home_screen_start(self, event: HomeScreen.Start) -> None:
        """Run it."""
        stage = self._opened(event.scenario, event.values, None)
        if stage is not None:
            self._show_stage(stage, event.guesses)

    def on_home_screen_listed(self) -> None:
        """Say which packages' scenarios are not among them."""
        for words in self.house.broken:
            self.notify(words, title="a package's scenarios cannot be shown", severity="warning", markup=False)

    def on_answered(self, event: Answered) -> None:
        """Keep how it came out."""
        if event.stage.scenario is not None:
            for judged in event.judged:
                self.house.note_guess(event.stage.scenario, judged.question, right=judged.right)

    def on_run_screen_again(self, event: RunScreen.Again) -> None:
        """Other runs of the same; those before end behind the scenes."""
        old = event.screen.stage
        if old.scenario is None:
            return
        for pane in range(len(old.runs)):
            old.end(pane)
        stage = self._opened(old.scenario, event.values or old.values, event.order or old.order)
        if stage is not None:
            event.screen.change_stage(stage, event.guesses)
            self._close(old)

    def on_run_screen_left(self, event: RunScreen.Left) -> None:
        """To the scenarios, which remember what was seen."""
        stage, picture = event.stage, event.picture
        self._show = None
        self.pop_screen()
        home = next((screen for screen in self.screen_stack if isinstance(screen, HomeScreen)), None) or self._show_home()
        if stage.scenario is not None:
            home.call_after_refresh(home.remember, stage.scenario, picture)
        self._close(stage)

    def on_copy(self, event: Copy) -> None:
        """To the terminal's clipboard, where it has one."""
        self.copy_to_clipboard(event.text)

    def on_open(self, event: Open) -> None:
        """Above the one that asks."""
        self.push_screen(event.screen, event.then)

    def action_keys(self) -> None:
        """All keys."""
        from concviz.ui.legend import legend
        from concviz.ui.screens.help import Help

        self.push_screen(Help(legend()))

    # Keys that work everywhere

    def action_leave(self) -> None:
        """Quit, at once: what still runs is ended when the terminal is restored already."""
        self.exit(0)

    def action_toggle_theme(self) -> None:
        """Dark or light."""
        self.theme = themes.LIGHT.name if self.theme == themes.DARK.name else themes.DARK.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: the keys of the screen it was opened on."""
        table = dict.fromkeys((*keys.TABLES.get(type(screen).__name__, ()), *keys.KEEPING))
        for key in table:
            if key.action.startswith("app.") or screen.check_action(*keys.action_of(key)):
                yield SystemCommand(f"{key.words}  ({key.shown})", "", partial(screen.run_action, key.action))


def ascii_filter() -> LineFilter:
    """What makes everything ASCII; loaded only where it is wanted."""
    from concviz.ui.ascii import AsciiFilter

    return AsciiFilter()
