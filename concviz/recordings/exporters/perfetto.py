"""Perfetto's own trace: track events in Protocol Buffers, a sequence of packets for each track.

Field numbers are those of perfetto/trace/trace_packet.proto and track_event.proto. Times are the recording's own, in ns.
"""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from concviz.recordings.exporters.flows import flows
from concviz.recordings.exporters.instants import found, told
from concviz.recordings.exporters.protobuf import fixed64, joined, message, number, one
from concviz.recordings.exporters.tracks import counters, process_names, spans, tracks
from concviz.recordings.exporters.words import deed_name, span_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from concviz.recordings.exporters.flows import Flows
    from concviz.recordings.exporters.instants import Instant
    from concviz.recordings.exporters.protobuf import Piece
    from concviz.recordings.exporters.tracks import Counter, Spans, Track
    from concviz.timeline.timeline import Timeline

ROWS = 1 << 14
"""So many spans are made into packets at a time."""

PACKET, TIMESTAMP, SEQUENCE, TRACK_EVENT, INTERNED, FLAGS, DEFAULTS, DESCRIPTOR = 1, 8, 10, 11, 12, 13, 59, 60
"""Fields of a packet."""

CLEARED, NEEDS_STATE = 1, 2
"""Flags: a sequence of packets begins; it cannot be read without what was interned before."""

TYPE, NAME_ID, TRACK, CATEGORY, NAME, VALUE, PLACE_ID, FLOW_OUT, FLOW_IN = 9, 10, 11, 22, 23, 30, 34, 47, 48
"""Fields of a track event."""

BEGIN, END, INSTANT, COUNT = 1, 2, 3, 4
"""Types of track events."""

TIME_UNIT, COUNT_UNIT = 1, 2
"""Units of counters: ns, or none."""

NAMES, PLACES = 2, 4
"""Fields of interned data."""

Column = npt.NDArray[np.int64]
"""One number a row."""


def write(title: str, timelines: Sequence[Timeline], out: BinaryIO) -> None:
    """All runs in one trace; the format has no place for a title."""
    del title
    numbers = count(1)
    for timeline in timelines:
        _Trace(timeline, numbers, out).write()


class _Trace:
    """Owns the ids of one run's tracks while its packets are written."""

    def __init__(self, timeline: Timeline, numbers: Iterator[int], out: BinaryIO) -> None:
        self._timeline = timeline
        self._numbers = numbers
        self._out = out
        self._processes: dict[int, int] = {}
        self._tracks: dict[int, int] = {}

    def write(self) -> None:
        """Tracks, spans with flows, counters, instants."""
        findings = list(found(self._timeline))  # these two first, since they take memory for a moment
        self._timeline.forget_lanes()
        made = flows(self._timeline)
        for pid, name in process_names(self._timeline).items():
            self._processes[pid] = self._describe(one(3, one(1, pid) + one(6, name)))
        lanes = tracks(self._timeline)
        for track in lanes:
            self._tracks[track.worker] = self._describe(self._named(track))
        first = next(self._numbers) << 32
        for track in lanes:
            _Lane(self._timeline, self._tracks[track.worker], spans(self._timeline, track.worker)).write(
                self._out, made, track.worker, first
            )
            self._timeline.forget_lanes()
        for counter in counters(self._timeline):
            self._count(counter)
        self._tell(chain(told(self._timeline), findings))

    def _describe(self, fields: bytes) -> int:
        """A track; gives its id, which is its sequence's too."""
        track = next(self._numbers)
        self._out.write(one(PACKET, one(SEQUENCE, track) + one(DESCRIPTOR, one(1, track) + fields)))
        return track

    def _named(self, track: Track) -> bytes:
        if track.real and track.pid:
            return one(4, one(1, track.pid) + one(2, track.tid) + one(5, track.name))
        return one(2, track.name) + self._below(track.pid)

    def _below(self, pid: int) -> bytes:
        parent = self._processes.get(pid)
        return one(5, parent) if parent else b""

    def _count(self, counter: Counter) -> None:
        track = self._describe(
            one(2, counter.name) + self._below(counter.pid) + one(8, one(3, TIME_UNIT if counter.is_time else COUNT_UNIT))
        )
        self._out.write(_first(track, b""))
        for part in _parts(len(counter.value)):
            rows = counter.value[part]
            self._out.write(joined(_packet(track, counter.time_ns[part], [_kind(COUNT, len(rows)), number(VALUE, rows)])))

    def _tell(self, found: Iterator[Instant]) -> None:
        """Moments stand on their worker's track; those that are nobody's, on one of their own."""
        nobody = self._describe(one(2, "concviz"))
        for instant in found:
            track = self._tracks.get(instant.worker, nobody)
            words = one(TYPE, INSTANT) + one(TRACK, track) + one(CATEGORY, instant.kind) + one(NAME, f"{instant.kind}: {instant.words}")
            self._out.write(one(PACKET, one(TIMESTAMP, instant.time_ns) + one(SEQUENCE, nobody) + one(TRACK_EVENT, words)))


