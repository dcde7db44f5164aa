"""Every event as a row of comma-separated values, under a line of names. UTF-8, as RFC 4180 has it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from concviz.events import ARG, STDERR, Kind, Meaning
from concviz.recordings.exporters.words import kind_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from concviz.timeline.timeline import Timeline

COLUMNS = {
    "run": "the pane's place, from 1",
    "time_ns": "from the run's start; below 0: before it",
    "pid": "of the worker's process",
    "worker": "who",
    "worker_kind": "process (its main thread), thread or task",
    "event": "what it did",
    "resource": "to what: its name, else what it is",
    "resource_kind": "Lock, Queue ...",
    "file": "where in the program",
    "line": "likewise",
    "function": "likewise",
    "other": "another worker that has part in it",
    "number": "what was counted or measured",
    "text": "words that go with it",
}
"""Column -> what is in it; empty: nothing, or unknown."""

ROWS = 1 << 14
"""So many events are told at a time."""


def write(title: str, timelines: Sequence[Timeline], out: BinaryIO) -> None:
    """All runs in one table, one after the other; the format has no place for a title."""
    del title
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for run, timeline in enumerate(timelines, 1):
        for part in _parts(timeline, run):
            rows.writerows(part)
            out.write(text.getvalue().encode("utf-8", "replace"))
            text.seek(0)
            text.truncate()
    out.write(text.getvalue().encode())


def _parts(timeline: Timeline, run: int) -> Iterator[list[tuple[object, ...]]]:
    events = timeline.events
    for at in range(0, len(events), ROWS):
        columns = (events.time_ns, events.worker, events.kind, events.resource, events.site, events.arg)
        lists = (column[at : at + ROWS].tolist() for column in columns)
        yield [_row(timeline, run, *event) for event in zip(*lists, strict=True)]


def _row(timeline: Timeline, run: int, time_ns: int, worker: int, kind: int, resource: int, site: int, arg: int) -> tuple[object, ...]:  # noqa: PLR0913, PLR0917 - the columns of an event
    who, where = timeline.workers[worker], timeline.sites[site]
    home = timeline.processes.get(who.process)
    start = (run, time_ns - timeline.zero_ns, home.pid if home else "", who.name, who.kind, kind_name(kind))
    place = (where.file, where.line or "", where.function)
    return (*start, *_thing(timeline, kind, resource), *place, *_rest(timeline, kind, arg))


def _thing(timeline: Timeline, kind: int, resource: int) -> tuple[str, str]:
    if kind == Kind.OUTPUT:
        return "stderr" if resource == STDERR else "stdout", "stream"
    known = timeline.resources[resource]
    return known.name or known.kind, known.kind


def _rest(timeline: Timeline, kind: int, arg: int) -> tuple[str, int | str, str]:
    """Other worker, number, text."""
    meaning = MEANINGS.get(kind, Meaning.NUMBER)
    if meaning is Meaning.WORKER:
        return timeline.workers[arg].name, "", ""
    if meaning is Meaning.TEXT:
        return "", "", timeline.texts[arg]
    return "", arg >> 32 if kind == Kind.OUTPUT else arg, ""


MEANINGS = {int(kind): meaning for kind, meaning in ARG.items()}
"""Of arg, by the number of the kind."""
