"""Runs made by hand that have one of everything a trace shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import lane, resource

if TYPE_CHECKING:
    from tests.scripted import LaneBuilder, ResourceBuilder

HAND_OVER: tuple[LaneBuilder | ResourceBuilder, ...] = (
    resource("jobs", "Queue", 2),
    lane("main", "process").runs(0).spawns("T1", 1).spawns("T-2", 1.5).puts("jobs", 6, 1).joins("T1", 7, 12.5).ends(20),
    lane("T1").runs(2).takes("lock", 3, line=4).prints("hello, \u4e16\n", 4).releases("lock", 8).marks(9, "half").ends(12),
    lane("T-2").runs(2.5).waits_for("lock", 3.5, 8.25, held_by="T1", line=4).gets("jobs", 9, 0).fails(11, "ValueError: no"),
)
"""Two threads and a lock, which goes from one to the other; a queue; words, a mark, a failure."""
