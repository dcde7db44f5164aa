"""What follows from the figures, in two or three sentences: each says what was measured, none what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.comparing.figures import figures
from concviz.comparing.table import gain, seconds, share
from concviz.comparing.variants import ASYNCIO, DASK, INTERPRETERS, PROCESSES, SEQUENTIAL, THREADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.comparing.figures import Figures
    from concviz.comparing.rounds import Comparison, Row
    from concviz.comparing.target import Python

BUSY, IDLE = 0.7, 0.3
"""From so many CPU seconds a second on, work is bound by the CPU; up to so many it mostly waits."""

GIL_WORTH_TELLING = 0.2
"""A smaller share of waiting for the GIL explains nothing."""

PICKLING_WORTH_TELLING = 0.1
"""The part of the sequential work from which on handing over is a matter."""

PLURAL, APART = (THREADS, PROCESSES, INTERPRETERS), (PROCESSES, INTERPRETERS, DASK)
"""Models whose name is a plural; those to which inputs and results must be handed over."""

LEAST_WORK_S = 0.005
"""What is shorter is mostly the cost of calling."""


@dataclass(frozen=True, slots=True)
class Told:
    """A row with its figures."""

    row: Row
    figures: Figures


def verdict(comparison: Comparison) -> list[str]:
    """Sentences. One that says so where the sequential run failed."""
    base = figures(comparison.baseline, comparison.baseline)
    if base is None:
        return ["The sequential run failed, so there is nothing to compare with."]
    first, *others = dict.fromkeys(row.variant.python for row in comparison.rows)
    told = _told(comparison, first)
    best = [_best(told, model) for model in (THREADS, ASYNCIO, PROCESSES, INTERPRETERS, DASK)]
    said = [_kind(base), *(_model(one, base) for one in best if one)]
    return [*said, _advice(told, base), *(words for python in others for words in _other(comparison, python))]


def _told(comparison: Comparison, python: Python) -> list[Told]:
    rows = [row for row in comparison.rows if row.variant.python == python]
    return [Told(row, found) for row in rows if (found := figures(row, comparison.baseline))]


def _best(told: list[Told], model: str) -> Told | None:
    """The one that took the least with its start-up; of several workers, if there are such: one worker gains nothing by itself."""
    rows = [one for one in told if one.row.variant.model == model]
    several = [one for one in rows if one.row.variant.workers != 1]
    return max(several or rows, key=lambda one: one.figures.whole_speed_up.middle, default=None)


def _kind(base: Figures) -> str:
    if base.work_s < LEAST_WORK_S:
        return f"All the work took {seconds(base.work_s)}, which is mostly the cost of calling: give it more."
    if base.parallelism is None:
        return f"Run one after the other, the work took {seconds(base.work_s)}."
    busy = min(base.parallelism, 1.0)
    kind = "CPU-bound" if base.parallelism >= BUSY else "It mostly waits" if base.parallelism <= IDLE else "Mixed"
    more = f", on {base.parallelism:.1f} cores at once by itself" if base.parallelism > 1 + IDLE else ""
    return f"{kind}: run one after the other, it computed {share(busy)} of {seconds(base.work_s)}{more}."


def _model(one: Told, base: Figures) -> str:
    """How a model did, and what held it up."""
    found, variant = one.figures, one.row.variant
    gains = "gain" if variant.model in PLURAL else "gains"
    who = f"{variant.model.capitalize()}{f' ({variant.workers} at a time)' if variant.workers else ''}"
    times = f"{gain(found.speed_up.middle)}x"
    reason = f": {share(found.gil_share)} of their time they waited for the GIL" if (found.gil_share or 0) >= GIL_WORTH_TELLING else ""
    if not found.speed_up.level:
        return f"{who}: {times} in one round{reason.replace(':', ',')}."
    if found.speed_up.high < 1:
        return f"{who} {gains} nothing, it is slower, {times}{reason or _carried(one, base)}."
    if found.speed_up.low <= 1:
        return f"{who} {gains} nothing that is sure, {times}{reason}."
    return f"{who} {gains} {times}{_start(one) or reason}."


def _start(one: Told) -> str:
    """What the workers cost before they work, for those that are more than threads of one process."""
    found = one.figures
    if one.row.variant.model not in APART or found.break_even_s is None:
        return ""
    return f", {seconds(found.start_up_s)} of start-up: worth it from {seconds(found.break_even_s)} of work on"


def _carried(one: Told, base: Figures) -> str:
    taken_s = one.figures.pickled_s
    if one.row.variant.model not in APART or taken_s is None or taken_s < PICKLING_WORTH_TELLING * base.work_s:
        return ""
    return f": pickling alone takes {seconds(taken_s)}"


def _advice(told: list[Told], base: Figures) -> str:
    """The cheapest that surely gains, its start-up counted in."""
    sure = [one for one in told if one.row.variant.model != SEQUENTIAL and one.figures.whole_speed_up.low > 1]
    if base.speed_up.level == 0:
        return "One round cannot tell what is chance: give --repeat 6 or more."
    if not sure:
        return "For this much work, nothing surely beats doing it one after the other."
    best = max(sure, key=lambda one: one.figures.whole_speed_up.middle)
    return f"For this much work, {best.row.variant.title} is best: {gain(best.figures.whole_speed_up.middle)}x with its start-up."


def _other(comparison: Comparison, python: Python) -> Iterator[str]:
    """What another interpreter changes."""
    told = _told(comparison, python)
    best = max(told, key=lambda one: one.figures.whole_speed_up.middle, default=None)
    if best is None:
        yield f"{python.words}: every variant failed."
        return
    alone = next((one for one in told if one.row.variant.model == SEQUENTIAL), None)
    beside = f"; one after the other it is {gain(alone.figures.speed_up.middle)}x as fast as the first" if alone else ""
    yield f"{python.words}: {best.row.variant.title} is best, {gain(best.figures.whole_speed_up.middle)}x{beside}."
