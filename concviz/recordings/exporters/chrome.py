"""Chrome's trace: one JSON object, an event a line. Times are in µs from the first thing that is known."""

from __future__ import annotations

from itertools import count
from json import dumps
from typing import TYPE_CHECKING, Any

from concviz import __version__
from concviz.recordings.exporters.flows import flows
from concviz.recordings.exporters.instants import instants
from concviz.recordings.exporters.tracks import begin_ns, counters, process_names, spans, tracks
from concviz.recordings.exporters.words import deed_name, place_words, span_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from concviz.recordings.exporters.tracks import Track
    from concviz.timeline.timeline import Timeline

ROWS = 1 << 14
"""So many spans are told at a time."""


def write(title: str, timelines: Sequence[Timeline], out: BinaryIO) -> None:
    """All runs in one trace."""
    base_ns = begin_ns(timelines)
    lost = sum(timeline.figures().dropped for timeline in timelines)
    told = {"title": title, "concviz": __version__, "begins_at_monotonic_ns": base_ns, "events_lost": lost}
    out.write(f'{{"displayTimeUnit":"ns","otherData":{dumps(told)},"traceEvents":[\n'.encode())
    numbers, before = count(1), ""
    for timeline in timelines:
        for event in _Run(timeline, base_ns, numbers).events():
            out.write(f"{before}{event}".encode())
            before = ",\n"
    out.write(b"\n]}\n")


class _Run:
    """Owns the numbers of one run's tracks."""

    def __init__(self, timeline: Timeline, base_ns: int, numbers: Iterator[int]) -> None:
        self._timeline = timeline
        self._base_ns = base_ns
        self._numbers = numbers
        self._tracks = {track.worker: track for track in tracks(timeline)}

    def events(self) -> Iterator[str]:
        """All, as JSON."""
        for pid, name in process_names(self._timeline).items():
            yield _json(ph="M", name="process_name", pid=pid, args={"name": name})
        for place, track in enumerate(self._tracks.values()):
            yield _json(ph="M", name="thread_name", pid=track.pid, tid=track.tid, args={"name": track.name})
            yield _json(ph="M", name="thread_sort_index", pid=track.pid, tid=track.tid, args={"sort_index": place})
        for track in self._tracks.values():
            yield from self._spans(track)
        yield from self._flows()
        for counter in counters(self._timeline):
            head = f'{{"ph":"C","pid":{counter.pid},"name":{dumps(counter.name)},"ts":'
            for time_ns, value in zip(counter.time_ns.tolist(), counter.value.tolist(), strict=True):
                yield f'{head}{self._us(time_ns)},"args":{{"value":{value}}}}}'
        yield from self._instants()

    def _spans(self, track: Track) -> Iterator[str]:
        lived = spans(self._timeline, track.worker)
        heads: dict[tuple[int, int], str] = {}
        tails: dict[int, str] = {}
        for at in range(0, len(lived.from_ns), ROWS):
            columns = (column[at : at + ROWS].tolist() for column in (lived.from_ns, lived.to_ns, lived.state, lived.resource, lived.site))
            for from_ns, to_ns, state, resource, site in zip(*columns, strict=True):
                head = heads.get((state, resource))
                if head is None:
                    name = dumps(span_name(self._timeline, state, resource))
                    head = heads[state, resource] = f'{{"ph":"X","cat":"state","pid":{track.pid},"tid":{track.tid},"name":{name},"ts":'
                tail = tails.get(site)
                if tail is None:
                    place = place_words(self._timeline, site)
                    tail = tails[site] = f',"args":{{"at":{dumps(place)}}}}}' if place else "}"
                yield f'{head}{self._us(from_ns)},"dur":{_us(to_ns - from_ns)}{tail}'

    def _flows(self) -> Iterator[str]:
        made = flows(self._timeline)
        columns = (made.from_ns, made.from_worker, made.to_ns, made.to_worker, made.kind, made.resource)
        for from_ns, giver, to_ns, taker, kind, resource in zip(*(column.tolist() for column in columns), strict=True):
            one, other = self._tracks.get(giver), self._tracks.get(taker)
            if one is not None and other is not None:
                both = f'"cat":"wakes","name":{dumps(deed_name(self._timeline, kind, resource))},"id":{next(self._numbers)}'
                yield f'{{"ph":"s",{both},"pid":{one.pid},"tid":{one.tid},"ts":{self._us(from_ns)}}}'
                yield f'{{"ph":"f","bp":"e",{both},"pid":{other.pid},"tid":{other.tid},"ts":{self._us(to_ns)}}}'

    def _instants(self) -> Iterator[str]:
        for instant in instants(self._timeline):
            track = self._tracks.get(instant.worker)
            where = f'"s":"t","pid":{track.pid},"tid":{track.tid}' if track else '"s":"g","pid":0,"tid":0'
            name = dumps(f"{instant.kind}: {instant.words}")
            yield f'{{"ph":"i","cat":"{instant.kind}","name":{name},{where},"ts":{self._us(instant.time_ns)}}}'

    def _us(self, time_ns: int) -> str:
        return _us(max(time_ns - self._base_ns, 0))


def _us(ns: int) -> str:
    return f"{ns // 1000}.{ns % 1000:03}"


def _json(**fields: Any) -> str:
    return dumps(fields, separators=(",", ":"))
