from __future__ import annotations

import pytest

from concviz.drawing.axis import Axis, View
from concviz.drawing.ruler import ruler, ticks

US = 1_000
MS = 1_000_000
S = 1_000_000_000


@pytest.mark.parametrize(
    ("from_ns", "to_ns", "columns", "text"),
    [
        (0, 2_600 * MS, 30, "     s  0    0.5   1.0   1.5   2.0"),
        (0, 3 * MS, 30, "    ms  0    0.5  1.0  1.5  2.0  2.5"),
        (0, 900, 30, "    ns  0     200    400    600   800"),
        (0, 5, 30, "    ns  0     1     2     3     4"),
        (0, 3_600 * S, 60, "     s  0       500     1000     1500    2000    2500     3000"),
        (700 * MS, 1_300 * MS, 30, "     s  0.7  0.8  0.9  1.0  1.1  1.2"),
        (1_284 * MS, 1_285 * MS, 30, "1.284 s + µs  +200  +400  +600  +800"),
        (5_284 * MS, 5_284 * MS + 300, 30, "5.284000 s + ns   +100      +200"),
    ],
)
def test_ticks_stand_at_round_steps_that_have_room(from_ns: int, to_ns: int, columns: int, text: str) -> None:
    assert ruler(View(Axis(from_ns, to_ns, columns))).to_text() == text


@pytest.mark.parametrize("columns", range(1, 60, 7))
@pytest.mark.parametrize("length", [1, 7, 999, 12 * US, 3 * MS, 2_600 * MS, 4_000 * S])
def test_every_tick_begins_in_the_column_of_its_time(length: int, columns: int) -> None:
    axis = Axis(0, length, columns)
    row = ruler(View(axis)).to_text().ljust(8 + columns)

    written = [at for at in range(8, len(row)) if row[at] != " " and row[at - 1] == " "]

    assert written
    assert set(written) <= {8 + (axis.column(tick) or 0) for tick in ticks(axis)}


@pytest.mark.parametrize(
    ("at_ns", "text"),
    [
        (1_284 * MS, "     s  0    0.5      ▼1.28 s  2.0"),
        (2_500 * MS, "     s  0    0.5   1.0   1.5  2.50 s▼"),
        (0, "     s  ▼0 ms      1.0   1.5   2.0"),
        (2_600 * MS, "     s  0    0.5   1.0   1.5   2.0"),
        (None, "     s  0    0.5   1.0   1.5   2.0"),
    ],
)
def test_the_moment_looked_at_is_marked_and_told_where_it_is_on_the_axis(at_ns: int | None, text: str) -> None:
    assert ruler(View(Axis(0, 2_600 * MS, 30), cursor_ns=at_ns)).to_text() == text


def test_the_marked_column_has_the_cursors_style() -> None:
    row = ruler(View(Axis(0, 100, 10), cursor_ns=30)).runs(0)

    assert ("▼", "text.strong cursor") in row


def test_an_axis_without_columns_is_blank() -> None:
    assert ruler(View(Axis(0, 100, 0))).to_text() == ""
