"""OpenTelemetry spans as OTLP in JSON: a span a worker's life, below it one for each thing it did, linked to who made it go on.

The recording knows no date: its clock counts from the machine's start, and so do the times here, as the attribute
`concviz.clock` says. Ids are made from what was recorded: the same recording gives the same bytes.
"""

from __future__ import annotations

from hashlib import blake2b
from json import dumps
from typing import TYPE_CHECKING, Any

import numpy as np

from concviz import __version__
from concviz.events import Kind
from concviz.recordings.exporters.flows import flows
from concviz.recordings.exporters.instants import instants
from concviz.recordings.exporters.tracks import begin_ns, process_names, spans, tracks
from concviz.recordings.exporters.words import place_words, span_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from concviz.recordings.exporters.tracks import Track
    from concviz.timeline.timeline import Timeline

CLOCK = "monotonic: ns since the recording machine's start"
"""What the times are."""

INTERNAL = 1
"""The kind of all our spans."""

FAILED = 2
"""The status of a span that went wrong."""


def write(title: str, timelines: Sequence[Timeline], out: BinaryIO) -> None:
    """All runs as one trace, with a resource for each process."""
    trace = _id(16, title, begin_ns(timelines), *(timeline.end_ns for timeline in timelines))
    out.write(b'{"resourceSpans":[')
    before = ""
    for run, timeline in enumerate(timelines):
        for group in _Run(timeline, trace, run).groups():
            out.write(before.encode())
            out.writelines(piece.encode() for piece in group)
            before = ","
    out.write(b"\n]}\n")


class _Run:
    """Owns the ids of one run's spans."""

    def __init__(self, timeline: Timeline, trace: str, run: int) -> None:
        self._timeline = timeline
        self._trace = trace
        self._run = run
        self._flows = flows(timeline)
        self._tracks = {track.worker: track for track in tracks(timeline)}
        rows = np.flatnonzero(self._flows.kind == Kind.SPAWNED)
        self._parents = dict(zip(self._flows.to_worker[rows].tolist(), self._flows.from_worker[rows].tolist(), strict=True))
        self._told: dict[int, list[dict[str, Any]]] = {}
        for instant in instants(timeline):
            event = {"timeUnixNano": str(instant.time_ns), "name": instant.kind, "attributes": _attributes({"words": instant.words})}
            self._told.setdefault(instant.worker, []).append(event)

    def groups(self) -> Iterator[Iterator[str]]:
        """The spans of each process, in pieces."""
        names = process_names(self._timeline)
        for pid in dict.fromkeys(track.pid for track in self._tracks.values()):
            yield self._group(pid, names.get(pid, ""))

    def _group(self, pid: int, name: str) -> Iterator[str]:
        attributes = _attributes({"service.name": name or "program", "process.pid": pid, "concviz.run": self._run, "concviz.clock": CLOCK})
        scope = dumps({"name": "concviz", "version": __version__})
        yield f'\n{{"resource":{dumps({"attributes": attributes})},"scopeSpans":[{{"scope":{scope},"spans":['
        before = "\n"
        for track in self._tracks.values():
            if track.pid == pid:
                for span in self._spans(track):
                    yield f"{before}{span}"
                    before = ",\n"
        yield "]}]}"

    def _spans(self, track: Track) -> Iterator[str]:
        timeline, lived = self._timeline, spans(self._timeline, track.worker)
        lane = timeline.lane(track.worker)
        first, last = lane.start_ns or 0, lane.stop_ns or lane.end_ns
        events = self._told.get(track.worker, [])
        failed = {"status": {"code": FAILED}} if any(event["name"] == "failed" for event in events) else {}
        life = self._life(track.worker)
        attributes = _attributes({"thread.id": track.tid if track.real else 0, "thread.name": track.name})
        above = {"parentSpanId": self._life(self._parents[track.worker])} if self._parents.get(track.worker) in self._tracks else {}
        yield self._span(life, track.name, (first, max(first, last)), attributes=attributes, events=events, **above, **failed)
        links = self._links(track.worker)
        columns = (column.tolist() for column in (lived.from_ns, lived.to_ns, lived.state, lived.resource, lived.site))
        for at, (from_ns, to_ns, state, resource, site) in enumerate(zip(*columns, strict=True)):
            place, link = place_words(timeline, site), links.get(from_ns)
            more: dict[str, Any] = {"attributes": _attributes({"code.location": place})} if place else {}
            if link is not None:
                more["links"] = [{"traceId": self._trace, "spanId": self._life(link)}]
            name = span_name(timeline, state, resource)
            yield self._span(_id(8, life, at), name, (from_ns, to_ns), parentSpanId=life, **more)

    def _links(self, worker: int) -> dict[int, int]:
        """When it went on -> because of whom."""
        rows = np.flatnonzero(self._flows.to_worker == worker)
        givers = self._flows.from_worker[rows].tolist()
        return {time_ns: giver for time_ns, giver in zip(self._flows.to_ns[rows].tolist(), givers, strict=True) if giver in self._tracks}

    def _span(self, ident: str, name: str, bounds: tuple[int, int], **more: Any) -> str:
        times = {"startTimeUnixNano": str(bounds[0]), "endTimeUnixNano": str(bounds[1])}
        return dumps({"traceId": self._trace, "spanId": ident, "name": name, "kind": INTERNAL, **times, **more}, separators=(",", ":"))

    def _life(self, worker: int) -> str:
        return _id(8, self._trace, self._run, worker)


def _id(size: int, *parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=size).hexdigest()


def _attributes(values: Mapping[str, str | int]) -> list[dict[str, Any]]:
    return [
        {"key": key, "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}}
        for key, value in values.items()
    ]
