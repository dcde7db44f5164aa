"""What workers share, at a moment: who holds each lock, how full each queue is, who waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas
from concviz.drawing.figures import SEPARATOR
from concviz.drawing.labels import label
from concviz.drawing.letters import shortened, width
from concviz.drawing.palette import EMPTY, FREE, FULL, HELD
from concviz.events import Kind
from concviz.timeline.states import GROUPS
from concviz.timeline.waits import resource_at, waiting_for_resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells, Part
    from concviz.timeline.named import Resource
    from concviz.timeline.timeline import Timeline
    from concviz.timeline.waits import ResourceState, Wait

LOCKS = frozenset({"Lock", "RLock"})
SEMAPHORES = frozenset({"Semaphore", "BoundedSemaphore"})
FLAGS = frozenset({"Event"})
BARRIERS = frozenset({"Barrier"})
COUNTERS = frozenset({"Counter"})
QUEUES = frozenset(next(group for group in GROUPS if "Queue" in group))
"""Kinds of resources by how they are drawn; any other has a row while somebody waits for it."""

LEVELS = dict.fromkeys(QUEUES, "") | dict.fromkeys(SEMAPHORES, " free") | dict.fromkeys(BARRIERS, " here")
"""Kinds with a bar, and what stands behind its number."""

ALWAYS = LOCKS | SEMAPHORES | FLAGS | BARRIERS | QUEUES | COUNTERS | {"Condition"}
"""Kinds that have a row from their first event on."""

NAME_LEAST, NAME_MOST, NAME_SHARE = 5, 14, 4
"""The names' column takes the width over the last at most, within the others."""

WORKER_CELLS = 8
"""The most that one worker's name takes."""

BAR_CELLS = 8
"""The longest bar; with more items a cell stands for several."""

LARGE = 1_000_000
"""A queue with that much room has no bound that could be drawn."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A resource at a moment, in names."""

    kind: str
    """Its type: "Lock", "Queue" ..."""
    name: str
    owners: tuple[str, ...] = ()
    putting: tuple[str, ...] = ()
    """Who waits for room in a queue."""
    waiting: tuple[str, ...] = ()
    """Who waits for anything else of it."""
    level: int | None = None
    """Items in a queue, permits left of a semaphore, 1 for an event that is set, arrived at a barrier; None: unknown."""
    capacity: int | None = None
    """The most that the level can be; None: no bound, or none known."""
    held_unseen: bool = False
    """A lock that is held, though nobody was seen to take it."""


def standings(timeline: Timeline, at_ns: int, most: int) -> tuple[Standing, ...]:
    """At most so many of the resources in use at a moment, counted from the run's zero, in the order they were made.

    When there are more, those that somebody waits for come before the others.
    """
    time_ns = timeline.zero_ns + at_ns
    waits = waiting_for_resources(timeline, time_ns)
    waited = {wait.resource for wait in waits}
    candidates = [at for at in timeline.used_resources if at in waited or timeline.resources[at].kind in ALWAYS]
    chosen = sorted(candidates, key=lambda at: at not in waited)[:most]
    states = {at: resource_at(timeline, at, time_ns, waits) for at in sorted(chosen)}
    return tuple(_standing(timeline, timeline.resources[at], states[at], waits) for at in states)


