"""The run screen: up to four programs side by side on one time axis, live or in playback."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.containers import Grid
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from concviz.errors import ConcvizError
from concviz.ui import keys, sections
from concviz.ui.course import Course, Page
from concviz.ui.discovery import Discovery
from concviz.ui.head import head
from concviz.ui.inspection import inspection
from concviz.ui.look import GROWING
from concviz.ui.miniature import miniature
from concviz.ui.moves import MOVES, ZOOM
from concviz.ui.named import asked_name
from concviz.ui.routing import Answered, Control, Open, Present, Save, Turned
from concviz.ui.screens.parameters import Parameters
from concviz.ui.screens.predict import Predict
from concviz.ui.stage_model import StageModel
from concviz.ui.widgets.canvas import Canvas
from concviz.ui.widgets.keybar import KeyBar
from concviz.ui.widgets.pane import Pane
from concviz.ui.widgets.rows import FindingRows, LegendRow
from concviz.ui.widgets.small import TooSmall
from concviz.ui.widgets.strip import LessonStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

    from concviz.scenarios.lesson import Order
    from concviz.ui.course import Guesses, Values
    from concviz.ui.look import OnStage

FRAMES_PER_S = 30
"""How often the screen looks whether anything is new."""

ROOMY_LINES = 28
"""A terminal with fewer lines has none for the legend."""


class RunScreen(Screen[None]):
    """Shows one stage; its keys move the playhead, the window and the focus."""

    DEFAULT_CSS = """
    RunScreen { layers: base above; background: $background;
        & > Grid { height: 1fr; }
        & > Grid > Pane.hidden { display: none; }
        & > #head { height: 1; background: $surface; }
        & > #inspection { height: 1; background: $panel; }
        &.low > #legend { display: none; }
        &.presenting { & > #legend, & > #inspection, & > #findings, & > KeyBar { display: none; } }
    }
    """
    BINDINGS = [*keys.bindings(keys.RUN)]

    class Left(Message):
        """The person went back: the stage is no longer needed; the picture is what was last seen of it."""

        def __init__(self, stage: OnStage, picture: Content | None) -> None:
            super().__init__()
            self.stage, self.picture = stage, picture

    class Again(Message):
        """The programs of the screen are to be run again; None: with the same values, in the same order."""

        def __init__(self, screen: RunScreen, values: Values | None = None, order: Order | None = None, guesses: Guesses = ()) -> None:
            super().__init__()
            self.screen, self.values, self.order, self.guesses = screen, values, order, guesses

    presenting = reactive(False, init=False)
    """Whether it is drawn big, with few words, and a clicker's keys lead through the lesson."""

    def __init__(self, stage: OnStage, clock: Callable[[], float] = monotonic, guesses: Guesses = ()) -> None:
        super().__init__()
        self.stage = stage
        """What it shows."""
        self.model = StageModel(stage.runs)
        """How it shows it."""
        self.course = Course(stage, guesses)
        """The lesson around it."""
        self._clock = clock
        self._last_s = clock()
        self._readable = True
        self._discovery = Discovery()
        self._arranged: object = None

    def compose(self) -> ComposeResult:
        yield Canvas(id="head")
        with Grid():
            yield from (Pane(place) for place in range(len(self.stage.runs)))
        yield LessonStrip(id="lesson")
        yield FindingRows(id="findings")
        yield LegendRow(id="legend")
        yield Canvas(id="inspection")
        yield KeyBar()
        yield TooSmall()

    def on_mount(self) -> None:
        """One timer for everything that moves."""
        if self.presenting:
            self.watch_presenting()
        self.set_interval(1 / FRAMES_PER_S, self.frame)

    def change_stage(self, stage: OnStage, guesses: Guesses = ()) -> None:
        """Other runs in the same panes, from their start; those before are only known by their figures."""
        self.course = Course(stage, guesses, self.course.left_behind())
        self.stage, self._readable = stage, True
        self.model.change_runs(stage.runs)
        self._discovery, self._last_s = Discovery(), self._clock()
        self.frame()

    # What it shows

    def frame(self) -> None:
        """Read what is new, let the playhead move, and hand every part what it shows now. What is equal draws nothing."""
        now_s = self._clock()
        elapsed_s, self._last_s = now_s - self._last_s, now_s
        self._poll()
        self._discovery.step(self.stage.runs)
        self.model.found = self._discovery.found
        self.model.tick(elapsed_s)
        judged = self.course.tick(now_s)
        if judged:
            self.post_message(Answered(self.stage, judged))
        self.show_now()

    def _poll(self) -> None:
        """Read what is new; a recording that cannot be read on is said to be so, and stays as far as it was read."""
        if self._readable:
            try:
                self.stage.poll()
            except ConcvizError as error:
                self._readable = False
                self.notify(error.hint, title=error.message, severity="error", timeout=20, markup=False)

    def show_now(self) -> None:
        """Hand every part what it shows now."""
        for pane in self.query(Pane):
            if pane.pane in self.model.visible:
                pane.look = self.model.look(pane.pane)
        self.query_one("#head", Canvas).show_cells(head(self.stage, self.model, self.size.width))
        self.query_one(LessonStrip).show_course(self.course, self.size.width)
        crowded = self.presenting or (self.has_class("low") and self.course.page is not Page.CLOSED)
        self.query_one(FindingRows).show_found(self.model, self.size.width, hidden=crowded)
        self.query_one(LegendRow).show_legend(self.model, self.size.width)
        self.query_one("#inspection", Canvas).show_cells(inspection(self.model, self.size.width))
        table = keys.ATTACHED if self.stage.runs[self.model.focus].timeline.meta.attached else keys.RUN
        self.query_one(KeyBar).keys = tuple(key for key in table if self.check_action(*keys.action_of(key)))

    def on_resize(self) -> None:
        """As many panes side by side as fit."""
        self.set_class(self.size.height < ROOMY_LINES, "low")
        self.query_one(TooSmall).judge(self.size.width, self.size.height)
        self._arrange()

    def on_pane_resized(self) -> None:
        """The narrowest pane says how many columns of time there are."""
        self.model.resize(min((pane.axis_cells for pane in self.query(Pane) if pane.display), default=1))
        self.show_now()

    def on_pane_chosen(self, event: Pane.Chosen) -> None:
        """A click: the pane, the worker and the moment, as far as it has them."""
        if event.worker:
            self.model.choose(event.pane, event.worker)
        else:
            self.model.focus_pane(event.pane)
        if event.at_ns is not None:
            self.model.seek(event.at_ns)
        self._arrange()
        self.show_now()

    def on_pane_wheeled(self, event: Pane.Wheeled) -> None:
        """The wheel: closer or further away, around where it points."""
        self.model.zoom(ZOOM**event.step, event.at_ns)
        self.show_now()

    def _arrange(self) -> None:
        """Give the panes their places, if they are not as they should be."""
        visible = self.model.visible
        before, self._arranged = self._arranged, (visible, self.model.focus, self.size)
        if before == self._arranged:
            return
        across = sections.columns(len(visible), self.size.width)
        grid = self.query_one(Grid)
        grid.styles.grid_size_columns = across
        grid.styles.grid_rows = " ".join(sections.rows(len(visible), across, visible.index(self.model.focus), self.size.height))
        for pane in self.query(Pane):
            pane.set_class(pane.pane not in visible, "hidden")
            pane.set_class(pane.pane in visible and visible.index(pane.pane) % across == 0, "first")

    # Its keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action makes sense now; else it is neither heard nor shown."""
        if action in {"move", "lesson"}:
            name = str(parameters[0])
            return MOVES[name].sensible(self.model) if action == "move" else self.course.sensible(name)
        scenario, focus = self.stage.scenario, self.model.focus
        growing = self.stage.runs[focus].state in GROWING
        if scenario is None:
            return {"slide": self.presenting, "end_program": growing}.get(action, action not in keys.OF_PROGRAMS)
        sensible = {
            "slide": self.presenting,
            "end_program": growing,
            "control": scenario.panes[focus].can_be_stepped,
            "order": len(scenario.panes) > 1,
            "parameters": bool(scenario.parameters),
            "predict": bool(scenario.questions),
        }
        return sensible.get(action, True)

    def action_move(self, name: str, step: int = 0) -> None:
        """One of MOVES."""
        MOVES[name].do(self.model, step)
        self._arrange()
        self.show_now()

    def action_lesson(self, name: str) -> None:
        """The next page of the lesson, the next place that shows an answer, or the last run beside this one."""
        spot = self.course.do(name, self._clock())
        if spot is not None:
            self.model.show(spot.pane, (spot.worker,), spot.at_ns)
            self._arrange()
        self.show_now()

    def action_slide(self, step: int) -> None:
        """A clicker's key: the page of the lesson after or before this one; beyond them, the scenario after it, or its beginning."""
        if not self.course.ends(step):
            self.action_lesson("turn" if step > 0 else "turn_back")
        elif self.stage.scenario is not None:
            self.post_message(Turned(self.stage.scenario, max(step, 0)))

    def action_present(self) -> None:
        """Big and with few words, or all again."""
        self.presenting = not self.presenting
        self.post_message(Present(self.stage.scenario if self.presenting else None))

    def watch_presenting(self) -> None:
        """Hide what only the one who presents would read."""
        self.set_class(self.presenting, "presenting")
        self.model.big = self.course.big = self.presenting
        self.show_now()

    def action_predict(self) -> None:
        """Guess, then run again."""
        if self.stage.scenario is not None:
            self.post_message(Open(Predict(self.stage.scenario), partial(self._again_with, "guesses")))

    def action_again(self) -> None:
        """The same once more."""
        self.post_message(self.Again(self))

    def action_order(self) -> None:
        """Once more, in turn if it was together, together if it was in turn."""
        self.post_message(self.Again(self, order="together" if self.stage.order == "in turn" else "in turn"))

    def action_parameters(self) -> None:
        """Change them, then run again."""
        if self.stage.scenario is not None:
            self.post_message(Open(Parameters(self.stage.scenario, self.stage.values), partial(self._again_with, "values")))

    def action_control(self) -> None:
        """Be the scheduler of the focused pane's program, in a run of its own."""
        if self.stage.scenario is not None:
            self.post_message(Control(self.stage.scenario, self.stage.values, self.model.focus))

    def action_end_program(self) -> None:
        """Kill what runs in the focused pane, or let go of it."""
        self.stage.end(self.model.focus)

    def action_save(self) -> None:
        """As a recording."""
        self.post_message(Save(self.stage))

    def action_find(self) -> None:
        """Ask for a name."""
        self.post_message(Open(asked_name(self.model.narrowing)))

    def action_back(self) -> None:
        """To the scenarios."""
        self.post_message(self.Left(self.stage, miniature(self.stage.runs)))

    def _again_with(self, what: str, answer: Any) -> None:
        if answer is not None:
            self.post_message(self.Again(self, **{what: answer}))
