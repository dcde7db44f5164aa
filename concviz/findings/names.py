"""Several workers in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.timeline.describe import worker_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.timeline.timeline import Timeline

MOST = 3
"""So many are named; the rest are counted."""


def names(timeline: Timeline, workers: Sequence[int]) -> str:
    """As "Thread-1", "Thread-1 and Thread-2", "Thread-1, Thread-2, Thread-3 and 5 more"; "nobody" for none."""
    if not workers:
        return "nobody"
    words = [worker_name(timeline, worker) for worker in workers[:MOST]]
    more = len(workers) - MOST
    if more > 0:
        return f"{', '.join(words)} and {more} more"
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def percent(part: float, whole: float) -> str:
    """A part of a whole: "74 %"."""
    return f"{round(100 * part / whole)} %"


def counted(number: int, one: str, many: str = "") -> str:
    """As "1 job", "3 jobs"; `many`: where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
