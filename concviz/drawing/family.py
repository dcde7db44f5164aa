"""The tree of workers: who made whom, what each does at a time, and whom it waits for.

A row reads "├─ Task-3 fetch  ┈ await → Task-5 read". Of many siblings the first are shown, and how many more there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.drawing.cells import Canvas
from concviz.drawing.labels import label
from concviz.drawing.letters import shortened
from concviz.drawing.palette import FOCUS, look_of
from concviz.timeline.family import tree
from concviz.timeline.needs import need_of
from concviz.timeline.states import WAITING, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells, Part
    from concviz.timeline.family import Member
    from concviz.timeline.timeline import Timeline

FEW = 4
"""So many siblings are shown where not all have room."""

NAME_CELLS, WHAT_CELLS = 32, 20
"""The most that a name takes, of a worker and of what it waits for."""

NAMED = 3
"""So many of those that one waits for are named."""

DEEPEST = 12
"""Deeper places are drawn no further to the right."""


def family(timeline: Timeline, workers: Sequence[int], focus: int, time_ns: int, size: tuple[int, int]) -> Cells:
    """These workers as a tree at an absolute time, in at most (width, height) cells; the focused one always has a row."""
    columns, height = size
    whole = tree(timeline, workers)
    members: Sequence[Member | _More] = whole if len(whole) <= height else _folded(whole, focus)
    shown, below = _window(members, focus, height)
    canvas = Canvas(columns, len(shown) + bool(below))
    if below:
        canvas.put(len(shown), 0, f"… {below} rows more", "text.dim")
    for row, member in enumerate(shown):
        parts = _more(timeline, member, time_ns) if isinstance(member, _More) else _row(timeline, member, focus, time_ns)
        canvas.put_parts(row, 0, parts)
        if not isinstance(member, _More) and member.worker and member.worker == focus:
            canvas.modify("chosen", slice(row, row + 1), slice(0, columns))
    return canvas.cells()


class _More:
    """Stands for the siblings, and all below them, that are not shown."""

    __slots__ = ("last", "worker", "workers")

    def __init__(self, last: tuple[bool, ...]) -> None:
        self.last, self.worker = last, 0
        self.workers: list[int] = []


def _folded(members: Sequence[Member], focus: int) -> list[Member | _More]:
    """Without those beyond the first few of a parent, unless they lead to the focused one."""
    path = _path(members, focus)
    found: list[Member | _More] = []
    counts: list[int] = []
    mores: list[_More | None] = []
    hidden = 0
    folded: _More | None = None
    for member in members:
        if hidden:
            hidden -= 1
            if member.worker and folded is not None:
                folded.workers.append(member.worker)
            continue
        del counts[member.depth + 1 :], mores[member.depth + 1 :]
        while len(counts) <= member.depth:
            counts.append(0)
            mores.append(None)
        counts[member.depth] += 1
        more = mores[member.depth]
        if counts[member.depth] <= FEW or id(member) in path:
            found.append(member)
            if more is not None:
                more.last = (*more.last[:-1], False)
            continue
        if more is None:
            more = mores[member.depth] = _More((*member.last[:-1], True))
            found.append(more)
        more.workers += [member.worker] if member.worker else []
        hidden, folded = member.size, more
    return found


def _path(members: Sequence[Member], focus: int) -> set[int]:
    """The focused one's place, and those above it."""
    above: list[Member] = []
    for member in members:
        del above[member.depth :]
        above.append(member)
        if focus and member.worker == focus:
            return {id(one) for one in above}
    return set()


def _window(members: Sequence[Member | _More], focus: int, height: int) -> tuple[Sequence[Member | _More], int]:
    """(as many rows as have room, the focused one among them; how many come below them, which takes a row to say)."""
    if len(members) <= height or height < 2:
        return members[: max(height, 0)], 0
    place = next((at for at, member in enumerate(members) if focus and member.worker == focus), 0)
    first = max(min(place - height // 2, len(members) - height), 0)
    below = len(members) - first - height
    return members[first : first + height - bool(below)], below + 1 if below else 0


def _branch(last: tuple[bool, ...]) -> Part:
    levels = last[1:][-DEEPEST:]
    if not levels:
        return "", ""
    return "".join("   " if ended else "│  " for ended in levels[:-1]) + ("└─ " if levels[-1] else "├─ "), "frame.quiet"


def _more(timeline: Timeline, more: _More, time_ns: int) -> list[Part]:
    alive = int(np.count_nonzero(timeline.ends_ns[more.workers] > time_ns))
    return [_branch(more.last), (f"… {len(more.workers)} more, {alive} not ended", "text.dim")]


def _row(timeline: Timeline, member: Member, focus: int, time_ns: int) -> list[Part]:
    if not member.worker:
        name = timeline.resources[member.group].name or "TaskGroup"
        return [_branch(member.last), ("TaskGroup ", "text.dim"), (shortened(name, WHAT_CELLS), "text.name")]
    worker = timeline.workers[member.worker]
    chosen = member.worker == focus
    name = label(worker.name or "unknown", NAME_CELLS)
    head: list[Part] = [
        _branch(member.last),
        (f"{FOCUS} " if chosen else "", "mark.focus"),
        (name, "text.focus" if chosen else "text.name"),
    ]
    kind = "" if worker.kind == "task" else f" {worker.kind}"
    return [*head, (kind, "text.dim"), ("  ", ""), *_doing(timeline, member.worker, time_ns)]


def _doing(timeline: Timeline, worker: int, time_ns: int) -> list[Part]:
    """What it does then: its state's glyph and word, and whom or what it waits for."""
    lane = timeline.lane(worker)
    if not len(lane.times) or time_ns < lane.times[0]:
        return [("not started", "text.dim")]
    span = lane.at(time_ns)
    look = look_of(span.state)
    if span.state in {State.DONE, State.FAILED, State.NONE}:
        return [(look.short, "state.failed" if span.state is State.FAILED else "text.dim")]
    parts: list[Part] = [(f"{look.glyph} {look.short}", look.style)]
    if span.state not in WAITING or span.state is State.GIL:
        return parts
    need = need_of(timeline, worker, span, time_ns)
    what = timeline.resources[need.resource].name if need.resource else ""
    parts += [(" ", ""), (shortened(what, WHAT_CELLS), "text.name")] if what else []
    if need.by:
        names = ", ".join(label(timeline.workers[one].name or "unknown", WHAT_CELLS) for one in need.by[:NAMED])
        rest = f" +{len(need.by) - NAMED}" if len(need.by) > NAMED else ""
        parts += [(" → ", look.style), (names, "text.name"), (rest, "text.dim")]
    return parts
