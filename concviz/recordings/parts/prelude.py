"""What a recording that begins in the middle of a run must say first: who and what there is, and how things stood.

Frames like all others, so that whoever reads recordings reads these. The states at the beginning are told by the events that
made them, each at its own time (see `timeline.carried`); META "before" says from when on everything is there.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from concviz.events import FIELD_SEPARATOR, Table
from concviz.recordings.format import Frame, frame, meta
from concviz.ring.layout import ENTRY
from concviz.timeline.batches import ARG_TEXT, ARG_WORKER, PLAIN_RESOURCE, RECORDS
from concviz.timeline.carried import carried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.columns import Columns
    from concviz.timeline.tables import Tables
    from concviz.timeline.timeline import Timeline

Locals = dict[tuple[int, Table], npt.NDArray[np.int64]]
"""(process, table) -> index of the run -> that process's own id; 0: it has none."""

Entry = tuple[int, int, bytes]
"""Index of the run, process, and the entry of its names file."""


def prelude(timeline: Timeline, from_ns: int, where: str) -> bytes:
    """The frames of a recording that begins at a time. `where`: where the older events are, in words."""
    known = locals_of(timeline.tables)
    cut = int(np.searchsorted(timeline.known.events["time"], from_ns))
    rows = carried(timeline.known.events, timeline.changes, timeline.tables, cut).events
    older = timeline.horizon.events + cut - len(rows)
    parts = [
        b"".join(_told(timeline)),
        b"".join(_named(timeline.tables, known)),
        b"".join(_sources(timeline)),
        b"".join(_raw(timeline.tables, known, timeline.known.events, rows, from_ns)),
        b"".join(_raw(timeline.tables, known, timeline.looks.columns, timeline.looks.lasting(from_ns), from_ns)),
        meta("before", from_ns, from_ns=from_ns, events=older, workers=timeline.horizon.workers, where=where),
    ]
    return b"".join(parts)


def locals_of(tables: Tables) -> Locals:
    """Each process's own ids, by the run's indices."""
    sizes = {Table.WORKER: len(tables.workers), Table.RESOURCE: len(tables.resources)}
    sizes |= {Table.SITE: len(tables.sites), Table.TEXT: len(tables.texts)}
    return {(process, table): tables.ids(process, table).inverse(size) for process in tables.processes for table, size in sizes.items()}


def _told(timeline: Timeline) -> Iterator[bytes]:
    """What META frames have said that still holds."""
    told, tables = timeline.meta, timeline.tables
    for process, found in tables.processes.items():
        if process:
            yield meta("process", 0, process, pid=found.pid, key=tables.key_of(process))
    if told.ready is not None:
        yield meta("ready", 0, **told.ready)
    if told.go_ns is not None:
        yield meta("go", told.go_ns)
    for time_ns, seconds in told.cpu[-1:]:
        yield meta("cpu", time_ns, seconds=seconds)
    for process, time_ns in told.gone.items():
        yield meta("gone", time_ns, process)
    for process, (records, names) in told.lost.items():
        yield meta("lost", 0, process, records=records, names=names)


def _sources(timeline: Timeline) -> Iterator[bytes]:
    for path, text in timeline.sources.items():
        yield frame(Frame.SOURCE, 0, json.dumps({"path": path, "text": text}).encode())


def _named(tables: Tables, known: Locals) -> Iterator[bytes]:
    """NAMES frames: sites and texts first, since the others name them; each in the order of the run."""
    for process, found in tables.processes.items():
        if process and found.python:
            gil = "gil" if found.gil else "free"
            fields = (found.pid, found.ppid, found.python, gil, found.start, found.gil_address, found.cores)
            yield frame(Frame.NAMES, 0, _entry(Table.PROCESS, 1, *fields), process)
    for table in (Table.SITE, Table.TEXT, Table.RESOURCE, Table.WORKER):
        entries = sorted((each for each in _entries(tables, known, table)), key=lambda each: each[0])
        for process, group in groupby(entries, key=lambda each: each[1]):
            yield frame(Frame.NAMES, 0, b"".join(raw for _, _, raw in group), process)


def _entries(tables: Tables, known: Locals, table: Table) -> Iterator[Entry]:
    for (process, its), ids in known.items():
        if its is not table or not process:
            continue
        sites = known[process, Table.SITE]
        for index in np.flatnonzero(ids).tolist():
            fields = _fields(tables, table, index, sites)
            if fields is not None:
                yield index, process, _entry(table, int(ids[index]), *fields)


def _fields(tables: Tables, table: Table, index: int, sites: npt.NDArray[np.int64]) -> tuple[Any, ...] | None:
    """Of one thing, as its process named it; None: it is forgotten."""
    if table is Table.SITE:
        site = tables.sites[index]
        return site.file, site.line, site.function
    if table is Table.TEXT:
        return (tables.texts[index],)
    if table is Table.RESOURCE:
        one = tables.resources[index]
        capacity = "" if one.capacity is None else one.capacity
        return (one.uid, one.kind, one.name, capacity, int(sites[one.site])) if one.index else None
    worker = tables.workers[index]
    flags = ",".join(sorted(worker.flags))
    return (worker.uid, worker.kind, worker.name, worker.native_id, flags, int(sites[worker.site])) if worker.index else None


def _entry(table: Table, ident: int, *fields: object) -> bytes:
    payload = FIELD_SEPARATOR.join(str(field).replace(FIELD_SEPARATOR, " ") for field in fields).encode("utf-8", "backslashreplace")
    return ENTRY.pack(ENTRY.size + len(payload), ident, table) + payload


def _raw(tables: Tables, known: Locals, columns: Columns, rows: npt.NDArray[np.int64], time_ns: int) -> Iterator[bytes]:
    """EVENTS frames: these rows as their processes wrote them."""
    homes = np.array([worker.process for worker in tables.workers])[columns["worker"][rows]]
    for process in np.unique(homes).tolist():
        mine = rows[homes == process]
        if process:
            yield frame(Frame.EVENTS, time_ns, _records(known, process, columns, mine).tobytes(), process)


def _records(known: Locals, process: int, columns: Columns, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.void]:
    kind, arg, resource = columns["kind"][rows], columns["arg"][rows].copy(), columns["resource"][rows]
    for table, wanted in ((Table.WORKER, ARG_WORKER), (Table.TEXT, ARG_TEXT)):
        which = np.flatnonzero(wanted[kind])
        ids = known[process, table]
        inside = (arg[which] >= 0) & (arg[which] < len(ids))
        arg[which] = np.where(inside, ids[np.where(inside, arg[which], 0)], 0)
    plain = PLAIN_RESOURCE[kind]
    found = np.zeros(len(rows), dtype=RECORDS)
    found["time"], found["arg"], found["kind"], found["lap"] = columns["time"][rows], arg, kind, 1
    found["worker"] = known[process, Table.WORKER][columns["worker"][rows]]
    found["resource"] = np.where(plain, resource, known[process, Table.RESOURCE][np.where(plain, 0, resource)])
    found["site"] = known[process, Table.SITE][columns["site"][rows]]
    return found
