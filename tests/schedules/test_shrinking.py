"""What a person is shown is the smallest schedule that fails in the same way."""

from __future__ import annotations

import pytest

from concviz.schedules import token
from concviz.schedules.replaying import agreeing, made_of, replay_of
from concviz.schedules.sampled import Random
from concviz.schedules.shrinking import Failure, shrink
from concviz.schedules.token import Token
from concviz.schedules.trial import run
from tests.schedules.toys import Toy


def failing(name: str, seed: str = "1") -> tuple[tuple[int, ...], str]:
    """A schedule that fails, found by chance, and its signature."""
    program = Toy(name).load()
    for plan in Random(seed).plans(500):
        trial = run(program, plan)
        if trial.failed:
            return trial.choices, trial.signature
    raise AssertionError("none failed")


@pytest.mark.parametrize(
    ("name", "preemptions"), [("lost update", 1), ("lock order", 1), ("philosophers", 1), ("three adders", 1), ("condition if", 0)]
)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_fewest_preemptions_are_found_and_known_to_be_the_fewest(name: str, preemptions: int, seed: str) -> None:
    choices, signature = failing(name, seed)

    shrunk = shrink(Toy(name), choices, Failure(signature))

    assert shrunk is not None
    assert (shrunk.preemptions, shrunk.fewest) == (preemptions, True)
    assert replay_of(Toy(name), Token(shrunk.choices)).outcome.signature == signature


def test_the_failure_stays_the_same_one() -> None:
    """A deadlock never shrinks to a failed assertion that is cheaper to reach."""
    program = Toy("condition if").load()
    deadlock = next(trial for plan in Random("1").plans(3000) if (trial := run(program, plan)).signature == "deadlock")

    shrunk = shrink(Toy("condition if"), deadlock.choices, Failure("deadlock"))

    assert shrunk is not None
    assert replay_of(Toy("condition if"), Token(shrunk.choices)).outcome.signature == "deadlock"


def test_replays_are_bounded_and_what_was_not_tried_is_not_claimed() -> None:
    choices, signature = failing("philosophers", "3")

    shrunk = shrink(Toy("philosophers"), choices, Failure(signature), replays=10)

    assert shrunk is not None
    assert (shrunk.replays <= 10, shrunk.fewest) == (True, False)


def test_another_result_can_be_the_failure() -> None:
    program = Toy("two results").load()
    choices = next(trial.choices for plan in Random("1").plans(500) if (trial := run(program, plan)).result != "2")

    shrunk = shrink(Toy("two results"), choices, Failure(unlike="2"))

    assert shrunk is not None
    assert shrunk.preemptions == 1
    assert replay_of(Toy("two results"), Token(shrunk.choices)).outcome.result == "1"


def test_what_does_not_fail_again_is_not_shrunk() -> None:
    assert shrink(Toy("locked"), (1, 1), Failure("lost")) is None


def test_a_replay_is_the_same_a_thousand_times() -> None:
    choices, signature = failing("three adders")
    made = made_of(replay_of(Toy("three adders"), Token(choices)), Toy("three adders"))

    assert agreeing(Toy("three adders"), token.read(str(made)), (signature, ""), 1000) == 1000


@pytest.mark.parametrize(
    ("choices", "checks", "says"),
    [
        ((0, 0, 0, 0, 0, 1), (1,), "diverged at step 6: T3: start (toy.py:3) is not what the token was made with"),
        ((0,) * 11 + (2,), (), "diverged at step 12: nobody else could go; next was T1: read n (toy.py:1)"),
        ((0, 0, 0, 5), (), "diverged at step 4: only 2 could go, not 6; next was T2: start (toy.py:2)"),
        ((0,) * 40 + (1,), (), "diverged at step 13: the run had ended, but the token has 41 steps"),
    ],
)
def test_a_replay_says_at_which_step_it_diverged(choices: tuple[int, ...], checks: tuple[int, ...], says: str) -> None:
    assert replay_of(Toy("lost update"), Token(choices, checks=checks)).diverged == says


def test_a_replay_of_the_same_program_does_not_diverge() -> None:
    choices, _ = failing("philosophers")
    made = replay_of(Toy("philosophers"), Token(choices))

    assert made.diverged == ""
    assert replay_of(Toy("philosophers"), made_of(made, Toy("philosophers"))) == made