def resources(all_of_them: Sequence[Standing], size: tuple[int, int]) -> Cells:
    """One row each, in so many (columns, rows) at most; the last row says how many are not shown."""
    columns, height = size
    shown = all_of_them if len(all_of_them) <= height else all_of_them[: max(height - 1, 0)]
    hidden = len(all_of_them) - len(shown)
    canvas = Canvas(columns, min(len(shown) + bool(hidden), height))
    room = min(max(columns // NAME_SHARE, NAME_LEAST), NAME_MOST)
    names = [shortened(standing.name or standing.kind, room) for standing in shown]
    start = max((width(name) for name in names), default=0) + 2
    for row, (name, standing) in enumerate(zip(names, shown, strict=True)):
        canvas.put(row, 0, name, "text.name")
        canvas.put_parts(row, start, _parts(standing, columns - start))
    if hidden:
        canvas.put(len(shown), 0, f"… {hidden} more", "text.dim")
    return canvas.cells()


def _standing(timeline: Timeline, resource: Resource, state: ResourceState, waits: Sequence[Wait]) -> Standing:
    def names(workers: Sequence[int]) -> tuple[str, ...]:
        return tuple(timeline.workers[worker].name for worker in workers)

    since_ns = {wait.worker: wait.since_ns for wait in waits}
    putting = [worker for worker in state.waiters if timeline.lane(worker).at(since_ns[worker]).kind == Kind.PUT_WAIT]
    others = [worker for worker in state.waiters if worker not in putting]
    level = state.fill if resource.kind in QUEUES else state.value
    owners, capacity = names(state.owners), state.capacity
    return Standing(resource.kind, resource.name, owners, names(putting), names(others), level, capacity, state.held_unseen)


def _parts(standing: Standing, room: int) -> list[Part]:
    """What a row says after the name."""
    parts = _state(standing)
    for verb, who in (("to put", standing.putting), ("to get" if standing.putting else "", standing.waiting)):
        if who:
            used = sum(width(text) for text, _ in parts)
            parts += _waiting(verb, who, room - used, first=not parts)
    return parts


def _state(standing: Standing) -> list[Part]:
    level = standing.level
    if level is not None and standing.kind in COUNTERS:
        return [(f"{level:,}", "text.strong")]
    if level is not None and standing.kind in LEVELS:
        return [*_bar(level, standing.capacity), (f"{_filled(level, standing.capacity)}{LEVELS[standing.kind]}", "text")]
    if standing.kind in FLAGS:
        return [(f"{HELD} ", "fill.full"), ("set", "text")] if level else [(f"{FREE} ", "fill.empty"), ("not set", "text.dim")]
    if standing.owners:
        owners = " ".join(label(owner, WORKER_CELLS) for owner in standing.owners)
        return [(f"{HELD} ", "state.lock"), ("held by ", "text.dim"), (owners, "text.name")]
    if standing.held_unseen:
        return [(f"{HELD} ", "state.lock"), ("held, who took it was not seen", "text.dim")]
    return [(f"{FREE} ", "fill.empty"), ("free", "text.dim")] if standing.kind in LOCKS else []


def _filled(level: int, capacity: int | None) -> str:
    return str(level) if capacity is None or capacity >= LARGE else f"{level}/{capacity}"


def _bar(level: int, capacity: int | None) -> list[Part]:
    """Filled and empty cells; anything that is not zero shows, and only what is full is filled to the end."""
    if capacity is None or capacity >= LARGE or capacity < 1:
        full, cells = min(max(level, 0), BAR_CELLS), 0
    else:
        cells = min(capacity, BAR_CELLS)
        full = min(max(level * cells // capacity, 1 if level > 0 else 0), cells)
    parts = [(FULL * full, "fill.full"), (EMPTY * max(cells - full, 0), "fill.empty")]
    shown = [part for part in parts if part[0]]
    return [*shown, (" ", "")] if shown else []


def _waiting(verb: str, who: Sequence[str], room: int, first: bool) -> list[Part]:  # noqa: FBT001 - a place, no switch
    """How many wait, and the names of as many as have room."""
    head = ("" if first else SEPARATOR) + f"{len(who)} {'waits' if len(who) == 1 else 'wait'}{' ' + verb if verb else ''}"
    parts: list[Part] = [(head, "text.strong")]
    left = room - width(head) - 1
    names: list[str] = []
    for place, name in enumerate(who):
        shown = label(name, WORKER_CELLS)
        rest = 4 if place + 1 < len(who) else 0
        if sum(width(each) + 1 for each in names) + 1 + width(shown) + rest > left:
            break
        names.append(shown)
    if names:
        more = f" +{len(who) - len(names)}" if len(names) < len(who) else ""
        parts += [(": ", "text.dim"), (" ".join(names), "text.name"), (more, "text.dim")]
    return parts
