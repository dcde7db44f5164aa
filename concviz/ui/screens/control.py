"""The control screen: the program stands still, and a person chooses who goes next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from concviz.errors import ConcvizError
from concviz.stepping.play import Way
from concviz.ui import control_lines, keys
from concviz.ui.routing import Copy, Explore
from concviz.ui.widgets.board import BoardView
from concviz.ui.widgets.canvas import Canvas
from concviz.ui.widgets.keybar import KeyBar
from concviz.ui.widgets.small import TooSmall

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from concviz.stepping.play import Play
    from concviz.stepping.programs import Program
    from concviz.stepping.solutions import Solution
    from concviz.ui.control_model import ControlModel

ANSWER_S = 0.03
"""A step hardly ever takes longer: so it is shown with its key, and not a look later."""

LOOKS_PER_S = 60
"""How often the screen asks whether a step is done: a granted one is shown within 50 ms."""

SENSIBLE: dict[str, Callable[[ControlModel], bool]] = {
    **dict.fromkeys(("grant", "grant_cursor", "move_cursor", "to_next", "chance"), lambda model: model.play.stands is not None),
    **dict.fromkeys(("undo", "start"), lambda model: bool(model.play.steps)),
    "pause": lambda model: model.led,
    "hint": lambda model: model.challenge is not None,
    "program": lambda model: len(model.programs) > 1,
}
"""Action -> whether it would do anything now; those that are not here always would."""


class ControlScreen(Screen[None]):
    """Shows one play; its keys grant steps, and take them back."""

    DEFAULT_CSS = """
    ControlScreen { layers: base above; background: $background;
        & > #head { height: 1; background: $surface; }
        & > #goal { height: 1; background: $panel; }
        & > #said { height: 1; background: $panel; }
    }
    """
    BINDINGS = [*keys.bindings(keys.CONTROL)]

    class Left(Message):
        """The person went away: the play is no longer needed."""

        def __init__(self, play: Play) -> None:
            super().__init__()
            self.play = play

    class Searched(Message):
        """A search for the shortest way has ended; None: it found none."""

        def __init__(self, program: Program, solution: Solution | None) -> None:
            super().__init__()
            self.program, self.solution = program, solution

    class Dropped(Message):
        """A play is no longer needed, since another program is stepped now."""

        def __init__(self, play: Play) -> None:
            super().__init__()
            self.play = play

    def __init__(self, model: ControlModel) -> None:
        super().__init__()
        self.model = model
        """What it shows."""
        self._said = ""
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        yield Canvas(id="head")
        yield Canvas(id="goal")
        yield BoardView()
        yield Canvas(id="said")
        yield KeyBar()
        yield TooSmall()

    def on_mount(self) -> None:
        """One timer for everything that moves."""
        self.set_interval(1 / LOOKS_PER_S, self.frame)

    def frame(self) -> None:
        """Hear what is new, and show it."""
        self.model.play.poll()
        self.show_now()

    def show_now(self) -> None:
        """Hand every part what it shows now; nothing, where nothing changed."""
        model = self.model
        wanted = (id(model.play), model.play.revision, model.cursor, model.help, int(model.play.away_s), self._said, self.size)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        width = self.size.width
        self.query_one("#head", Canvas).show_cells(control_lines.head(model, width))
        self.query_one("#goal", Canvas).show_cells(control_lines.goal(model, width))
        self.query_one("#said", Canvas).show_cells(control_lines.said(model, self._said, width))
        self.query_one(BoardView).moment = model.moment
        self.query_one(KeyBar).keys = tuple(key for key in keys.CONTROL if self.check_action(*keys.action_of(key)))

    def on_resize(self) -> None:
        """Another size is another picture."""
        self.query_one(TooSmall).judge(self.size.width, self.size.height)
        self.show_now()

    def on_board_view_chosen(self, event: BoardView.Chosen) -> None:
        """A click grants, like the number."""
        self.action_grant(event.worker)

    # Its keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action makes sense now; else it is neither heard nor shown."""
        del parameters
        model = self.model
        sensible = SENSIBLE.get(action)
        return sensible is None or sensible(model)

    def action_grant(self, worker: int) -> None:
        """Let this worker go a step; why not, where it cannot."""
        granted = self.model.grant(worker)
        if granted:
            self.model.play.poll(ANSWER_S)
        self._say("" if granted else control_lines.why_not(self.model, worker))

    def action_grant_cursor(self) -> None:
        """Let the worker at the cursor go a step."""
        self.action_grant(self.model.cursor)

    def action_move_cursor(self, step: int) -> None:
        """To the next worker, or the one before."""
        self.model.move_cursor(step)
        self._say("")

    def action_undo(self) -> None:
        """One step back."""
        self.model.play.undo()
        self._say("")

    def action_start(self) -> None:
        """Back to the start."""
        self.model.play.start_again(Way(memory=self.model.play.memory))
        self._say("")

    def action_to_next(self) -> None:
        """On to the next choice that matters."""
        self.model.play.to_next()
        self._say("")

    def action_chance(self) -> None:
        """Let chance go on."""
        self.model.play.let_chance()
        self._say("")

    def action_pause(self) -> None:
        """The person chooses again."""
        self.model.play.pause()
        self._say("")

    def action_memory(self) -> None:
        """Finer or coarser steps, from the start."""
        memory = not self.model.play.memory
        self.model.play.start_again(Way(memory=memory))
        self._say("each access to shared memory is a step now" if memory else "only synchronisation is a step now")

    def action_hint(self) -> None:
        """What helps with the challenge: the hint, then the shortest way, then to be led along it."""
        if self.model.ask_for_help():
            self.run_worker(partial(self._search, self.model.program), thread=True, group="search", exclusive=True)
        self._say(control_lines.help_with(self.model))

    def _search(self, program: Program) -> None:
        """In a thread of its own: it takes as long as it takes."""
        self.post_message(self.Searched(program, self.model.solve(program)))

    def on_control_screen_searched(self, event: Searched) -> None:
        """Say what came of it."""
        self.model.learn(event.program, event.solution)
        self._say(control_lines.help_with(self.model))

    def action_copy(self) -> None:
        """The token, to the clipboard, and onto the screen for terminals without one."""
        self._copy(self.model.token)

    def action_explore(self) -> None:
        """Let every interleaving be searched, of the program as it is, from its start."""
        self.post_message(Explore(self.model.program))

    def action_program(self, step: int) -> None:
        """Another challenge, or another program of the scenario."""
        try:
            self.post_message(self.Dropped(self.model.change_program(step)))
        except ConcvizError as error:
            self.notify(error.hint, title=error.message, severity="error", markup=False)
        self._say("")

    def action_leave(self) -> None:
        """To where one came from."""
        self.post_message(self.Left(self.model.play))

    def _copy(self, token: str) -> None:
        self.post_message(Copy(token))
        self._say(f"copied: {token}")

    def _say(self, words: str) -> None:
        self._said = words
        self.frame()
