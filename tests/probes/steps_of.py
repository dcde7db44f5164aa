"""What a watched asyncio program noted, as short tuples to compare whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.probes.harness import Event, Seen


def tasks(seen: Seen, *without: str) -> list[tuple[str | int, ...]]:
    """(worker, kind, resource, arg) of each event of the program's own tasks, without these kinds; nothing empty."""
    own = {name for (_, name), fields in seen.workers.items() if fields[1] == "task" and "internal" not in fields[4]}
    return [_short(event) for event in seen.events if event.worker in own and event.kind not in without]


def _short(event: Event) -> tuple[str | int, ...]:
    rest = [value for value in (event.resource, event.arg) if value]
    return (event.worker, event.kind, *rest)


STEPS = ("SPAWNED", "READY", "RESUMED", "SUSPENDED")
"""The kinds that every task has."""
