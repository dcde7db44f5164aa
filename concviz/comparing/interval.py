"""A median, and between which bounds the true one lies.

The bounds are order statistics: of n independent values, the true median lies outside of the k-th smallest and the k-th
largest with a probability that the binomial distribution tells exactly, whatever the values' own distribution is
(Thompson 1936, "On confidence ranges for the median"). So a slow outlier moves nothing, and nothing is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import comb
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WANTED = 0.95
"""How sure the bounds should be; fewer than six values cannot reach it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A median and its bounds."""

    middle: float
    low: float
    high: float
    level: float
    """The probability that the true median lies within the bounds, from 0 to 1; 0 for a single value."""

    def at_least(self, share: float) -> Interval:
        """With no bound closer to the middle than this share of it; a single value that is known exactly stays as it is."""
        if self.low == self.middle == self.high:
            return self
        return replace(self, low=min(self.low, self.middle * (1 - share)), high=max(self.high, self.middle * (1 + share)))

    def holds(self, value: float) -> bool:
        """Whether the value lies within the bounds."""
        return self.low <= value <= self.high


def interval(values: Sequence[float], wanted: float = WANTED) -> Interval:
    """The narrowest symmetric bounds that are as sure as wanted, else the widest there are. ValueError for no values."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values, no median")
    cut = max((k for k in range((len(ordered) + 1) // 2) if level(len(ordered), k) >= wanted), default=0)
    return Interval(median(ordered), ordered[cut], ordered[-1 - cut], level(len(ordered), cut))


def level(count: int, cut: int) -> float:
    """How sure bounds are that leave out `cut` values at either end, of `count`."""
    outside: int = 2 * sum(comb(count, k) for k in range(cut + 1))
    return max(0.0, 1 - outside / (1 << count))


def spread(values: Sequence[float]) -> float:
    """Half of what the middle half of the values covers; 0 for a single one. Of few values, between the nearest ones."""
    ordered = sorted(values)
    return (_quantile(ordered, 0.75) - _quantile(ordered, 0.25)) / 2


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
