"""Which accesses explain a failure, and who waits for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concviz.gates.choice import Access, End, Option, Outcome, Step
from concviz.schedules.conflicts import Conflict, conflict
from concviz.schedules.waiting import waits


def outcome(*accesses: str, end: End = End.EXCEPTION, preempts: int = 1) -> Outcome:
    """Accesses as "1r n": worker, way, thing."""
    steps = []
    for at, access in enumerate(accesses):
        worker, way, key = int(access[0]), "write" if access[1] == "w" else "read", access[3:]
        option = Option(worker, f"T{worker}", way, key, "f.py", at, "f", Access(key, way == "write"))
        steps.append(Step(option, 0, (worker,), preempts=at == preempts))
    return Outcome(end, "", "x", "", tuple(steps))


@pytest.mark.parametrize(
    ("accesses", "steps"),
    [
        (("1r n", "2r n", "2w n", "1w n"), (0, 2, 3)),
        (("1w n", "2w n", "1r n"), (0, 1, 2)),
        (("1w n", "2r n", "1w n"), (0, 1, 2)),
        (("1r n", "2w n", "1r n"), (0, 1, 2)),
    ],
)
def test_an_access_between_two_that_belong_together_is_found(accesses: tuple[str, ...], steps: tuple[int, ...]) -> None:
    assert conflict(outcome(*accesses)) == Conflict(steps)


@pytest.mark.parametrize(
    "accesses", [("1r n", "2r n", "1r n"), ("1w n", "2w n", "1w n"), ("1r n", "2w m", "1w n"), ("1r n", "1w n", "2r n")]
)
def test_what_some_order_would_give_too_is_no_conflict(accesses: tuple[str, ...]) -> None:
    assert conflict(outcome(*accesses)) is None


def test_the_one_behind_a_preemption_comes_first() -> None:
    run = outcome("1r a", "2w a", "1w a", "1r n", "2w n", "1w n", preempts=4)

    assert conflict(run) == Conflict((3, 4, 5))


def test_the_closest_together_is_told() -> None:
    assert conflict(outcome("1w n", "2r n", "3w n", "2w n", "1r n", preempts=2)) == Conflict((1, 2, 3))


def test_of_a_race_the_pair_is_told() -> None:
    words = "`n`: T1 writes it at f.py:0 and T2 writes it at f.py:2, and nothing orders the two"
    run = outcome("1w n", "2r m", "2w n", "1r n", end=End.RACE)

    assert conflict(replace(run, words=words)) == Conflict((0, 2))
    assert conflict(replace(run, words="of another one")) is None


def test_a_run_that_ended_well_without_a_result_has_none() -> None:
    assert conflict(outcome("1r n", "2w n", "1w n", end=End.OK)) is None


def step(worker: int, operation: str, lock: str) -> Step:
    return Step(Option(worker, f"T{worker}", operation, lock, "f.py", 1, "f"), 0, (worker,), preempts=False)


def stuck(worker: int, lock: str, by: tuple[int, ...]) -> Option:
    return Option(worker, f"T{worker}", "acquire", lock, "f.py", 9, "f", None, f"`{lock}` is held", by)


def deadlock(*options: Option, steps: tuple[Step, ...] = ()) -> Outcome:
    return Outcome(End.DEADLOCK, "deadlock", "deadlock", "", steps, options)


def test_a_circle_is_told_in_the_order_of_waiting_with_the_steps_of_taking() -> None:
    taken = (step(2, "acquire", "b"), step(3, "acquire", "a"), step(3, "release", "a"), step(3, "acquire", "a"))
    found = waits(deadlock(stuck(1, "", (2,)), stuck(2, "a", (3,)), stuck(3, "b", (2,)), steps=taken))

    assert [(one.option.worker, one.held_since) for one in found.circle] == [(2, 3), (3, 0)]
    assert [one.option.worker for one in found.others] == [1]


def test_a_worker_may_wait_for_itself() -> None:
    found = waits(deadlock(stuck(1, "a", (1,)), steps=(step(1, "acquire", "a"),)))

    assert [(one.option.worker, one.held_since) for one in found.circle] == [(1, 0)]


def test_where_nobody_could_help_there_is_no_circle() -> None:
    found = waits(deadlock(stuck(1, "e", ()), stuck(2, "e", (7,))))

    assert found.circle == ()
    assert [one.option.worker for one in found.others] == [1, 2]


def test_many_who_wait_for_many_are_looked_at_once_each() -> None:
    crowd = [stuck(worker, "", tuple(other for other in range(1, 60) if other < worker)) for worker in range(1, 60)]

    assert waits(deadlock(*crowd)).circle == ()
