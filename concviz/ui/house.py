"""Where the screens get what they show: the scenarios, what is remembered of them, and their runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.lessons.progress import Progress
    from concviz.runs.attachment import Attachment
    from concviz.scenarios.lesson import Order, Scenario
    from concviz.scenarios.questions import Question
    from concviz.serving.view import View
    from concviz.stage import Conditions
    from concviz.stepping.play import Play, Way
    from concviz.stepping.programs import Program
    from concviz.stepping.solutions import Solution
    from concviz.ui.control_model import ControlModel
    from concviz.ui.exploring import Exploring
    from concviz.ui.look import OnStage


class Held(Protocol):
    """What must be closed."""

    def close(self) -> None:
        """End its programs, give back all; returns when that is done."""


AnyHeld = TypeVar("AnyHeld", bound=Held)


class House:
    """Owns every stage that was opened, until it is closed; closing may happen in any thread, all else in the app's.

    Loads the lower floors when they are first needed, so that the first screen stands at once.
    """

    def __init__(self, *, ascii_only: bool = False, view: View | None = None) -> None:
        """`ascii_only`: the terminal has nothing else; `view`: the page that takes the place of a terminal."""
        self.ascii_only = ascii_only
        self.view = view
        self.broken: tuple[str, ...] = ()
        """Packages whose scenarios cannot be shown, a line each; known when all scenarios were asked for."""
        self._open: list[Held] = []
        self._lock = Lock()
        self._conditions: dict[Scenario, Conditions] = {}
        self._usual: Conditions | None = None

    def warm_up(self) -> None:
        """Load what the run screen will need. May be called in a thread of its own."""
        from concviz.ui.screens import run  # noqa: F401 - loading it is the purpose

    def scenarios(self) -> Iterator[Scenario]:
        """Those that come with concviz, in the order of their chapters, then those of packages; each is read when it is asked for."""
        from concviz.scenarios import catalogue

        yield from catalogue.each_builtin()
        scenarios, self.broken = catalogue.shipped()
        yield from scenarios

    def remembered(self, scenario: Scenario) -> Mapping[str, int]:
        """A scenario's parameters as they were last used, by name; as it came when it never was."""
        from concviz import settings

        return settings.remembered(scenario)

    def progress(self) -> Progress:
        """What was watched and guessed so far, as the file says now."""
        from concviz.lessons import progress

        return progress.read()

    def first_time(self) -> bool:
        """Whether nobody was here before, as far as that can be kept; not any more from now on."""
        from concviz.lessons import progress

        return not progress.read().tour and progress.note_tour()

    def note_guess(self, scenario: Scenario, question: Question, *, right: bool) -> None:
        """Keep how a guess came out."""
        from concviz.lessons import progress

        progress.note_guess(scenario, question, right=right)

    def load(self, path: str) -> Scenario:
        """A person's own: a folder, or a single script. ConcvizError when it cannot be run."""
        from concviz.runs.launch import Launch
        from concviz.scenarios import catalogue

        target = Path(path).expanduser()
        if target.is_dir():
            return catalogue.load(target)
        Launch(target).check()
        return catalogue.from_script(target)

    def open(
        self,
        scenario: Scenario,
        values: Mapping[str, int],
        order: Order | None = None,
        conditions: Conditions | None = None,
    ) -> OnStage:
        """Its runs, started; the values are remembered. ConcvizError when they cannot be.

        `order`: other than the scenario's. `conditions` hold whenever it is run again; their interpreter for all others too.
        """
        from concviz import settings
        from concviz.lessons import progress
        from concviz.stage import Stage

        if conditions is not None:
            self._conditions[scenario] = conditions
            self._usual = replace(conditions, args=(), stdin=None, order=None, duration_s=None, triggers=())
        stage = Stage(scenario, values, self._under(scenario, order))
        self.admit(stage)
        stage.start()
        settings.remember(scenario, stage.values)
        if scenario.look_for:
            progress.note_watched(scenario)
        return stage

    def _under(self, scenario: Scenario, order: Order | None) -> Conditions:
        from concviz.stage import Conditions

        conditions = self._conditions.get(scenario) or self._usual or Conditions()
        return conditions if order is None else replace(conditions, order=order)

    def control(self, scenario: Scenario, values: Mapping[str, int], pane: int = 0) -> ControlModel:
        """Its programs of threads and tasks under a person's control, that of `pane` first. ConcvizError when there is none."""
        from concviz.stepping.programs import programs

        python = self._under(scenario, None).python
        return self.stepped(scenario.title, programs(scenario, values, python=python, first=pane))

    def stepped(self, title: str, programs: tuple[Program, ...], way: Way | None = None) -> ControlModel:
        """Likewise these programs; `way`: how the first of them begins, if not as it says itself."""
        from concviz.ui.control_model import ControlModel

        return ControlModel(title, programs, self._led(programs[0], way), self)

    def play(self, program: Program) -> Play:
        """A program under a person's control, at its start. ConcvizError when it is not there."""
        return self._led(program, None)

    def explore(self, program: Program) -> Exploring:
        """A search of its interleavings, begun. ConcvizError when it is not there."""
        from concviz.ui.exploring import Exploring

        return self.admit(Exploring(program))

    def solve(self, program: Program) -> Solution | None:
        """The shortest way to win its challenge, looked for in a process of its own; None: none was found."""
        from concviz.stepping.solutions import of_program

        return of_program(program)

    def _led(self, program: Program, way: Way | None) -> Play:
        from concviz.stepping.play import Play, Way

        return self.admit(Play(program.request, way or Way(memory=program.memory)))

    def attach(self, attachment: Attachment) -> OnStage:
        """A process that runs already; it is let go when the stage is closed. ConcvizError when that cannot be."""
        from concviz.attached import AttachedStage

        stage = self.admit(AttachedStage(attachment))
        stage.start()
        return stage

    def replay(self, path: Path, keep: int | None = None) -> OnStage:
        """A finished recording, and in memory so many of its newest events, None: all. RecordingError when it is not one."""
        from concviz.ui.recorded import Recording

        return self.admit(Recording(path, keep))

    def admit(self, stage: AnyHeld) -> AnyHeld:
        """From now on it is closed at the latest by `close_all`; gives it back."""
        with self._lock:
            self._open.append(stage)
        return stage

    def close(self, stage: Held) -> None:
        """End its programs and give back all it holds; takes as long as a program takes to be killed."""
        with self._lock:
            if stage not in self._open:
                return
            self._open.remove(stage)
        stage.close()

    def close_all(self) -> None:
        """All that is still open: at the end of everything."""
        while self._open:
            self.close(self._open[-1])
