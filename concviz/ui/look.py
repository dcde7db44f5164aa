"""What one pane shows, as one value: the run as it stands and the part of it that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from concviz.scenarios.lesson import Order, Scenario
    from concviz.timeline.timeline import Timeline
    from concviz.ui.window import Window

GROWING = frozenset({"new", "starting", "ready", "running"})
"""The states of a run of which more is to come."""

STARTING = frozenset({"new", "starting", "ready"})
"""The states before a run's first line."""

NOBODY = "program"
"""The model of a pane of which nobody said who works in it."""


class Ending(Protocol):
    """How a program ended."""

    @property
    def words(self) -> str:
        """For people: "done", "exit code 3", "ended by SIGSEGV"."""


class Named(Protocol):
    """What a run was asked to be."""

    @property
    def title(self) -> str:
        """What the pane is called."""

    @property
    def model(self) -> str:
        """Who works in it; "program" where nobody said."""


class Shown(Protocol):
    """One run on stage, live or recorded: what a pane needs to know of it."""

    @property
    def launch(self) -> Named:
        """What it was asked to be."""

    @property
    def timeline(self) -> Timeline:
        """What happened so far."""

    @property
    def state(self) -> str:
        """new, starting, ready, running, ended or failed."""

    @property
    def exit(self) -> Ending | None:
        """How the program ended; None while it lives."""

    @property
    def failure(self) -> str:
        """Our own trouble with it, in words; "" none."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that one pane's picture depends on, its size apart. Equal looks are equal pictures."""

    title: str
    """What the pane is called."""
    model: str
    """Who works in it; "program" where nobody said."""
    timeline: Timeline
    revision: int
    """Of the timeline: it changes, and is the same object."""
    state: str
    ending: str
    """How the program ended, in words; "" while it lives."""
    failure: str
    """Our own trouble with it, in words; "" none."""
    window: Window
    at_ns: int
    """The moment whose source, output and resources are shown, from the run's zero."""
    cursor: bool
    """Whether the moment is marked on the lanes: in playback."""
    workers: tuple[int, ...]
    """Who has a lane, from top to bottom."""
    worker: int
    """The focused worker's index; 0: none."""
    focused: bool
    """Whether the pane is the one that keys go to."""
    waits: bool
    """Whether who waits for whom stands in the place of the source."""
    family: bool
    """Whether the tree of who made whom stands there."""
    narrowed: str
    """Which of the workers have a lane, in words; "" all."""
    big: bool
    """Whether it is for those who sit far away: high lanes, and little else."""
    baseline_ns: int | None
    """How long the sequential run of the same work took; None: there is none, or one of both has not ended."""

    @property
    def pid(self) -> int:
        """The program's; 0 before it is ready."""
        return int((self.timeline.meta.ready or {}).get("pid", 0))

    @property
    def span_ns(self) -> int:
        """How long it took so far."""
        return 0 if self.state in STARTING else max(self.timeline.end_ns - self.timeline.zero_ns, 0)


def span_ns(run: Shown) -> int:
    """How long a run took so far, from its zero; 0 before that."""
    timeline = run.timeline
    return 0 if run.state in STARTING else max(timeline.end_ns - timeline.zero_ns, 0)


def begin_ns(run: Shown) -> int:
    """The moment from which on everything is in memory, from its zero; 0: all is."""
    horizon, zero_ns = run.timeline.horizon.from_ns, run.timeline.zero_ns
    return max(horizon - zero_ns, 0) if horizon else 0


def lanes_of(run: Shown) -> tuple[int, ...]:
    """The workers of a run that have a lane: all that are the program's own, in the order they were made."""
    return tuple(worker.index for worker in run.timeline.workers if worker.index and "internal" not in worker.flags)


class OnStage(Protocol):
    """What stands on the run screen: a scenario's runs, or those of a recording."""

    @property
    def runs(self) -> Sequence[Shown]:
        """The panes, from left to right."""

    @property
    def title(self) -> str:
        """What the head line calls it."""

    @property
    def scenario(self) -> Scenario | None:
        """What can be run again; None: a recording."""

    @property
    def lesson(self) -> Scenario | None:
        """What is asked of these runs, and what to take away; None: nobody wrote that."""

    @property
    def values(self) -> Mapping[str, int]:
        """Its parameters in these runs, by name."""

    @property
    def order(self) -> Order:
        """Whether they started together or in turn."""

    def poll(self) -> bool:
        """Read what is new; whether there was anything."""

    def end(self, pane: int) -> None:
        """Ask for the end of one pane's program, without waiting."""

    def save(self, path: Path) -> object:
        """Write everything so far to a file; RecordingError when that cannot be."""

    def close(self) -> None:
        """End the programs, give back all; returns when that is done."""
