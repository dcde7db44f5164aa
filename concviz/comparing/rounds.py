"""The measuring: every variant once watched, then round after round bare, each round in an order of its own.

Times come from bare runs alone. The watched run comes first: it tells what does not work at all, fills the caches, and
shows where the workers' time goes. Rounds are shuffled so that whatever else the machine does meets all variants alike;
a speed-up is told from the pairs of one round each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.comparing.bare import bare
from concviz.comparing.others import Others, cores
from concviz.comparing.sample import Failure, Sample
from concviz.comparing.variants import DASK, write
from concviz.comparing.watched import Watched, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

    from concviz.comparing.variants import Variant
    from concviz.comparing.work import Work


@dataclass(frozen=True, slots=True)
class Row:
    """One variant, measured."""

    variant: Variant
    seen: Watched | None
    """Its watched run; None: there was none, or it failed."""
    samples: tuple[Sample, ...]
    """By round; empty when it failed."""
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All variants, measured."""

    work: Work
    rows: tuple[Row, ...]
    """As they were named; the first is what the others are compared with."""
    rounds: int
    cores: int
    """How many this process may use."""
    others_cores: float | None
    """How many cores were busy with what is none of ours, on average over the rounds; None: cannot be told here."""

    @property
    def baseline(self) -> Row:
        """The first interpreter's sequential run."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to measure."""

    rounds: int
    timeout_s: float
    """A run that takes longer is ended, and has failed."""
    folder: Path
    """For the scripts; laid out."""
    address: str = ""
    """The cluster's; "" none."""


class _Row:
    """Owns what becomes of one variant."""

    def __init__(self, variant: Variant, script: Path | None) -> None:
        self.variant = variant
        self.script = script
        self.samples: list[Sample] = []
        self.seen: Watched | None = None
        self.failure = Failure(variant.missing) if variant.missing else None

    def look(self, timeout_s: float) -> None:
        """Once, watched. What fails then is tried bare all the same: it might be the watching. Not what never ends."""
        assert self.script is not None
        found = watched(self.script, self.variant.python.path, timeout_s)
        if isinstance(found, Watched):
            self.seen = found
        elif found.late:
            self.failure = found

    def time(self, timeout_s: float) -> None:
        """Once, bare."""
        assert self.script is not None
        found = bare(self.script, self.variant.python.path, timeout_s)
        if isinstance(found, Sample):
            self.samples.append(found)
        else:
            self.failure = found

    def done(self) -> Row:
        """What it came to."""
        return Row(self.variant, self.seen, () if self.failure else tuple(self.samples), self.failure)


def measure(work: Work, variants: Sequence[Variant], plan: Plan, random: Random, say: Callable[[str], None]) -> Comparison:
    """Run everything; `say` hears what is done next."""
    rows = [_Row(one, None if one.missing else write(one, work, plan.folder, plan.address)) for one in variants]
    for row in rows:
        if not row.failure and row.variant.model != DASK:  # a cluster's workers are not ours to be watched
            say(f"watched: {row.variant.title}")
            row.look(plan.timeout_s)
    others = Others()
    for turn in range(plan.rounds):
        left = [row for row in rows if not row.failure]
        random.shuffle(left)
        for row in left:
            say(f"round {turn + 1} of {plan.rounds}: {row.variant.title}")
            row.time(plan.timeout_s)
    return Comparison(work, tuple(row.done() for row in rows), plan.rounds, cores(), others.cores())
