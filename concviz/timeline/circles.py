"""Circles in waits: workers of which each waits for the next."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.timeline.needs import Need


def circles(needs: Mapping[int, Need]) -> list[tuple[int, ...]]:
    """The shortest through each worker that lies in one, no worker in two; each from its lowest worker on."""
    found: list[tuple[int, ...]] = []
    used: set[int] = set()
    for length, circle in sorted((len(circle), circle) for circle in map(_turned, _shortest(needs))):
        if length and not used & set(circle):
            used |= set(circle)
            found.append(circle)
    return found


def led_to(needs: Mapping[int, Need], circle: tuple[int, ...]) -> tuple[int, ...]:
    """Who waits for a circle's members, directly or through others."""
    found = set(circle)
    grew = True
    while grew:
        more = {worker for worker, need in needs.items() if worker not in found and found & set(need.by)}
        found |= more
        grew = bool(more)
    return tuple(sorted(found - set(circle)))


def _shortest(needs: Mapping[int, Need]) -> set[tuple[int, ...]]:
    within = _trimmed(needs)
    return {circle for worker in within if (circle := _through(within, worker))}


def _trimmed(needs: Mapping[int, Need]) -> Mapping[int, Need]:
    """Without most of those that wait for nobody among them, or that nobody among them waits for."""
    for _ in range(ROUNDS):
        wanted = {after for need in needs.values() for after in need.by}
        kept = {worker: need for worker, need in needs.items() if worker in wanted and any(after in needs for after in need.by)}
        if len(kept) == len(needs):
            break
        needs = kept
    return needs


ROUNDS = 64
"""What is left after so many of them is searched as it is."""


def _through(needs: Mapping[int, Need], start: int) -> tuple[int, ...]:
    """The shortest circle through a worker; empty: there is none."""
    came: dict[int, int] = {}
    queue = deque([start])
    while queue:
        worker = queue.popleft()
        for after in needs[worker].by:
            if after == start == worker and len(needs[worker].by) > 1:
                continue  # another one could help as well: the circle goes through that one too
            if after == start:
                return _back(came, start, worker)
            if after in needs and after not in came:
                came[after] = worker
                queue.append(after)
    return ()


def _back(came: Mapping[int, int], start: int, worker: int) -> tuple[int, ...]:
    path = [worker]
    while path[-1] != start:
        path.append(came[path[-1]])
    return tuple(reversed(path))


def _turned(circle: tuple[int, ...]) -> tuple[int, ...]:
    low = circle.index(min(circle))
    return circle[low:] + circle[:low]
