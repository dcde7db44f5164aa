"""What a trigger was set for: each time that it fired, as it was measured then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.findings.finding import Check, Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.timeline import Timeline

MOST = 100
"""So many are listed."""


def find(timeline: Timeline, _: Mapping[str, float]) -> Iterator[Finding]:
    """Each by itself, by when it was noticed."""
    workers = {worker.uid: worker.index for worker in timeline.workers if worker.uid}
    for at_ns, words, worker in timeline.meta.notes[:MOST]:
        who = (workers[worker],) if worker in workers else ()
        yield Finding("trigger", Weight.NOTE, at_ns, at_ns, words, "This is what --trigger was set for.", who)


CHECK = Check("trigger", "what --trigger was set for", find)
