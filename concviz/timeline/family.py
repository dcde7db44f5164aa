"""Who made whom: each worker's maker, and the task group that it was made in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concviz.timeline.timeline import Timeline

Indices = npt.NDArray[np.int64]
"""Indices of workers, or of resources."""


@dataclass(frozen=True, slots=True)
class Member:
    """One place in the tree."""

    worker: int
    """0: the place of a task group."""
    group: int
    """The resource that a task group is, at its own place; else 0."""
    depth: int
    """0: nobody that is shown made it."""
    last: tuple[bool, ...]
    """For each level down to this one, whether no sibling follows: what the lines beside it are drawn from."""
    size: int
    """How many places lie below it."""


def makers(timeline: Timeline) -> tuple[Indices, Indices]:
    """Indexed by worker: (who made it, the task group that it was made in); 0 for none, or unknown."""
    events = timeline.all_events
    rows = np.flatnonzero(events.kind == Kind.SPAWNED)
    made = events.arg[rows]
    maker, group = (np.zeros(len(timeline.workers), dtype=np.int64) for _ in range(2))
    known = (made > 0) & (made < len(maker))
    maker[made[known]], group[made[known]] = events.worker[rows[known]], events.resource[rows[known]]
    return maker, group


def tree(timeline: Timeline, workers: Sequence[int]) -> tuple[Member, ...]:
    """These workers, each below the nearest of them that made it, in the order they were made; groups as places of their own."""
    maker, group = makers(timeline)
    return _tree(tuple(workers), maker.tobytes(), group.tobytes())


@lru_cache(maxsize=8)
def _tree(workers: tuple[int, ...], makers_bytes: bytes, groups_bytes: bytes) -> tuple[Member, ...]:
    """Kept, since much happens in a run while nobody is made."""
    maker: list[int] = np.frombuffer(makers_bytes, dtype=np.int64).tolist()
    group: list[int] = np.frombuffer(groups_bytes, dtype=np.int64).tolist()
    shown = set(workers)
    below: dict[int, list[int]] = {0: []}
    groups: dict[tuple[int, int], int] = {}
    for worker in workers:
        above = _nearest(maker, shown, worker)
        if above and group[worker] and above == maker[worker]:
            above = _group_place(above, group[worker], below, groups)
        below.setdefault(above, []).append(worker)
    return tuple(_walk(below, {place: number for (_, number), place in groups.items()}))


def _nearest(maker: list[int], shown: set[int], worker: int) -> int:
    above = maker[worker]
    if above in shown:
        return above if above != worker else 0
    seen = {worker}
    while above and above not in shown and above not in seen:
        seen.add(above)
        above = maker[above]
    return above if above in shown and above != worker else 0


def _group_place(above: int, number: int, below: dict[int, list[int]], groups: dict[tuple[int, int], int]) -> int:
    """The place of a group below its maker; negative numbers stand for those."""
    key = (above, number)
    if key not in groups:
        groups[key] = -1 - len(groups)
        below.setdefault(above, []).append(groups[key])
    return groups[key]


def _walk(below: dict[int, list[int]], numbers: dict[int, int]) -> Iterator[Member]:
    """From the roots down, without recursion: a chain may be long. What lies in a circle is nobody's child, and left out."""
    sizes = _sizes(below)
    waiting: list[tuple[int, tuple[bool, ...]]] = [(place, (at == 0,)) for at, place in enumerate(reversed(below[0]))]
    while waiting:
        place, last = waiting.pop()
        yield Member(max(place, 0), numbers.get(place, 0), len(last) - 1, last, sizes.get(place, 0))
        waiting += [(child, (*last, at == 0)) for at, child in enumerate(reversed(below.get(place, ())))]


def _sizes(below: dict[int, list[int]]) -> dict[int, int]:
    """How many places lie below each."""
    order, waiting = [], [*below[0]]
    while waiting:
        place = waiting.pop()
        order.append(place)
        waiting += below.get(place, ())
    sizes: dict[int, int] = {}
    for place in reversed(order):
        sizes[place] = sum(1 + sizes[child] for child in below.get(place, ()))
    return sizes
