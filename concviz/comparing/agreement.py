"""Whether all variants gave the same results, input by input, in each of their rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concviz.comparing.rounds import Comparison, Row
    from concviz.comparing.sample import Sample


@dataclass(frozen=True, slots=True)
class Difference:
    """Another result than the baseline's."""

    title: str
    """The variant's."""
    place: int
    """The input's, from 0; -1: there are more or fewer results."""
    expected: str
    """The baseline's result, in words; "" beyond those that are kept."""
    found: str
    """This one's."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was found."""

    differences: tuple[Difference, ...]
    """At most one a row: the first."""
    unsteady: bool
    """The baseline itself gives other results from run to run: nothing can be compared then."""
    untold: int
    """Results that do not tell their value, and so were not compared."""


def agreement(comparison: Comparison) -> Agreement:
    """Compare every row's results with the baseline's first ones."""
    samples = comparison.baseline.samples
    if not samples:
        return Agreement((), unsteady=False, untold=0)
    if any(one.digests != samples[0].digests for one in samples):
        return Agreement((), unsteady=True, untold=0)
    found = (_first(row, samples[0]) for row in comparison.rows[1:])
    return Agreement(tuple(one for one in found if one), unsteady=False, untold=samples[0].digests.count(""))


def _first(row: Row, expected: Sample) -> Difference | None:
    for sample in row.samples:
        if len(sample.digests) != len(expected.digests):
            return Difference(row.variant.title, -1, str(len(expected.digests)), str(len(sample.digests)))
        for place, (one, other) in enumerate(zip(expected.digests, sample.digests, strict=True)):
            if one != other and one and other:
                return Difference(row.variant.title, place, _word(expected, place), _word(sample, place))
    return None


def _word(sample: Sample, place: int) -> str:
    return sample.shown[place] if place < len(sample.shown) else ""
