"""Reduction leaves out schedules, never an outcome: held against plain exhaustive search on programs made by chance."""

from __future__ import annotations

import pytest

from concviz.schedules.bounded import Bounded
from concviz.schedules.dependence import ANYTHING, NOTHING, dependent
from concviz.schedules.reduced import Reduced
from tests.schedules.searched import searched
from tests.schedules.toys import Toy

RANDOM = (9, 18, 22, 36, 40, 47, 50, 52, 54, 55, 57, 59, 60, 61, 64, 65, 67, 73, 77, 82, 98, 99, 109, 115, 117, 119)
"""Seeds of programs that have 20 to 350 interleavings, and several outcomes or races."""


@pytest.mark.parametrize("seed", RANDOM)
def test_every_outcome_of_a_random_program_is_still_found(seed: int) -> None:
    program, plain, reduced = Toy(str(seed)).load(), Bounded("1"), Reduced()
    expected, all_of_them = searched(plain, program)
    found, tried = searched(reduced, program)

    assert plain.exhausted
    assert reduced.exhausted
    assert tried < all_of_them
    assert set(found) == set(expected)


@pytest.mark.parametrize(("name", "plain", "most"), [("two results", 69, 10), ("lock order", 194, 20), ("condition while", 38, 20)])
def test_it_needs_far_fewer_schedules(name: str, plain: int, most: int) -> None:
    expected, all_of_them = searched(Bounded("1"), Toy(name).load())
    found, tried = searched(Reduced(), Toy(name).load())

    assert (all_of_them, tried <= most, set(found)) == (plain, True, set(expected))


def test_a_deadlock_behind_a_lock_that_is_given_back_first_is_found() -> None:
    """Giving back and taking can never both go: the race is with the taking before, however the later worker stood then."""
    outcomes, _ = searched(Reduced(), Toy("lock order").load())

    assert "deadlock" in {signature for _, signature, _ in outcomes}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("x", False, False), ("x", False, False), False),
        (("x", True, False), ("x", False, False), True),
        (("x", True, False), ("y", True, False), False),
        (ANYTHING, ("y", False, False), True),
        (("y", False, False), ANYTHING, True),
        (ANYTHING, ANYTHING, True),
        (NOTHING, ANYTHING, False),
        (NOTHING, NOTHING, False),
    ],
)
def test_steps_depend_on_each_other_by_what_they_touch(
    one: tuple[str, bool, bool], other: tuple[str, bool, bool], *, expected: bool
) -> None:
    assert dependent(one, other) is expected
