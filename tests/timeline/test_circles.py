"""Circles in waits: each found once, the shortest first, with those that lead to it."""

from __future__ import annotations

from concviz.timeline.circles import circles, led_to
from concviz.timeline.needs import Need
from concviz.timeline.states import State


def waits(**by: str) -> dict[int, Need]:
    """Workers a, b, c ... are 1, 2, 3 ...; `a="bc"`: a waits for b or c."""
    number = {name: place for place, name in enumerate("abcdefgh", 1)}
    return {number[one]: Need(number[one], State.LOCK, 1, 0, 0, tuple(number[other] for other in by[one]), closed=True) for one in by}


def test_two_that_wait_for_each_other_are_one() -> None:
    assert circles(waits(a="b", b="a", c="a")) == [(1, 2)]


def test_a_chain_is_none() -> None:
    assert circles(waits(a="b", b="c", c="d")) == []


def test_one_that_waits_for_itself_is_one() -> None:
    assert circles(waits(a="a", b="a")) == [(1,)]


def test_one_that_another_could_help_as_well_goes_through_that_one() -> None:
    assert circles(waits(a="ab", b="ab")) == [(1, 2)]


def test_two_apart_are_both_found_and_a_long_one_whole() -> None:
    assert circles(waits(a="b", b="a", c="d", d="e", e="c")) == [(1, 2), (3, 4, 5)]


def test_who_waits_for_a_circle_is_found_through_others_too() -> None:
    assert led_to(waits(a="b", b="a", c="a", d="c", e="f"), (1, 2)) == (3, 4)
