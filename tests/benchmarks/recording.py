"""A recording as a supervisor would have written it: eight threads that take turns on a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.events import FIELD_SEPARATOR, Kind, Table
from concviz.recordings.format import Frame, frame, head, meta
from concviz.ring.layout import ENTRY

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = np.dtype(
    [("time", "<i8"), ("arg", "<i8"), ("worker", "<u4"), ("resource", "<u4"), ("site", "<u4"), ("kind", "<u2"), ("lap", "<u2")],
)
WORKERS = 8
APART_NS = 1_000
EVENTS_PER_FRAME = 10_000
CYCLE = (Kind.REQUESTED, Kind.ACQUIRED, Kind.RELEASED)


def write(path: Path, events: int) -> None:
    """A finished run of one process; its events are APART_NS apart and begin at 0."""
    frames = [head(format=1, launch={}), meta("process", 0, 1, pid=1, key="1.0"), frame(Frame.NAMES, 0, _names(), 1), meta("go", 0)]
    records = _records(events)
    for first in range(0, events, EVENTS_PER_FRAME):
        part = records[first : first + EVENTS_PER_FRAME]
        frames.append(frame(Frame.EVENTS, int(part["time"][-1]), part.tobytes(), 1))
    end = events * APART_NS
    ended = meta("exit", end, code=0, signal=0, cpu_seconds=0.0, children_left=0, stopped=False)
    path.write_bytes(b"".join([*frames, ended, meta("close", end)]))


def _records(events: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """Worker after worker asks for the lock, takes it, and gives it back."""
    records = np.zeros(events, RECORDS)
    at = np.arange(events)
    records["time"] = at * APART_NS
    records["worker"] = at // len(CYCLE) % WORKERS + 1
    records["kind"] = np.array(CYCLE)[at % len(CYCLE)]
    records["resource"] = records["site"] = records["lap"] = 1
    return records


def _names() -> bytes:
    entries = [_entry(Table.PROCESS, 1, 1, 0, "3.11.0", "gil", "main", "")]
    entries += [_entry(Table.WORKER, worker, "", "thread", f"Thread-{worker}", worker, "", 0) for worker in range(1, WORKERS + 1)]
    return b"".join([*entries, _entry(Table.SITE, 1, "program.py", 3, "work"), _entry(Table.RESOURCE, 1, "", "Lock", "lock", "", 1)])


def _entry(table: Table, ident: int, *fields: object) -> bytes:
    payload = FIELD_SEPARATOR.join(map(str, fields)).encode()
    return ENTRY.pack(ENTRY.size + len(payload), ident, table) + payload
