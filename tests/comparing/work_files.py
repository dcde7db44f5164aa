"""Files whose functions are compared, and a comparison of them with few and short rounds."""

from __future__ import annotations

import sys
from random import Random
from textwrap import dedent
from typing import TYPE_CHECKING

from concviz.comparing.rounds import Comparison, Plan, measure
from concviz.comparing.sample import Sample
from concviz.comparing.target import Python, ask
from concviz.comparing.variants import SHARED, lay_out, variants
from concviz.comparing.work import OWN, Work, each

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from concviz.comparing.rounds import Row

HERE = Python(sys.executable, "3.11.0", gil=True, interpreters=False, dask=False)
"""An interpreter that need not be asked."""


def written(folder: Path, source: str) -> Path:
    """A person's file with this source."""
    path = folder / "work.py"
    path.write_text(dedent(source))
    return path


def compared(folder: Path, source: str, *models: str, rounds: int = 1, timeout_s: float = 30) -> Comparison:
    """The function `f` of this source, by these models, two at a time, really run."""
    scripts = folder / "scripts"
    scripts.mkdir()
    file = written(folder, source)
    work = Work(file, "f", coroutine="async def f" in source, inputs=each(4))
    lay_out(work, scripts)
    assert (scripts / SHARED).is_file()
    python = ask(sys.executable, file, "f", OWN, scripts).python
    return measure(work, variants(work, models, [2], [python]), Plan(rounds, timeout_s, scripts), Random(1), lambda _: None)


def row(comparison: Comparison, model: str) -> Row:
    """The last row of a model."""
    return [one for one in comparison.rows if one.variant.model == model][-1]


def sample(work_s: float, start_up_s: float = 0.0, cpu_s: float | None = None, results: Sequence[int] = (1, 2)) -> Sample:
    """One run's figures."""
    return Sample(
        begin_ns=0,
        end_ns=round(work_s * 1e9),
        start_up_s=start_up_s,
        shut_down_s=0.0,
        interpreter_s=0.02,
        cpu_s=work_s if cpu_s is None else cpu_s,
        memory_bytes=1 << 20,
        pickled_bytes=100,
        pickled_s=0.0,
        digests=tuple(f"d{result}" for result in results),
        shown=tuple(str(result) for result in results),
    )
