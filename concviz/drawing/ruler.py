"""The ruler above the lanes: times at round steps, in the columns where they are, and the moment looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas
from concviz.drawing.durations import Scale, scale_of, unit_of
from concviz.drawing.palette import CURSOR_HEAD

if TYPE_CHECKING:
    from concviz.drawing.axis import Axis, View
    from concviz.drawing.cells import Cells

STEPS = (1, 2, 5)
"""A tick stands at these, times a power of ten."""

GAP = 2
"""Blank cells between two ticks, at the least."""

LONG = 5
"""Ticks with more digits than that are counted from a base, which is written once."""


def ruler(view: View) -> Cells:
    """One row: the unit above the names, then the ticks, each beginning in the column of its time; and the cursor's time."""
    axis = view.axis
    canvas = Canvas(view.width, 1)
    if axis.columns < 1:
        return canvas.cells()
    _, base_ns, scale = _steps(axis)
    start = _head(canvas, base_ns, scale, view.label_cells)
    taken = _cursor(canvas, view)
    for tick_ns in ticks(axis):
        _tick(canvas, view.label_cells + (axis.column(tick_ns) or 0), _words(tick_ns, base_ns, scale), (start, taken))
    return canvas.cells()


def ticks(axis: Axis) -> tuple[int, ...]:
    """The times of all ticks, from the run's zero."""
    step_ns, _, _ = _steps(axis)
    return tuple(range(-(-axis.from_ns // step_ns) * step_ns, axis.to_ns, step_ns))


def _steps(axis: Axis) -> tuple[int, int | None, Scale]:
    """The finest step whose ticks have room, the base they are counted from (None: from zero), and their scale."""
    power = 1
    while True:
        for step in STEPS:
            step_ns = step * power
            # Not finer than a column: a tick must be a place.
            if step_ns < axis.column_ns:
                continue
            base_ns, scale = _scale(axis, step_ns)
            longest = max(len(_words(time_ns, base_ns, scale)) for time_ns in (axis.from_ns, (axis.to_ns - 1) // step_ns * step_ns))
            if step_ns / axis.column_ns >= longest + GAP:
                return step_ns, base_ns, scale
        power *= 10


def _scale(axis: Axis, step_ns: int) -> tuple[int | None, Scale]:
    scale = scale_of(axis.to_ns, step_ns)
    if len(scale.number(axis.to_ns)) <= LONG:
        return None, scale
    unit_ns, _ = unit_of(step_ns)
    base_ns = axis.from_ns // (unit_ns * 1000) * unit_ns * 1000
    return base_ns, scale_of(unit_ns, step_ns)


def _words(tick_ns: int, base_ns: int | None, scale: Scale) -> str:
    if base_ns is None:
        # Zero is zero in any unit, and the eye finds it sooner bare.
        return scale.number(tick_ns) if tick_ns else "0"
    return f"+{scale.number(tick_ns - base_ns)}"


def _head(canvas: Canvas, base_ns: int | None, scale: Scale, label_cells: int) -> int:
    """Write the unit, and the base where there is one; gives the first column that is free for ticks."""
    if base_ns is None:
        canvas.put(0, max(label_cells - 2 - len(scale.unit), 0), scale.unit, "frame.quiet")
        return label_cells
    base = scale_of(base_ns, scale.unit_ns * 1000)
    end = canvas.put(0, 0, f"{base.text(base_ns)} + {scale.unit}", "frame.quiet")
    return max(end + 1, label_cells)


def _cursor(canvas: Canvas, view: View) -> tuple[int, int]:
    """Write the moment looked at; gives the columns it takes, [from, to), the same when there is none."""
    at, at_ns = view.cursor_column, view.cursor_ns
    if at is None or at_ns is None:
        return 0, 0
    column_ns = max(int(view.axis.column_ns), 1)
    words = scale_of(max(abs(at_ns), column_ns), column_ns).text(at_ns)
    if at + 1 + len(words) <= view.width:
        first, text = at, CURSOR_HEAD + words
    else:
        first, text = max(at - len(words), 0), (words + CURSOR_HEAD)[-(at + 1) :]
    canvas.put(0, first, text, "text.strong")
    canvas.modify("cursor", slice(0, 1), slice(at, at + 1))
    return first, first + len(text)


def _tick(canvas: Canvas, column: int, words: str, taken: tuple[int, tuple[int, int]]) -> None:
    """Write one tick, unless it would be cut off or touch what stands there."""
    start, (cursor_from, cursor_to) = taken
    free = column + len(words) < cursor_from or column > cursor_to or cursor_from == cursor_to
    if column >= start and free and column + len(words) <= canvas.glyphs.shape[1]:
        canvas.put(0, column, words, "frame.quiet")
