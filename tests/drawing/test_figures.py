from __future__ import annotations

import pytest

from concviz.drawing.figures import Sums, counted, figures

ALL = Sums(workers=4, events=1280, wall_ns=2_610_000_000, cpu_s=2.6, dropped=0, speed_up=1.87)


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (80, "4 workers · 1,280 events · wall 2.61 s · cpu 2.60 s · 1.87×"),
        (58, "4 workers · wall 2.61 s · cpu 2.60 s · 1.87×"),
        (38, "4 workers · wall 2.61 s · 1.87×"),
        (24, "wall 2.61 s · 1.87×"),
        (8, "1.87×"),
        (2, ""),
    ],
)
def test_what_matters_most_stays_when_it_gets_narrow(columns: int, text: str) -> None:
    assert figures(ALL, columns).to_text() == text


def test_what_was_lost_is_told_first_of_all() -> None:
    lossy = Sums(workers=4, events=1280, wall_ns=2_610_000_000, cpu_s=2.6, dropped=12_345)

    assert figures(lossy, 26).to_text() == "wall 2.61 s · 12,345 lost"
    assert ("12,345 lost", "text.warn") in figures(lossy, 26).runs(0)


def test_what_is_not_known_is_left_out() -> None:
    assert figures(Sums(1, 1, 850, None, 0), 80).to_text() == "1 worker · 1 event · wall 850 ns"


def test_one_is_singular() -> None:
    assert [counted(number, "event") for number in (0, 1, 2, 12_000)] == ["0 events", "1 event", "2 events", "12,000 events"]
