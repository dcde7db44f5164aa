"""The figures of one row: medians over the rounds, and what they come to beside the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from concviz.comparing.interval import Interval, interval, spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concviz.comparing.rounds import Row


SESSION_SHARE = 0.01
"""No bound of a speed-up is closer than this: the rounds of one session share its luck (with where memory lies, say), and from one
session to the next a plain script's own speed-ups were seen to differ by 0.2 to 1 % (`python -m tests.benchmarks --only comparing`)."""

LEAST_S = 0.001
"""The CPU seconds of shorter work are mostly those of looking at the clocks."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians; None: cannot be told here."""

    work_s: float
    """From the first call to the last result, all workers being there."""
    spread_s: float
    """Half of what the middle half of the rounds covers."""
    speed_up: Interval
    """The baseline's work by this one's, from the pairs of one round each."""
    whole_speed_up: Interval
    """Likewise, with the workers' start-up and end."""
    cpu_s: float | None
    parallelism: float | None
    """CPU seconds by seconds: how many cores were at work."""
    gil_share: float | None
    """The part of the workers' time in which they waited for the GIL."""
    start_up_s: float
    """The workers' start-up and end."""
    interpreter_s: float | None
    """Until the script's first line: the same for every model."""
    memory_bytes: int | None
    pickled_bytes: int | None
    pickled_s: float | None

    @property
    def break_even_s(self) -> float | None:
        """From so much sequential work on it is worth its start-up; None: it never is, or that is not sure."""
        if self.speed_up.low <= 1:
            return None
        return self.start_up_s / (1 - 1 / self.speed_up.middle)


def figures(row: Row, baseline: Row) -> Figures | None:
    """None for a row that failed, or without a baseline."""
    if not row.samples or not baseline.samples:
        return None
    samples, pairs = row.samples, list(zip(baseline.samples, row.samples, strict=True))
    return Figures(
        work_s=median(one.work_s for one in samples),
        spread_s=spread([one.work_s for one in samples]),
        speed_up=interval([first.work_s / other.work_s for first, other in pairs]).at_least(SESSION_SHARE),
        whole_speed_up=interval([first.whole_s / other.whole_s for first, other in pairs]).at_least(SESSION_SHARE),
        cpu_s=_median(one.cpu_s if one.work_s >= LEAST_S else None for one in samples),
        parallelism=_median(None if one.cpu_s is None or one.work_s < LEAST_S else one.cpu_s / one.work_s for one in samples),
        gil_share=row.seen.gil_share if row.seen else None,
        start_up_s=median(one.start_up_s + one.shut_down_s for one in samples),
        interpreter_s=_median(one.interpreter_s for one in samples),
        memory_bytes=_whole(_median(one.memory_bytes for one in samples)),
        pickled_bytes=_whole(_median(one.pickled_bytes for one in samples)),
        pickled_s=_median(one.pickled_s for one in samples),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
