"""A process that runs already, on stage: followed like the run of a program, but let go of where that would be ended."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from concviz.recordings.save import save
from concviz.report import PaneReport, Report
from concviz.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from concviz.recordings.redaction import Redaction
    from concviz.runs.attachment import Attachment
    from concviz.scenarios.lesson import Order, Scenario

OVER = frozenset({"ended", "failed"})
"""The states of a run of which nothing more is to come."""

NAME = "attached"
"""What its recording is called by."""


class AttachedStage:
    """Owns the one run. Used by one thread; `poll` must be called for anything to become visible."""

    scenario: Scenario | None = None
    """None: it cannot be run again."""
    lesson: Scenario | None = None
    """None: nobody asks anything of it."""
    order: Order = "together"
    values: Mapping[str, int]

    def __init__(self, attachment: Attachment) -> None:
        """ConcvizError for a process that one cannot attach to. Nothing is done to it yet."""
        known = attachment.checked()
        self.title = f"attached to PID {known.pid} · {known.title}"
        """As the head line calls it."""
        self.values = {}
        self.run = Run(known)
        self.runs = (self.run,)

    def start(self) -> None:
        """Attach. Returns at once."""
        self.run.prepare()

    def poll(self) -> bool:
        """Read what is new; whether there was anything."""
        return self.run.poll()

    @property
    def ended(self) -> bool:
        """Whether it was let go, or is gone."""
        return self.run.state in OVER

    def interrupt(self) -> bool:
        """Let go of it. False: there is nothing to let go yet."""
        if self.run.state != "running":
            return False
        self.run.interrupt()
        return True

    def end(self, pane: int) -> None:
        """Let go of it, without waiting. `pane`: there is one."""
        del pane
        if self.run.state not in OVER | {"new"}:
            self.run.ask_stop()

    def stop(self) -> None:
        """Let go of it: it is as it was when this returns. What was seen stays known."""
        self.run.stop()

    def save(self, path: Path, redaction: Redaction | None = None) -> None:
        """Write everything so far to a file that must not exist yet. `redaction`: None: the usual. RecordingError when that cannot be."""
        machine = {"system": platform.system(), "release": platform.release(), "machine": platform.machine()}
        save([self.run.recording], path, redaction, name=NAME, title=self.title, order=self.order, values={}, machine=machine)

    def report(self) -> Report:
        """As it stands now."""
        run = self.run
        pane = PaneReport(run.launch.model, run.launch.title, run.timeline, run.exit, run.failure)
        return Report(NAME, self.title, self.order, self.values, (pane,), None)

    def close(self) -> None:
        """Let go, and remove the recording."""
        self.stop()
        self.run.close()
