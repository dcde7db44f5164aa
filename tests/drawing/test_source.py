from __future__ import annotations

import pytest

from concviz.drawing.source import Place, first_line, source
from tests.drawing.spans import block

TEXT = """import threading

def add(amount):
    for _ in range(amount):
\tcounter.value = counter.value + 1  # not atomic

def main():
    add(3)
"""


def test_a_marker_and_the_names_stand_on_the_line_of_each_worker() -> None:
    places = [Place(4, "Thread-1 (add)"), Place(5, "Thread-2 (add)", focused=True), Place(4, "Thread-3 (add)")]

    assert source(TEXT, places, (38, 8)).to_text() == block(
        " 1  import threading",
        " 2",
        " 3  def add(amount):",
        " 4▶     for _ in range(amount… T-1 T-3",
        " 5▶     counter.value = counter.v… T-2",
        " 6",
        " 7  def main():",
        " 8      add(3)",
    )


def test_names_are_whole_where_there_is_room_and_code_is_not_cut() -> None:
    shown = source(TEXT, [Place(4, "Thread-1 (add)")], (64, 8)).to_text().splitlines()[3]

    assert shown == " 4▶     for _ in range(amount):" + " " * 25 + "Thread-1"


def test_of_many_on_one_line_the_focused_is_named_first_and_the_rest_counted() -> None:
    places = [Place(8, f"Thread-{at}", focused=at == 7) for at in range(1, 10)]

    assert source(TEXT, places, (38, 8)).to_text().splitlines()[-1] == " 8▶     add(3)              T-7 T-1 +7"


def test_the_focused_workers_line_stands_out() -> None:
    picture = source(TEXT, [Place(1, "a"), Place(8, "b", focused=True)], (38, 8))

    assert all("chosen" in style for _, style in picture.runs(7))
    assert not any("chosen" in style for _, style in picture.runs(0))
    assert picture.runs(0)[:3] == [(" 1", "text.dim"), ("▶", "mark.worker"), (" ", "")]
    assert picture.runs(2)[2:4] == [("def", "code.keyword"), (" ", "code")]


@pytest.mark.parametrize("height", [1, 2, 3, 5, 8, 13])
def test_the_window_holds_the_followed_line_and_does_not_leave_the_file(height: int) -> None:
    for lines in (1, 5, 40):
        for followed in range(1, lines + 1):
            first = first_line(lines, followed, height)

            assert first <= followed < first + height
            assert first == 1 or first + height - 1 <= lines


def test_a_short_loop_does_not_move_the_window() -> None:
    assert len({first_line(100, followed, 10) for followed in (51, 52, 53)}) == 1


def test_long_sources_have_wider_numbers() -> None:
    assert source("x\n" * 1200, [Place(1200, "a")], (12, 2)).to_text() == "1199  x\n1200▶ x    a"


def test_wide_characters_in_code_are_cut_whole() -> None:
    assert source("日本 = 1\n", [Place(1, "T-1")], (11, 1)).to_text() == " 1▶ 日… T-1"
    assert source("日本 = 1\n", [Place(1, "T-1")], (10, 1)).to_text() == " 1▶  … T-1"


def test_without_a_source_the_pane_says_so_and_an_empty_one_is_empty() -> None:
    assert source(None, [], (20, 3)).to_text().rstrip() == " no source here"
    assert source("", [], (20, 2)).to_text() == " 1\n"
    assert source(TEXT, [Place(99, "a")], (20, 3)).to_text().splitlines()[0] == " 6"


@pytest.mark.parametrize("width", range(12))
def test_any_width_is_drawn(width: int) -> None:
    assert source(TEXT, [Place(4, "Thread-1"), Place(4, "Thread-2")], (width, 8)).width == width
