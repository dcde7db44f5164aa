"""Speed-up by workers as a picture: what was measured, and Amdahl's line through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.comparing import amdahl
from concviz.comparing.figures import figures
from concviz.comparing.variants import ASYNCIO, DASK, INTERPRETERS, PROCESSES, SEQUENTIAL, THREADS
from concviz.drawing.cells import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.comparing.amdahl import Fit
    from concviz.comparing.rounds import Comparison
    from concviz.drawing.cells import Cells

SIGNS = {THREADS: "t", PROCESSES: "p", ASYNCIO: "a", INTERPRETERS: "i"}
"""Model -> its sign in the picture."""

SEVERAL = "+"
"""Several models in one place."""

LINE = "."

ROWS = 10
"""Height of the part in which the points lie."""

MARGIN = 8
"""Columns of the scale on the left."""

BUSY = 0.7
"""From so many CPU seconds a second on, sequential work is bound by the CPU."""

COUNTS = 3
"""Through fewer counts of workers any line goes: they do not tell which share ran in parallel."""

WIDE = 0.2
"""Nor do they where the bounds of the speed-ups leave that share so much room, 1 being all of the work."""

Points = dict[str, list[tuple[int, float]]]
"""Model -> (workers, speed-up)."""


def points(comparison: Comparison, python: str, bound: str = "middle") -> Points:
    """What was measured under one interpreter, against its own sequential run; `bound`: which part of the interval."""
    rows = [row for row in comparison.rows if row.variant.python.path == python]
    own = next(row for row in rows if row.variant.model == SEQUENTIAL)
    found: Points = {}
    for row in rows:
        told = figures(row, own)
        if told and row.variant.model not in {SEQUENTIAL, DASK}:
            found.setdefault(row.variant.model, []).append((row.variant.workers, getattr(told.speed_up, bound)))
    return found


def fitted(comparison: Comparison, measured: Sequence[tuple[int, float]]) -> Fit | None:
    """Amdahl's line. Work that is bound by the CPU: through the counts that have a core each, since more cannot gain."""
    told = figures(comparison.baseline, comparison.baseline)
    busy = told is not None and told.parallelism is not None and told.parallelism >= BUSY
    return amdahl.fit([(workers, gained) for workers, gained in measured if not busy or workers <= comparison.cores])


def doubt(comparison: Comparison, python: str, model: str) -> str:
    """Why the share that ran in parallel cannot be told; "" where it can."""
    low, middle, high = (fitted(comparison, points(comparison, python, bound)[model]) for bound in ("low", "middle", "high"))
    if low is None or middle is None or high is None or len(middle.workers) < COUNTS:
        return f"fewer than {COUNTS} counts of workers"
    if high.parallel - low.parallel > WIDE:
        return f"from {low.parallel * 100:.0f} to {high.parallel * 100:.0f} % are possible, more runs (--repeat) would narrow it"
    return ""


def plot(comparison: Comparison, python: str, columns: int) -> Cells | None:
    """The picture; None where there are not two counts of workers to draw."""
    found = points(comparison, python)
    counts = sorted({workers for measured in found.values() for workers, _ in measured})
    if len(counts) < 2:
        return None
    top = max(1.0, *(gained for measured in found.values() for _, gained in measured))
    width = min(max(columns - MARGIN - 2, 10), 60)
    canvas = Canvas(MARGIN + width + 2, ROWS + 2)
    space = _Space(canvas, counts[-1], top, width)
    for measured in found.values():
        line = fitted(comparison, measured)
        if line is not None:
            space.draw(line)
    for model, measured in found.items():
        for workers, gained in measured:
            space.mark(workers, gained, SIGNS[model])
    space.scales(counts)
    return canvas.cells()


class _Space:
    """Owns a canvas on which workers go to the right and speed-ups up."""

    def __init__(self, canvas: Canvas, most: int, top: float, width: int) -> None:
        self._canvas, self._most, self._top, self._width = canvas, most, top, width

    def column(self, workers: float) -> int:
        return MARGIN + round((workers - 1) / (self._most - 1) * self._width)

    def row(self, gained: float) -> int:
        return ROWS - 1 - round(gained / self._top * (ROWS - 1))

    def draw(self, line: Fit) -> None:
        for column in range(self._width + 1):
            workers = 1 + (self._most - 1) * column / self._width
            self._canvas.put(self.row(min(line.speed_up(workers), self._top)), MARGIN + column, LINE, "text.dim")

    def mark(self, workers: int, gained: float, sign: str) -> None:
        row, column = self.row(gained), self.column(workers)
        there = str(self._canvas.glyphs[row, column])
        self._canvas.put(row, column, sign if there in {" ", LINE, sign} else SEVERAL, "text.strong")

    def scales(self, counts: Sequence[int]) -> None:
        for gained in {0.0, 1.0, self._top}:
            self._canvas.put(self.row(gained), 0, f"{gained:{MARGIN - 3}.1f}x |", "text.dim")
        self._canvas.put(ROWS, MARGIN - 1, "+" + "-" * (self._width + 1), "frame.quiet")
        end = 0
        for count in sorted({1, *counts}):
            column = self.column(count)
            if column >= end:
                end = self._canvas.put(ROWS + 1, column, str(count), "text.dim") + 1


def legend(comparison: Comparison, python: str) -> list[str]:
    """What the signs are, and what each line says."""
    found = points(comparison, python)
    lines = []
    for model, measured in found.items():
        line = fitted(comparison, measured)
        words = f"{SIGNS[model]}  {model}"
        why = doubt(comparison, python, model)
        if line is not None and why:
            words += f": which share ran in parallel (dots, Amdahl) cannot be told ({why})"
        elif line is not None:
            limit = "no limit" if line.parallel >= 1 else f"at most {line.limit:.1f}x"
            words += f": {line.parallel * 100:.0f} % in parallel by Amdahl's line (dots), {limit} with any number of workers"
            words += f"; fitted up to {max(line.workers)} workers" if max(line.workers) < max(count for count, _ in measured) else ""
        lines.append(words)
    return lines
