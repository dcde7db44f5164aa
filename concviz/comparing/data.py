"""The comparison as data: one object that JSON can carry. Lengths of time are seconds, sizes bytes."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING, Any

from concviz import __version__
from concviz.comparing.agreement import agreement
from concviz.comparing.figures import figures
from concviz.comparing.plot import doubt, fitted, points
from concviz.comparing.verdict import verdict

if TYPE_CHECKING:
    from concviz.comparing.interval import Interval
    from concviz.comparing.rounds import Comparison, Row


def as_data(comparison: Comparison) -> dict[str, Any]:
    """The whole comparison."""
    work, told = comparison.work, agreement(comparison)
    return {
        "concviz": __version__,
        "file": str(work.file),
        "function": work.name,
        "coroutine": work.coroutine,
        "inputs": work.inputs.count,
        "cores": comparison.cores,
        "others_cores": comparison.others_cores,
        "rounds": comparison.rounds,
        "rows": [_row(row, comparison) for row in comparison.rows],
        "amdahl": _lines(comparison),
        "results": {
            "steady": not told.unsteady,
            "not_compared": told.untold,
            "differences": [
                {"variant": one.title, "input": one.place, "expected": one.expected, "found": one.found} for one in told.differences
            ],
        },
        "verdict": verdict(comparison),
    }


def _row(row: Row, comparison: Comparison) -> dict[str, Any]:
    variant, told = row.variant, figures(row, comparison.baseline)
    found: dict[str, Any] = {
        "model": variant.model,
        "workers": variant.workers or None,
        "python": variant.python.path,
        "version": variant.python.version,
        "gil": variant.python.gil,
        "available": not variant.missing,
        "failure": row.failure.words if row.failure else None,
        "picklable": row.failure.picklable if row.failure else True,
    }
    if told is None:
        return found
    return found | {
        "work_s": told.work_s,
        "spread_s": told.spread_s,
        "works_s": [one.work_s for one in row.samples],
        "speed_up": _interval(told.speed_up),
        "whole_speed_up": _interval(told.whole_speed_up),
        "cpu_s": told.cpu_s,
        "parallelism": told.parallelism,
        "gil_share": told.gil_share,
        "gil_share_missing": row.seen.why_not or None if row.seen else "it was not watched",
        "watched_work_s": row.seen.work_s if row.seen else None,
        "start_up_s": told.start_up_s,
        "interpreter_s": told.interpreter_s,
        "break_even_s": told.break_even_s,
        "memory_bytes": told.memory_bytes,
        "pickled_bytes": told.pickled_bytes,
        "pickled_s": told.pickled_s,
    }


def _interval(one: Interval) -> dict[str, float]:
    return {"median": one.middle, "low": one.low, "high": one.high, "level": one.level}


def _lines(comparison: Comparison) -> list[dict[str, Any]]:
    """Amdahl's line of each model under each interpreter; `limit` is None where there is none, `doubt`: why it says little, or ""."""
    found = []
    for python in dict.fromkeys(row.variant.python.path for row in comparison.rows):
        for model, measured in points(comparison, python).items():
            line = fitted(comparison, measured)
            if line is not None:
                limit = None if isinf(line.limit) else line.limit
                fit = {
                    "parallel": line.parallel,
                    "limit": limit,
                    "error": line.error,
                    "workers": list(line.workers),
                    "doubt": doubt(comparison, python, model),
                }
                found.append({"python": python, "model": model, **fit})
    return found
