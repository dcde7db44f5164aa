"""Who waits for whom: a row for each wait, circles first and marked as such.

A row reads "Anna ─waits 2.7 s for→ bread ─held by→ Ben  kitchen.py:14".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas
from concviz.drawing.durations import duration
from concviz.drawing.labels import label
from concviz.drawing.letters import shortened, width
from concviz.drawing.palette import look_of
from concviz.events import Kind
from concviz.timeline import chains
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.drawing.cells import Cells, Part
    from concviz.timeline.chains import Waits
    from concviz.timeline.needs import Need
    from concviz.timeline.timeline import Timeline

CIRCLE = "state.failed"
"""The style of what stands in a circle."""

VERBS: dict[int, str] = {
    Kind.REQUESTED: "given back by",
    Kind.GET_WAIT: "filled by",
    Kind.PUT_WAIT: "emptied by",
    Kind.IO_WAIT: "emptied by",
    Kind.WAIT: "signalled by",
}
"""What others have done before that would end the wait now."""

ENDS = frozenset({Kind.JOIN, Kind.AWAIT})
"""Waits for a worker's end."""

NAMED = 3
"""So many workers are named; the others are counted."""

NAME_CELLS = (64, 14, 8)
"""The most that a name takes: tried one after the other until the row fits."""

INDENT = 2


def waits_for(timeline: Timeline, time_ns: int, width_cells: int, height: int) -> Cells:
    """All waits at an absolute time, in so many columns and rows at most; the last row says how many have no room."""
    rows = list(_rows(timeline, chains.waits_for(timeline, time_ns), time_ns, width_cells))
    shown = rows if len(rows) <= height else rows[: max(height - 1, 0)]
    canvas = Canvas(width_cells, min(len(rows), max(height, 0)))
    for row, parts in enumerate(shown):
        canvas.put_parts(row, 0, parts)
    if len(shown) < len(rows):
        canvas.put(len(shown), 0, f"… {len(rows) - len(shown)} more", "text.dim")
    return canvas.cells()


def _rows(timeline: Timeline, found: Waits, time_ns: int, room: int) -> Iterator[list[Part]]:
    for circle in found.circles:
        head = f"circle of {len(circle)}: each waits for the next" if len(circle) > 1 else "waits for itself"
        yield [(head, CIRCLE)]
        for need in circle:
            yield [(" " * INDENT, ""), *_fitting(timeline, need, time_ns, room - INDENT, CIRCLE)]
    for need in found.others:
        yield _fitting(timeline, need, time_ns, room, look_of(need.state).style)
    if not (found.circles or found.others):
        yield [("nobody waits for another one", "text.dim")]
    if found.more or found.outside:
        more = f"{found.more} wait too" if found.more else ""
        outside = f"{found.outside} {'sleeps or does' if found.outside == 1 else 'sleep or do'} I/O" if found.outside else ""
        yield [(" · ".join(part for part in (more, outside) if part), "text.dim")]


def _fitting(timeline: Timeline, need: Need, time_ns: int, room: int, style: str) -> list[Part]:
    """The longest form that has room, else the shortest."""
    parts: list[Part] = []
    for cells in NAME_CELLS:
        for place in (_place(timeline, need), ""):
            parts = _parts(timeline, need, time_ns, cells, style)
            parts += [("  ", ""), (place, "text.dim")] if place else []
            if sum(width(text) for text, _ in parts) <= room:
                return parts
    return parts


def _parts(timeline: Timeline, need: Need, time_ns: int, cells: int, style: str) -> list[Part]:
    def name(worker: int) -> str:
        return label(timeline.workers[worker].name or "unknown", cells)

    brief = cells == NAME_CELLS[-1]
    since = duration(max(time_ns - need.since_ns, 0))
    by = [part for worker in need.by[:NAMED] for part in ((", ", "text.dim"), (name(worker), "text.name"))][1:]
    by += [(f" +{len(need.by) - NAMED}", "text.dim")] if len(need.by) > NAMED else []
    head: list[Part] = [(name(need.worker), "text.name"), (" ", "")]
    if need.kind in ENDS:
        return [*head, (f"─{since}→" if brief else f"─waits {since} for the end of→", style), (" ", ""), *(by or [("unknown", "text.dim")])]
    head += [(f"─{since}→" if brief else f"─waits {since} for→", style), (" ", ""), (_what(timeline, need, cells), "text.name")]
    return [*head, (" ", ""), ("─by→" if brief else f"─{_verb(timeline, need)}→", style), (" ", ""), *by] if by else head


def _what(timeline: Timeline, need: Need, cells: int) -> str:
    if need.state is State.GIL:
        return "the GIL"
    if chains.is_idle(timeline, need):
        return "a job"
    known = timeline.resources[need.resource]
    return shortened(known.name or known.kind or look_of(need.state).short, cells)


def _verb(timeline: Timeline, need: Need) -> str:
    kind = timeline.resources[need.resource].kind
    if kind in {"Job", "Pool", "gather", "TaskGroup", "wait"}:
        return "done by"
    return "held by" if need.closed or need.state is State.GIL else VERBS.get(need.kind, "ended by")


def _place(timeline: Timeline, need: Need) -> str:
    site = timeline.sites[need.site]
    return f"{site.file.replace(chr(92), '/').rpartition('/')[2]}:{site.line}" if need.site else ""
