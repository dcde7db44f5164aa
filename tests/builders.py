"""Timelines as they read on the screen, made of real records and names by the path that every run takes.

    timeline(lane("A").runs(0).waits_for("lock", 5, 9, held_by="B").releases("lock", 12).ends(14), lane("B")...)

Times are in ms from GO. Workers, resources and sites are named by words; the same word is the same thing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from concviz.events import ARG, FIELD_SEPARATOR, RECORD, Kind, Meaning, Table
from concviz.recordings.format import Frame, frame, head, meta
from concviz.ring.layout import ENTRY
from concviz.timeline.timeline import Timeline
from tests.scripted import LaneBuilder, Record, ResourceBuilder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LaneBuilder", "Written", "entry", "lane", "ns", "record", "recorded", "resource", "spans", "timeline", "worker"]

BASE_NS = 7_000_000_000
"""The absolute time of GO in all that is built here."""

PIDS = 1000
"""The process with index N has the pid PIDS + N."""

FILE = "/home/me/program.py"
"""The file of sites given as a line alone."""


def ns(ms: float) -> int:
    """The absolute time of so many ms after GO."""
    return BASE_NS + round(ms * 1e6)


def lane(name: str, kind: str = "thread", process: int = 1, flags: str = "", uid: str = "") -> LaneBuilder:
    """A worker. The first lane of a process may be its main thread: kind "process"."""
    return LaneBuilder(name, kind, process, flags, uid)


def resource(name: str, kind: str, capacity: int | None = None, uid: str = "") -> ResourceBuilder:
    """What a word stands for where it is no lock."""
    return ResourceBuilder(name, kind, capacity, uid)


def entry(table: Table, ident: int, *fields: object) -> bytes:
    """One name, as a process writes it."""
    payload = FIELD_SEPARATOR.join(str(part) for part in fields).encode()
    return ENTRY.pack(ENTRY.size + len(payload), ident, table) + payload


def record(ms: float, kind: int, worker: int = 1, **fields: int) -> bytes:
    """One event, as a process writes it; `fields`: resource, site, arg."""
    resource, site, arg = (fields.get(name, 0) for name in ("resource", "site", "arg"))
    return RECORD.pack(ns(ms), arg, worker, resource, site, kind, 1)


class Written:
    """What the processes of these lanes would have written: names and records, with local ids."""

    def __init__(self, *parts: LaneBuilder | ResourceBuilder) -> None:
        self.lanes = [part for part in parts if isinstance(part, LaneBuilder)]
        self._kinds = {part.name: part for part in parts if isinstance(part, ResourceBuilder)}
        self._ids: dict[tuple[int, Table, str], int] = {}
        self._names: dict[int, bytes] = {}
        self.records: dict[int, bytes] = {}
        for each in self.lanes:
            self._begin(each)
        for each in self.lanes:
            rows = b"".join(self._row(each, one) for one in sorted(each.records, key=lambda one: one.ms))
            self.records[each.process] = self.records.get(each.process, b"") + rows

    def names(self) -> dict[int, bytes]:
        """The names of each process, in the order they were needed."""
        return self._names

    def words(self) -> list[tuple[float, int, bytes]]:
        """(ms at which it was read, stream, bytes)."""
        return sorted((words for each in self.lanes for words in each.words), key=lambda words: words[0])

    def last_ms(self) -> float:
        """The time of the last event."""
        return max((one.ms for each in self.lanes for one in each.records), default=0.0)

    def _name(self, process: int, table: Table, key: str, *fields: object) -> int:
        known = self._ids.get((process, table, key))
        if known is None:
            known = 1 + sum(1 for at, kind, _ in self._ids if (at, kind) == (process, table))
            self._ids[process, table, key] = known
            self._names[process] = self._names.get(process, b"") + entry(table, known, *fields)
        return known

    def _begin(self, each: LaneBuilder) -> None:
        pid = PIDS + each.process
        self._name(each.process, Table.PROCESS, "", pid, 1, "3.13.0", "gil", "main" if each.process == 1 else "spawn", "0x10")
        self._worker(each.process, each.name)

    def _worker(self, process: int, name: str) -> int:
        known = next((each for each in self.lanes if each.name == name), LaneBuilder(name))
        main = known.kind == "process"
        uid = known.uid or (f"pid:{PIDS + known.process}" if main else f"{PIDS + known.process}.a/{name}")
        return self._name(process, Table.WORKER, name, uid, known.kind, name, 500 + len(name), known.flags, 0)

    def _resource(self, process: int, name: str) -> int:
        known = self._kinds.get(name, ResourceBuilder(name, "Lock"))
        capacity = "" if known.capacity is None else known.capacity
        return self._name(process, Table.RESOURCE, name, known.uid, known.kind, name, capacity, 0)

    def _row(self, each: LaneBuilder, one: Record) -> bytes:
        process = each.process
        resource = one.plain_resource or (self._resource(process, one.resource) if one.resource else 0)
        site = self._name(process, Table.SITE, str(one.line), FILE, one.line, "work") if one.line else 0
        return record(one.ms, one.kind, self._worker(process, each.name), resource=resource, site=site, arg=self._arg(process, one))

    def _arg(self, process: int, one: Record) -> int:
        if not isinstance(one.arg, str):
            return one.arg
        if not one.arg:
            return 0
        if ARG[Kind(one.kind)] is Meaning.TEXT:
            return self._name(process, Table.TEXT, one.arg, one.arg)
        return self._worker(process, one.arg)


def timeline(*parts: LaneBuilder | ResourceBuilder, now: float | None = None, ended: float | None = None, **exit_: Any) -> Timeline:
    """A run of these lanes. `ended`: its program ended then, with the exit given; else it runs, and it is `now`."""
    written = Written(*parts)
    built = Timeline()
    for process in sorted(written.records):
        built.add_meta(process, ns(0), {"what": "process", "pid": PIDS + process, "key": f"{PIDS + process}.a"})
    built.add_meta(0, ns(0), {"what": "go"})
    for process, names in written.names().items():
        built.add_names(process, names)
    for process, records in written.records.items():
        built.add_events(process, records)
    for read_ms, stream, data in written.words():
        built.add_output(ns(read_ms), stream, data)
    if ended is not None:
        built.add_meta(0, ns(ended), {"what": "exit", "code": 0, "signal": 0, "cpu_seconds": 0.0, "children_left": 0} | exit_)
    known = [ms for ms in (now, ended) if ms is not None] or [written.last_ms()]
    built.settle(ns(max(known)))
    return built


def recorded(path: Path, *parts: LaneBuilder | ResourceBuilder, ended: float | None = None, **launch: Any) -> Path:
    """The same as a recording of one run."""
    written = Written(*parts)
    frames = [head(format=1, launch={"script": FILE, "title": "", "model": ""} | launch)]
    frames += [meta("process", ns(0), process, pid=PIDS + process, key=f"{PIDS + process}.a") for process in sorted(written.records)]
    frames.append(meta("go", ns(0)))
    last = ns(written.last_ms() if ended is None else ended)
    frames += [frame(Frame.NAMES, last, names, process) for process, names in written.names().items()]
    frames += [frame(Frame.EVENTS, last, records, process) for process, records in written.records.items()]
    frames += [frame(Frame.OUTPUT, ns(read_ms), bytes([stream]) + data) for read_ms, stream, data in written.words()]
    frames.append(frame(Frame.SOURCE, ns(0), json.dumps({"path": FILE, "text": "print('hello')\n" * 20}).encode()))
    if ended is not None:
        frames.append(meta("exit", last, code=0, signal=0, cpu_seconds=0.01, children_left=0))
        frames.append(meta("close", last))
    path.write_bytes(b"".join(frames))
    return path


def worker(built: Timeline, name: str) -> int:
    """The index of the worker of that name."""
    return next(each.index for each in built.workers if each.name == name)


def spans(built: Timeline, name: str) -> list[tuple[str, float, float]]:
    """A worker's whole life as (state, from ms, to ms)."""
    found = built.lane(worker(built, name)).between(0, 1 << 62)
    return [(span.state.name.lower(), (span.from_ns - BASE_NS) / 1e6, (span.to_ns - BASE_NS) / 1e6) for span in found]
