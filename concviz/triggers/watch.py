"""A run's triggers at work: what fires is noted, and the time around it is written to a file of its own."""

from __future__ import annotations

from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from concviz.recordings.parts.cut import LATE_NS, Stretch, cut
from concviz.recordings.parts.prelude import prelude
from concviz.triggers.measured import fired
from concviz.triggers.windows import Note, Windows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from concviz.timeline.timeline import Timeline
    from concviz.triggers.language import Trigger
    from concviz.triggers.measured import Fired
    from concviz.triggers.windows import Window

AROUND_S = 5.0
"""Kept before and after what fires, if nobody asks for another time."""

AGAIN_S = 0.2
"""So often it is looked whether something fires."""

MOST_KNOWN = 100_000
"""So many of what has fired are remembered, so that nothing fires twice."""


class Followed(Protocol):
    """A run that is followed."""

    @property
    def timeline(self) -> Timeline:
        """What happened so far."""

    @property
    def recordings(self) -> Sequence[Path]:
        """The files that it is written to, the oldest first."""

    @property
    def place(self) -> int:
        """How much of the last of them is in the timeline: a place between two frames."""


class Watch:
    """Owns the triggers of one run, and the files of what they keep. Used by the thread that fills its timeline."""

    def __init__(self, triggers: Sequence[Trigger], around_s: float, folder: Path, clock: Callable[[], float] = monotonic) -> None:
        """`around_s`: kept on each side. `folder`: where the files go."""
        self._triggers, self._folder, self._clock = tuple(triggers), folder, clock
        self._windows = Windows(round(around_s * 1e9))
        self._known: dict[object, None] = {}
        self._again_s = 0.0
        self._since_ns = 0
        self._finished = False
        self._places: list[tuple[int, Path, int]] = []
        self.kept: list[Path] = []
        """The files so far, in the order in which their times were over."""
        self.trouble = ""
        """Why one could not be written; "" all could."""

    @property
    def left_out(self) -> int:
        """How often something fired that is not kept, as there is so much already."""
        return self._windows.left_out

    def look(self, run: Followed, *, over: bool) -> None:
        """See whether something fires, and keep what is over; does nothing when that was done just now. `over`: all is known."""
        if self._finished or run.timeline.meta.go_ns is None or not (over or self._clock() >= self._again_s):
            return
        self._finished = over
        self._look(run)
        for window in self._windows.over(None if over else run.timeline.end_ns - LATE_NS):
            self._keep(run, window)
        self._again_s = self._clock() + AGAIN_S

    def _look(self, run: Followed) -> None:
        timeline = run.timeline
        self._places.append((timeline.end_ns, run.recordings[-1], run.place))
        since_ns, self._since_ns = max(self._since_ns - LATE_NS, timeline.zero_ns), timeline.end_ns
        for trigger in self._triggers:
            for one in fired(timeline, trigger, since_ns):
                if (trigger, *one.key) not in self._known:
                    self._known[trigger, *one.key] = None
                    self._note(timeline, trigger, one)
        for key in list(islice(self._known, max(len(self._known) - MOST_KNOWN, 0))):
            del self._known[key]

    def _note(self, timeline: Timeline, trigger: Trigger, one: Fired) -> None:
        note = Note(one.at_ns, f"{trigger.text}: {one.words}", timeline.workers[one.worker].uid)
        self._windows.add(note)
        timeline.note(note.at_ns, note.words, note.worker)

    def _keep(self, run: Followed, window: Window) -> None:
        from_ns = max(window.from_ns, run.timeline.horizon.from_ns, run.timeline.zero_ns)
        last = b"".join(note.told() for note in window.notes)
        recordings, at = self._from(run, from_ns)
        target = self._folder / f"window-{len(self.kept) + 1}.cvz"
        try:
            cut(recordings, at, Stretch(from_ns, window.to_ns, prelude(run.timeline, from_ns, "not kept"), last), target)
        except OSError as error:
            self.trouble = f"{target.name} cannot be written: {error.strerror}"
        else:
            self.kept.append(target)

    def _from(self, run: Followed, from_ns: int) -> tuple[Sequence[Path], int]:
        """The files in which everything since a time is, and a place in the first of them before which nothing of it is."""
        before = [place for place in self._places if place[0] <= from_ns - LATE_NS]
        self._places = [*before[-1:], *self._places[len(before) :]]
        here = [place for place in before[-1:] if place[1] in run.recordings]
        if not here:
            return run.recordings, 0
        _, path, at = here[0]
        return run.recordings[list(run.recordings).index(path) :], at
