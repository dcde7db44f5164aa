"""Runs made by hand, event by event, through the same door as those of recordings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from concviz.events import FIELD_SEPARATOR, RECORD, STDOUT, Kind, Table
from concviz.ring.layout import ENTRY
from concviz.runs.run import Exit
from concviz.timeline.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

MS = 1_000_000

ZERO_NS = 7_000 * MS
"""When GO was given: not 0, so that a time that is not taken from there shows."""

SCRIPT = "/somewhere/counter.py"

SOURCE = "import threading\n\nlock = threading.Lock()\n\ndef add():\n    with lock:\n        work()\n\nadd()\n"

Happening = tuple[float, int, Kind]
"""(ms from the run's zero, worker from 1, what happened)."""


@dataclass
class MadeRun:
    """What a pane needs of a run."""

    timeline: Timeline = field(default_factory=Timeline)
    state: str = "ended"
    exit: Exit | None = None
    failure: str = ""

    def grows(self, to_ms: float, *happened: Happening) -> None:
        """More is known."""
        self.timeline.add_events(1, records(happened))
        self.timeline.settle(ZERO_NS + round(to_ms * MS))


def run(
    names: Sequence[str],
    happened: Sequence[Happening],
    end_ms: float,
    *,
    model: str = "threads",
    title: str = "by hand",
    said: Sequence[str] = (),
    running: bool = False,
) -> MadeRun:
    """A run of these workers; it has ended at `end_ms`, or still runs then."""
    timeline = Timeline()
    timeline.add_meta(0, 0, {"what": "launch", "title": title, "model": model, "script": SCRIPT})
    timeline.add_meta(1, 0, {"what": "process", "pid": 4242})
    timeline.add_meta(0, 0, {"what": "ready", "pid": 4242, "pgid": 4242})
    timeline.add_meta(0, ZERO_NS, {"what": "go"})
    timeline.add_source(SCRIPT, SOURCE)
    timeline.add_names(1, b"".join(_named(names)))
    timeline.add_events(1, records(happened))
    for line in said:
        timeline.add_output(ZERO_NS + MS, STDOUT, f"{line}\n".encode())
    end_ns = ZERO_NS + round(end_ms * MS)
    made = MadeRun(timeline, "running")
    if not running:
        timeline.add_meta(0, end_ns, {"what": "exit", "code": 0, "signal": 0, "cpu_seconds": 0.5})
        made.state, made.exit = "ended", Exit(0, 0, stopped=False)
    timeline.settle(end_ns)
    timeline.settle(end_ns + 100 * MS) if not running else None
    return made


def records(happened: Sequence[Happening]) -> bytes:
    """As a ring would have them; every event stands in line 6 of the source."""
    return b"".join(RECORD.pack(ZERO_NS + round(at * MS), 0, worker, 1, 1, kind, 1) for at, worker, kind in happened)


def _named(names: Sequence[str]) -> list[bytes]:
    workers = [_entry(Table.WORKER, at, "", "thread", name, "0", "", "1") for at, name in enumerate(names, 1)]
    process = _entry(Table.PROCESS, 1, "4242", "1", "3.11.7", "gil", "main", "0")
    return [process, _entry(Table.SITE, 1, SCRIPT, "6", "add"), _entry(Table.RESOURCE, 1, "", "Lock", "lock", "", "1"), *workers]


def _entry(table: Table, ident: int, *fields: str) -> bytes:
    payload = FIELD_SEPARATOR.join(fields).encode()
    return ENTRY.pack(ENTRY.size + len(payload), ident, table) + payload


TWO_THREADS: tuple[Happening, ...] = (
    (0, 1, Kind.STARTED),
    (1, 2, Kind.STARTED),
    (2, 2, Kind.ACQUIRED),
    (3, 3, Kind.STARTED),
    (4, 3, Kind.REQUESTED),
    (8, 2, Kind.RELEASED),
    (9, 3, Kind.ACQUIRED),
    (10, 2, Kind.ENDED),
    (14, 3, Kind.RELEASED),
    (15, 3, Kind.ENDED),
    (19, 1, Kind.ENDED),
)
"""Two threads after one lock, in 20 ms."""


def two_threads(*, running: bool = False) -> MadeRun:
    """The main thread and two that want the same lock."""
    return run(["main", "Thread-1", "Thread-2"], TWO_THREADS, 20, said=["Square: 100", "Done!"], running=running)


def one_task(*, running: bool = False) -> MadeRun:
    """A task that sleeps; it takes five times as long."""
    happened = ((0.0, 1, Kind.STARTED), (5, 1, Kind.SLEEP), (95, 1, Kind.SLEPT), (99, 1, Kind.ENDED))
    return run(["main"], happened, 100, model="asyncio", title="a task", said=["1"], running=running)
