"""The comparison as a table of text: a row for each variant, medians over the rounds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from concviz.comparing.agreement import agreement
from concviz.comparing.figures import figures
from concviz.comparing.variants import SEQUENTIAL
from concviz.drawing.durations import SECOND_NS, duration
from concviz.drawing.letters import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from concviz.comparing.figures import Figures
    from concviz.comparing.rounds import Comparison, Row

UNITS = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))
"""Bytes in a unit, and the unit; largest first."""

UNKNOWN = "-"
"""What cannot be told here."""

GAP = "  "

WORTH_TELLING = 0.1
"""So many cores, busy with other programs, are told."""


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of every row."""

    head: str
    text: Callable[[Figures], str]


def seconds(length_s: float | None) -> str:
    """In the unit that reads best: "61 ms"."""
    return UNKNOWN if length_s is None else duration(round(length_s * SECOND_NS))


def size(count: int | None) -> str:
    """Bytes in the unit that reads best: "12 MiB", "740 B"."""
    if count is None:
        return UNKNOWN
    scale, unit = next(((scale, unit) for scale, unit in UNITS if count >= scale), (1, "B"))
    value = count / scale
    return f"{value:.1f} {unit}" if scale > 1 and value < 10 else f"{value:.0f} {unit}"


def share(part: float | None) -> str:
    """As in "91 %"."""
    return UNKNOWN if part is None else f"{part * 100:.0f} %"


def gain(value: float) -> str:
    """A speed-up to three figures: "1.92", "0.012", "14.3"."""
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def _bounds(one: Figures) -> str:
    return f"{gain(one.speed_up.low)} to {gain(one.speed_up.high)}" if one.speed_up.level else UNKNOWN


COLUMNS = (
    Column("work", lambda one: seconds(one.work_s)),
    Column("±", lambda one: seconds(one.spread_s)),
    Column("speed-up", lambda one: gain(one.speed_up.middle)),
    Column("between", _bounds),
    Column("CPU", lambda one: seconds(one.cpu_s)),
    Column("cores", lambda one: UNKNOWN if one.parallelism is None else f"{one.parallelism:.2f}"),
    Column("GIL", lambda one: share(one.gil_share)),
    Column("start-up", lambda one: seconds(one.start_up_s)),
    Column("memory", lambda one: size(one.memory_bytes)),
    Column("pickled", lambda one: f"{size(one.pickled_bytes)}, {seconds(one.pickled_s)}" if one.pickled_bytes is not None else UNKNOWN),
)
"""From left to right; those that find no room are left out from the right."""


def table(comparison: Comparison, columns: int) -> Iterator[str]:
    """Line by line, at most so wide, but for the words of failures; a head for each interpreter."""
    rows = comparison.rows
    names = max(width(row.variant.title) for row in rows)
    cells = {row.variant: _cells(row, comparison) for row in rows}
    widths = [max([len(column.head), *(len(one[place]) for one in cells.values() if one)]) for place, column in enumerate(COLUMNS)]
    while len(widths) > 1 and names + sum(each + len(GAP) for each in widths) > columns:
        widths.pop()
    for python, group in groupby(rows, key=lambda row: row.variant.python):
        yield _line(f"{'':{names}}", [column.head for column in COLUMNS], widths) if python == rows[0].variant.python else ""
        if len({row.variant.python for row in rows}) > 1:
            yield f"{python.words}, {python.path}"
        for row in group:
            name = f"{row.variant.title:{names}}"
            yield _line(name, cells[row.variant], widths) if cells[row.variant] else f"{name}{GAP}{_why(row)}"


def _cells(row: Row, comparison: Comparison) -> list[str]:
    """Empty for a row without figures."""
    told = figures(row, comparison.baseline)
    if told is None:
        return []
    found = [column.text(told) for column in COLUMNS]
    if row is comparison.baseline:
        found[2:4] = ["1", ""]
    if row.variant.model == SEQUENTIAL:
        found[-1] = ""
    return found


def _why(row: Row) -> str:
    if row.failure is None:
        return "has nothing to be compared with"
    words = "not picklable" if not row.failure.picklable else "not available" if row.variant.missing else "failed"
    return f"{words}: {row.failure.words}"


def _line(name: str, cells: list[str], widths: list[int]) -> str:
    return (name + "".join(f"{GAP}{cell:>{room}}" for cell, room in zip(cells, widths, strict=False))).rstrip()


def remarks(comparison: Comparison) -> Iterator[str]:
    """What must be known beside the figures: how sure they are, whether the results agree, what was not measured."""
    told = agreement(comparison)
    if told.unsteady:
        yield "results: the sequential run gives others each time, so they could not be compared"
    for one in told.differences:
        yield f"results differ: {one.title} {_difference(one.place, one.expected, one.found)}"
    if comparison.baseline.samples and not told.unsteady and not told.differences:
        yield _equal(told.untold, comparison)
    first = comparison.baseline.samples[:1]
    level = next((found.speed_up.level for row in comparison.rows if (found := figures(row, comparison.baseline))), 0.0)
    if first:
        sure = f"with {level * 100:.1f} % certainty" if level else "not known from one round"
        yield f"between: where the true median speed-up lies, {sure}"
    if (comparison.others_cores or 0) >= WORTH_TELLING and first:
        busy = f"{comparison.others_cores:.1f} of its cores on average"
        yield f"this machine was busy with other programs, {busy}: on an idle one, parallel work gains more"
    reasons = {row.seen.why_not for row in comparison.rows if row.seen and row.seen.why_not}
    yield from (f"GIL not measured: {words}" for words in sorted(reasons - {"no GIL"}))


def _difference(place: int, expected: str, found: str) -> str:
    if place < 0:
        return f"gives {found} results, sequential {expected}"
    words = f": {found}, sequential {expected}" if found and found != expected else ""
    return f"gives another one for input {place + 1}{words}"


def _equal(untold: int, comparison: Comparison) -> str:
    count = len(comparison.baseline.samples[0].digests)
    if untold == count:
        return "results: they do not tell their value, so they could not be compared"
    return f"results: the same in every variant{f', {untold} of {count} do not tell their value' if untold else ''}"
