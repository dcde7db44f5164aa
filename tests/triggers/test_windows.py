"""What is kept around that which fires: merged, and bounded."""

from __future__ import annotations

from itertools import pairwise

from concviz.triggers.windows import LONGEST, MOST, MOST_NOTES, Note, Windows


def windows(*times: int, around: int = 10) -> Windows:
    made = Windows(around)
    for at in times:
        made.add(Note(at, f"at {at}"))
    return made


def stretches(made: Windows) -> list[tuple[int, int, int]]:
    return [(window.from_ns, window.to_ns, len(window.notes)) for window in made.over(None)]


def test_each_time_is_kept_with_what_lies_around_it() -> None:
    assert stretches(windows(100, 200)) == [(90, 110, 1), (190, 210, 1)]


def test_windows_that_touch_are_one() -> None:
    assert stretches(windows(100, 115, 130)) == [(90, 140, 3)]


def test_what_is_noticed_late_joins_too() -> None:
    assert stretches(windows(115, 100)) == [(90, 125, 2)]


def test_what_fires_all_the_time_makes_windows_of_a_longest_length_that_do_not_overlap() -> None:
    found = stretches(windows(*range(100, 1000, 5)))

    assert all(to - since <= LONGEST * 10 for since, to, _ in found)
    assert all(later[0] >= earlier[1] for earlier, later in pairwise(found))
    assert sum(notes for _, _, notes in found) == len(range(100, 1000, 5))


def test_there_are_so_many_windows_and_what_fires_later_is_counted() -> None:
    made = windows(*range(100, 100 + 1000 * (MOST + 5), 1000))

    assert len(stretches(made)) == MOST
    assert made.left_out == 5


def test_a_window_has_so_many_notes_and_the_others_are_counted() -> None:
    (window,) = windows(*[100] * (MOST_NOTES + 7)).over(None)

    assert (len(window.notes), window.more) == (MOST_NOTES, 7)


def test_a_window_is_given_once_and_when_it_is_over() -> None:
    made = windows(100)

    assert made.over(109) == []
    assert len(made.over(110)) == 1
    assert made.over(None) == []