class _Lane:
    """Owns the names of one worker's sequence."""

    def __init__(self, timeline: Timeline, track: int, lived: Spans) -> None:
        self._timeline = timeline
        self._track = track
        self._spans = lived
        self._names: dict[str, int] = {}

    def write(self, out: BinaryIO, made: Flows, worker: int, first: int) -> None:
        """Its spans, and the ends of flows. `first`: the id of the flow before the first."""
        names = self._ids(span_name, self._spans.state, self._spans.resource)
        comes, goes = np.flatnonzero(made.to_worker == worker), np.flatnonzero(made.from_worker == worker)
        deeds = self._ids(deed_name, made.kind[goes], made.resource[goes])
        arrives = self._ids(deed_name, made.kind[comes], made.resource[comes])
        out.write(_first(self._track, self._interned()))
        flow = np.zeros(len(names), dtype=np.int64)
        met = self._met(made.to_ns[comes])
        flow[met[met >= 0]] = comes[met >= 0] + first + 1
        out.writelines(joined(self._packets(part, names[part], flow[part])) for part in _parts(len(names)))
        late = met < 0  # a worker that goes on in the state that it had
        self._moments(out, FLOW_OUT, made.from_ns[goes], deeds, goes + first + 1)
        self._moments(out, FLOW_IN, made.to_ns[comes[late]], arrives[late], comes[late] + first + 1)

    def _met(self, times: Column) -> Column:
        """The spans that begin at these times; -1 where none does."""
        starts = self._spans.from_ns
        if not len(starts):
            return np.full(len(times), -1)
        rows = np.minimum(np.searchsorted(starts, times), len(starts) - 1)
        return np.where(starts[rows] == times, rows, -1)

    def _ids(self, name: Any, first: npt.NDArray[Any], second: npt.NDArray[Any]) -> Column:
        """Ids of names that depend on two numbers."""
        keys, rows = np.unique(first.astype(np.int64) << 32 | second, return_inverse=True)
        words = [name(self._timeline, key >> 32, key & 0xFFFF_FFFF) for key in keys.tolist()]
        return np.array([self._names.setdefault(word, len(self._names) + 1) for word in words], dtype=np.int64)[rows]

    def _interned(self) -> bytes:
        names = [one(NAMES, one(1, ident) + one(2, name)) for name, ident in self._names.items()]
        sites = np.unique(self._spans.site[self._spans.site > 0]).tolist()
        known = [self._timeline.sites[site] for site in sites]
        places = [one(PLACES, one(1, site.index) + one(2, site.file) + one(3, site.function) + one(4, site.line)) for site in known]
        return b"".join([*names, *places])

    def _packets(self, part: slice, names: Column, flow: Column) -> list[Piece]:
        """Two packets a span."""
        site = self._spans.site[part]
        begun = [_kind(BEGIN, len(names)), number(NAME_ID, names), number(PLACE_ID, site, site > 0), fixed64(FLOW_IN, flow, flow > 0)]
        ended = [_kind(END, len(names))]
        return _packet(self._track, self._spans.from_ns[part], begun) + _packet(self._track, self._spans.to_ns[part], ended)

    def _moments(self, out: BinaryIO, field: int, times: Column, names: Column, ids: Column) -> None:
        for part in _parts(len(times)):
            rows = [_kind(INSTANT, len(times[part])), number(NAME_ID, names[part]), fixed64(field, ids[part])]
            out.write(joined(_packet(self._track, times[part], rows)))


def _parts(rows: int) -> Iterator[slice]:
    return (slice(at, min(at + ROWS, rows)) for at in range(0, rows, ROWS))


def _first(track: int, interned: bytes) -> bytes:
    """The first packet of a sequence: what its others leave out."""
    defaults = one(DEFAULTS, one(11, one(TRACK, track)))
    return one(PACKET, one(SEQUENCE, track) + one(FLAGS, CLEARED) + defaults + (one(INTERNED, interned) if interned else b""))


def _kind(kind: int, rows: int) -> Piece:
    return number(TYPE, np.full(rows, kind))


def _packet(track: int, times: Column, event: list[Piece]) -> list[Piece]:
    """A packet a row, with a track event of these fields."""
    rows = len(times)
    own = [number(TIMESTAMP, times), number(SEQUENCE, np.full(rows, track)), number(FLAGS, np.full(rows, NEEDS_STATE))]
    return message(PACKET, [*own, *message(TRACK_EVENT, event)])
