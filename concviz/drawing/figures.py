"""The line of figures under a pane: what matters most stays when it gets narrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.drawing.cells import line
from concviz.drawing.durations import SECOND_NS, duration
from concviz.drawing.letters import width

if TYPE_CHECKING:
    from concviz.drawing.cells import Cells, Part
    from concviz.timeline.timeline import Timeline

SEPARATOR = " · "
"""Between two figures."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What is told of a run, as far as it is known."""

    workers: int
    events: int
    wall_ns: int
    cpu_s: float | None
    """CPU seconds of all its processes; None: not measured."""
    dropped: int
    """Events that were lost since the ring was full."""
    speed_up: float | None = None
    """How many times faster than the run it is compared with; None: there is none."""
    looking: str = ""
    """How often it was looked at from outside, and what that cost; "" nothing is known of it."""
    earliest: str = ""
    """From when on its events are in memory, and where the older ones are; "" all are."""


def sums(timeline: Timeline, speed_up: float | None = None) -> Sums:
    """What a run came to so far. `speed_up`: against the run that it is compared with, if any."""
    told = timeline.figures()
    return Sums(told.workers, told.events, told.wall_ns, told.cpu_s, told.dropped, speed_up, looking(timeline), earliest(timeline))


def earliest(timeline: Timeline) -> str:
    """As "from 12.3 s on; older events: on disk"; "" when everything is there."""
    horizon = timeline.horizon
    if not horizon.from_ns:
        return ""
    return f"from {duration(max(horizon.from_ns - timeline.zero_ns, 0))} on; older events: {horizon.where}"


def looking(timeline: Timeline) -> str:
    """As "looked at 1,020/s for 3.1% of a core"; "" before anything is known of it."""
    measure = timeline.meta.measure
    if measure is None or not measure.budget:
        return "not looked at from outside" if measure is not None else ""
    return f"looked at {measure.gil_per_s + measure.seats_per_s:,.0f}/s for {measure.share:.1%} of a core"


def figures(sums: Sums, columns: int) -> Cells:
    """One row: workers, events, wall and CPU time, speed-up, and a warning when events were lost."""
    parts = _parts(sums)
    kept: set[int] = set()
    for place in sorted(range(len(parts)), key=lambda at: parts[at][0]):
        if _length([parts[at] for at in sorted({*kept, place})]) <= columns:
            kept.add(place)
    shown: list[Part] = []
    for at in sorted(kept):
        _, text, style = parts[at]
        shown += [(SEPARATOR, "frame.quiet"), (text, style)] if shown else [(text, style)]
    return line(shown, columns)


def _parts(sums: Sums) -> list[tuple[int, str, str]]:
    """(rank, text, style) from left to right; rank 0 is the last to go."""
    parts = [
        (3, counted(sums.workers, "worker"), "text.dim"),
        (5, counted(sums.events, "event"), "text.dim"),
        (2, f"wall {duration(sums.wall_ns)}", "text"),
    ]
    if sums.cpu_s is not None:
        parts.append((4, f"cpu {duration(round(sums.cpu_s * SECOND_NS))}", "text.dim"))
    if sums.speed_up is not None:
        parts.append((1, f"{sums.speed_up:.2f}×", "text.strong"))
    if sums.looking:
        parts.append((6, sums.looking, "text.dim"))
    if sums.earliest:
        parts.append((1, sums.earliest, "text.warn"))
    if sums.dropped:
        parts.append((0, f"{sums.dropped:,} lost", "text.warn"))
    return parts


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 worker", "4 workers", "12,000 events"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _length(parts: list[tuple[int, str, str]]) -> int:
    return sum(width(text) for _, text, _ in parts) + len(SEPARATOR) * (len(parts) - 1)
