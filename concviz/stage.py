"""The runs of one scenario on one stage: started together or in turn, followed, ended, saved. Knows no screen."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.errors import RecordingError
from concviz.recordings.format import part
from concviz.recordings.save import save
from concviz.runs.launch import KEEP, PARTS, Launch
from concviz.runs.run import Run
from concviz.sampling.pace import BUDGET
from concviz.triggers.watch import AROUND_S, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from concviz.recordings.redaction import Redaction
    from concviz.scenarios.lesson import Order, Pane, Scenario
    from concviz.triggers.language import Trigger

OVER = frozenset({"ended", "failed"})
"""The states of a run of which nothing more is to come."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what the programs run: the same for every pane."""

    python: str = sys.executable
    """The interpreter of the watched programs."""
    args: tuple[str, ...] = ()
    """What the scripts get as arguments."""
    stdin: Path | None = None
    """A file that they read from; None: closed."""
    lines: bool = True
    """Whether current lines are watched."""
    order: Order | None = None
    """None: as the scenario says."""
    budget: float = BUDGET
    """What looking from outside may cost, all panes that run at once together, as a share of one core; 0: it is not done."""
    keep: int | None = KEEP
    """How many of each program's newest events stay in memory; None: all."""
    rotate_bytes: int | None = None
    """Recordings are written in parts of about that size; None: in one."""
    parts: int = PARTS
    """So many of the newest parts stay on disk."""
    duration_s: float | None = None
    """Seconds after which each program is asked to end, as by Ctrl-C; None: it ends when it does."""
    triggers: tuple[Trigger, ...] = ()
    """What is worth keeping: then only the time around it is saved."""
    around_s: float = AROUND_S
    """So many seconds before and after."""


class Stage:
    """Owns the runs of a scenario, a pane each. Used by one thread; `poll` must be called for anything to go on."""

    def __init__(
        self,
        scenario: Scenario,
        values: Mapping[str, int] | None = None,
        conditions: Conditions | None = None,
        make_run: Callable[[Launch], Run] = Run,
    ) -> None:
        """`values`: parameters by name, those not named at their defaults. Nothing is started yet.

        ScenarioError for a value out of its bounds, TargetError for a script or an interpreter that is not there.
        """
        conditions = conditions or Conditions()
        self.scenario = self.lesson = scenario
        self.title = scenario.title
        self.values: Mapping[str, int] = scenario.values(values or {})
        self.order: Order = conditions.order or scenario.order
        self._launches = tuple(self._launch(pane, conditions) for pane in scenario.panes)
        for launch in self._launches:
            launch.check()
        self.runs: tuple[Run, ...] = tuple(make_run(launch) for launch in self._launches)
        """By pane."""
        self.watches = tuple(Watch(conditions.triggers, conditions.around_s, run.scratch) for run in self.runs if conditions.triggers)
        """By pane: what is kept of it. Empty: all is."""
        self._waves = [self.runs] if self.order == "together" else [(run,) for run in self.runs]
        """Runs that get their GO together, in the order of their waves; those to come."""
        self._wave: tuple[Run, ...] = ()
        self._gone = True

    def start(self) -> None:
        """Begin with the first run, or with all: they get their GO, in `poll`, when each of them is ready. Returns at once."""
        self._prepare_next()

    def poll(self) -> bool:
        """Read what is new, and start what is to start now; whether anything was new."""
        news = [run.poll() for run in self.runs if run.state != "new"]
        for watch, run in zip(self.watches, self.runs, strict=False):
            watch.look(run, over=run.state in OVER and not any(news))
        if not self._gone and all(run.state == "ready" or run.state in OVER for run in self._wave):
            self._gone = True
            for run in self._wave:
                if run.state == "ready":
                    run.go()
        elif self._gone and self._waves and all(run.state in OVER for run in self._wave):
            self._prepare_next()
            return True
        return any(news)

    @property
    def ended(self) -> bool:
        """Whether every program has ended, and none is to come."""
        return not self._waves and all(run.state in OVER or run.state == "new" for run in self.runs)

    def interrupt(self) -> bool:
        """As Ctrl-C: SIGINT to the programs that run now. Those to come still do. False: there was none to interrupt."""
        running = [run for run in self.runs if run.gone and run.state not in OVER]
        for run in running:
            run.interrupt()
        return bool(running)

    def end(self, pane: int) -> None:
        """Ask for the end of one pane's program, without waiting. One that has not begun will begin in its turn."""
        if self.runs[pane].state not in OVER | {"new"}:
            self.runs[pane].ask_stop()

    def stop(self) -> None:
        """End all programs; none that was to come will. Nothing of them is left when this returns; what they did stays known."""
        self._waves = []
        for pane in range(len(self.runs)):
            self.end(pane)
        for run in self.runs:
            run.stop()

    def save(self, path: Path, redaction: Redaction | None = None) -> tuple[Path, ...]:
        """Write everything so far of the runs that have begun to one file, which must not exist yet and which a replay can open.

        With triggers: the time around each, to a file of its own; of a recording in parts: each part. Then there are several
        files beside that one (see `part`). `redaction`: what is left out; None: the usual. Gives the files. RecordingError
        when that cannot be.
        """
        wanted = self._wanted(path)
        if not wanted:
            raise RecordingError("there is nothing to keep", "no trigger has fired, or the time around it is not over yet")
        for target in wanted:
            if target.exists():
                raise RecordingError(f"{target} exists", "choose another name, or remove it first")
        for target, begun in wanted.items():
            self._save(begun, target, redaction)
        return tuple(wanted)

    def _wanted(self, path: Path) -> dict[Path, Sequence[Path]]:
        """Which recordings go into which file."""
        if self.watches:
            return {part(path, number): [file] for number, file in enumerate((file for watch in self.watches for file in watch.kept), 1)}
        if len(self.runs) == 1 and len(self.runs[0].recordings) > 1:
            return {part(path, number): [file] for number, file in enumerate(self.runs[0].recordings, 1)}
        return {path: [run.recording for run in self.runs if run.state not in {"new", "starting"}]}

    def _save(self, begun: Sequence[Path], path: Path, redaction: Redaction | None) -> None:
        told = {"name": self.scenario.name, "title": self.title, "order": self.order, "values": dict(self.values)}
        machine = {"system": platform.system(), "release": platform.release(), "machine": platform.machine()}
        save(begun, path, redaction, **told, machine=machine)

    def close(self) -> None:
        """Stop, and remove the recordings."""
        self.stop()
        for run in self.runs:
            run.close()

    def _launch(self, pane: Pane, conditions: Conditions) -> Launch:
        return Launch(
            script=pane.script if pane.module else pane.script.absolute(),
            module=pane.module,
            args=conditions.args,
            python=conditions.python,
            stdin=conditions.stdin,
            env=self.scenario.environment(self.values),
            lines=conditions.lines,
            budget=conditions.budget / (len(self.scenario.panes) if self.order == "together" else 1),
            keep=conditions.keep,
            rotate_bytes=conditions.rotate_bytes,
            parts=conditions.parts,
            duration_s=conditions.duration_s,
            title=pane.title,
            model=pane.model,
        )

    def _prepare_next(self) -> None:
        self._wave, self._gone = self._waves.pop(0), False
        for run in self._wave:
            run.prepare()
