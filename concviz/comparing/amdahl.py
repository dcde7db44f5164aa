"""Amdahl's line through measured speed-ups: which part of the work ran in parallel.

With a share p in parallel, n workers take (1 - p) + p / n of the time of one (Amdahl 1967). That is linear in p, so the p
with the least squares of what is left over, in parts of the sequential time, has a closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fit:
    """A line, and how well it fits."""

    parallel: float
    """The share of the work that ran in parallel, from 0 to 1."""
    error: float
    """What is left over, as a root mean square, in parts of the sequential time."""
    workers: tuple[int, ...]
    """The counts that it was fitted to."""

    @property
    def limit(self) -> float:
        """The speed-up that no number of workers gets beyond; inf where all ran in parallel."""
        return inf if self.parallel >= 1 else 1 / (1 - self.parallel)

    def speed_up(self, workers: float) -> float:
        """What so many workers gain by this line."""
        return 1 / (1 - self.parallel + self.parallel / workers)


def fit(points: Sequence[tuple[int, float]]) -> Fit | None:
    """The line through (workers, speed-up), over sequential work. None without a point that has more than one worker.

    A share below 0 (slower with every worker) counts as 0, one above 1 (faster than so many workers can be) as 1.
    """
    steps = [(1 - 1 / workers, 1 - 1 / gained) for workers, gained in points if workers >= 1 and gained > 0]
    weight = sum(x * x for x, _ in steps)
    if not weight:
        return None
    parallel = min(max(sum(x * y for x, y in steps) / weight, 0.0), 1.0)
    error = sqrt(sum((y - parallel * x) ** 2 for x, y in steps) / len(steps))
    return Fit(parallel, error, tuple(workers for workers, gained in points if workers >= 1 and gained > 0))
