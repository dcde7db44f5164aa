"""Runs made by hand, as panes want them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.runs.launch import Launch
from concviz.runs.run import Exit
from concviz.timeline.timeline import Timeline
from tests.builders import FILE, PIDS, LaneBuilder, lane, ns, record, timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.events import Kind

MS = 1_000_000

SOURCE = "import threading\n\nlock = threading.Lock()\n\ndef add():\n    with lock:\n        work()\n\nadd()\n"


@dataclass
class MadeRun:
    """What a pane needs of a run."""

    timeline: Timeline = field(default_factory=Timeline)
    state: str = "ended"
    exit: Exit | None = None
    failure: str = ""
    launch: Launch = field(default_factory=lambda: Launch(Path(FILE), title="by hand", model="threads"))

    def grows(self, to_ms: float, *happened: tuple[float, Kind]) -> None:
        """More is known of its first worker."""
        self.timeline.add_events(1, b"".join(record(at, kind) for at, kind in happened))
        self.timeline.settle(ns(to_ms))


def run(*lanes: LaneBuilder, end_ms: float, running: bool, launch: Mapping[str, str]) -> MadeRun:
    """A run of these workers; it has ended at `end_ms`, or still runs then."""
    made = timeline(*lanes, now=end_ms) if running else timeline(*lanes, ended=end_ms)
    made.add_meta(0, 0, {"what": "launch", "script": FILE, **launch})
    made.add_meta(0, 0, {"what": "ready", "pid": PIDS + 1, "pgid": PIDS + 1})
    made.add_source(FILE, SOURCE)
    made.settle()
    asked = Launch(Path(FILE), **launch)  # type: ignore[arg-type]
    if running:
        return MadeRun(made, "running", launch=asked)
    return MadeRun(made, "ended", Exit(0, 0, stopped=False), launch=asked)


def two_threads(*, running: bool = False) -> MadeRun:
    """The main thread, and two that want the same lock."""
    return run(
        lane("main", kind="process").runs(0, line=9).prints("Square: 100\nDone!\n", 18).ends(19),
        lane("Thread-1").runs(1).takes("lock", 2, line=6).releases("lock", 8).ends(10),
        lane("Thread-2").runs(3).waits_for("lock", 4, 9, held_by="Thread-1", line=6).releases("lock", 14).ends(15),
        end_ms=20,
        running=running,
        launch={"model": "threads", "title": "by hand"},
    )


def one_task(*, running: bool = False, model: str = "asyncio") -> MadeRun:
    """A task that sleeps; it takes five times as long."""
    return run(
        lane("main", kind="process").runs(0).sleeps(5, 95, line=7).ends(99),
        end_ms=100,
        running=running,
        launch={"model": model, "title": "a task"},
    )
