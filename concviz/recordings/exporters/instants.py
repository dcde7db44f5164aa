"""Moments that a trace marks: what a program printed and marked, what failed, what was complained about and found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import STDERR, Kind
from concviz.findings import turns
from concviz.findings.search import search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline

WORDS_LIMIT = 1000
"""Longer words are cut in a trace."""

TOLD = {
    Kind.MARK: "mark",
    Kind.MARK_BEGUN: "mark begins",
    Kind.MARK_OVER: "mark is over",
    Kind.COMPLAINT: "complaint",
    Kind.FAILED: "failed",
}
"""Kinds of events that carry words, and what they are called."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment."""

    time_ns: int
    worker: int
    """Whose; 0: nobody's in particular."""
    kind: str
    """stdout, stderr, mark, complaint, failed or finding."""
    words: str


def instants(timeline: Timeline) -> Iterator[Instant]:
    """All of them, kind after kind."""
    yield from told(timeline)
    yield from found(timeline)


def told(timeline: Timeline) -> Iterator[Instant]:
    """What the program said and marked."""
    for line in timeline.output:
        yield Instant(line.time_ns, line.worker, "stderr" if line.stream == STDERR else "stdout", line.text[:WORDS_LIMIT])
    events = timeline.events
    for row in np.flatnonzero(np.isin(events.kind, list(TOLD))).tolist():
        event = timeline.event(row)
        yield Instant(event.time_ns, event.worker, TOLD[Kind(event.kind)], timeline.texts[event.arg][:WORDS_LIMIT])


def found(timeline: Timeline) -> Iterator[Instant]:
    """What was found in it. Takes memory for a moment, as do lanes for good."""
    findings = search(timeline)
    turns.forget(timeline)
    for finding in findings:
        worker = next(iter(finding.workers), 0)
        yield Instant(finding.from_ns, worker, "finding", f"{finding.kind}: {finding.words}"[:WORDS_LIMIT])
