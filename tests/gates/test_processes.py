"""Processes under control: real ones, one step at a time, with what they share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concviz.gates.choice import End
from concviz.gates.run import run_once
from concviz.gates.target import Target
from concviz.runs.descendants import below
from concviz.schedules.programs import under_control
from concviz.schedules.reduced import Reduced
from tests.gates.chosen import again, chance, on, outcomes
from tests.schedules.searched import searched

if TYPE_CHECKING:
    from concviz.gates.choice import Outcome

PROGRAMS = Path(__file__).parent / "processes"

WRONG = {
    "lost_update": End.EXCEPTION,
    "lock_order": End.DEADLOCK,
    "threads_inside": End.EXCEPTION,
    "block": End.EXCEPTION,
    "terminated_with_a_lock": End.DEADLOCK,
    "joined_too_early": End.DEADLOCK,
}

RIGHT = {"with_a_lock": 20, "put_and_get": 20, "grandchildren": 10, "spawned": 4, "pools": 3}
"""Program -> schedules that are tried."""


def program(name: str) -> Target:
    return Target.named(f"{PROGRAMS / name}.py:main")


def told(outcome: Outcome) -> list[tuple[str, str, str, str]]:
    return [(step.option.name, step.option.operation, step.option.resource, step.seen) for step in outcome.steps]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_program_fails_within_a_hundred_random_schedules(name: str) -> None:
    outcome = failing(name)

    assert outcome.end is WRONG[name]
    assert outcome.escaped == ()


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_program_never_fails(name: str) -> None:
    found = outcomes(program(name), RIGHT[name], memory=True)

    assert {(outcome.end, outcome.words, outcome.escaped) for outcome in found} == {(End.OK, "", ())}


@pytest.mark.parametrize("name", [*WRONG, *(name for name in RIGHT if name != "pools")])
def test_the_same_choices_give_the_same_run(name: str) -> None:
    first = run_once(program(name), chance(7), memory=True)

    assert run_once(program(name), again(first), memory=True) == first


def test_each_step_of_each_process_is_told_with_what_was_seen() -> None:
    outcome = run_once(program("lost_update"), on)

    assert told(outcome) == [
        ("MainThread", "start", "", ""),
        ("Process-1", "start", "", ""),
        ("Process-1", "read", "counter", "0"),
        ("Process-1", "write", "counter", "1"),
        ("Process-1", "end", "", ""),
        ("MainThread", "join", "Process-1", ""),
        ("Process-2", "start", "", ""),
        ("Process-2", "read", "counter", "1"),
        ("Process-2", "write", "counter", "2"),
        ("Process-2", "end", "", ""),
        ("MainThread", "join", "Process-2", ""),
        ("MainThread", "read", "counter", "2"),
    ]


def test_a_deadlock_between_processes_tells_the_circle() -> None:
    outcome = failing("lock_order")

    assert outcome.words == "deadlock: Process-1 waits: `b` is held by Process-2, and Process-2 waits: `a` is held by Process-1"


def test_a_lock_that_ended_with_its_holder_says_so() -> None:
    outcome = failing("terminated_with_a_lock")

    assert outcome.words == "deadlock: MainThread waits: `lock` is held by Process-1, which has ended"


def test_who_cannot_write_into_a_full_pipe_is_told() -> None:
    outcome = run_once(program("joined_too_early"), on)

    assert outcome.words.endswith("feeder of Process-1 waits: `queue's pipe` has no room")


def test_an_exception_in_a_process_ends_the_run_with_its_traceback() -> None:
    outcome = failing("threads_inside")

    assert outcome.words == "AssertionError: 1 of 2 in Process-1"
    assert outcome.traceback.endswith("AssertionError: 1 of 2\n")


def test_what_a_process_has_for_itself_has_its_name_in_front() -> None:
    outcome = run_once(program("threads_inside"), on, memory=True)

    touched = {(step.option.name, step.option.resource) for step in outcome.steps if "total" in step.option.resource}
    assert touched == {
        ("MainThread", "total"),
        ("Process-1 Thread-1", "Process-1's total"),
        ("Process-1 Thread-2", "Process-1's total"),
        ("Process-1", "Process-1's total"),
    }


def test_accesses_to_a_block_that_nothing_orders_are_a_race() -> None:
    outcome = run_once(program("block"), on, memory=True)

    assert any(race.startswith("`memory[0]`") for race in outcome.races)


def test_what_a_manager_does_escapes_and_that_is_said() -> None:
    outcome = run_once(program("with_a_manager"), on)

    assert outcome.end is End.OK
    assert any(words.startswith("DictProxy.__setitem__ at with_a_manager.py:") for words in outcome.escaped)
    assert [step.option.name for step in outcome.steps if step.option.resource == "DictProxy.__setitem__"] == ["Process-2", "Process-3"]


def test_no_outcome_is_left_out_where_schedules_that_differ_in_nothing_are() -> None:
    run = under_control(program("what_is_seen_when"), memory=False)
    found, _ = searched(Reduced(), run)
    seen = {outcome.result for outcome in outcomes(program("what_is_seen_when"), 40)}

    assert len(seen) > 6
    assert seen <= {result for _, _, result in found}


def test_pools_that_an_earlier_run_left_are_no_part_of_a_later_one(tmp_path: Path) -> None:
    (tmp_path / "left.py").write_text("from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)\npool.submit(int)\n")
    first = told(run_once(program("lost_update"), on))

    left = [run_once(Target(script=str(tmp_path / "left.py")), on) for _ in range(3)]

    assert {outcome.end for outcome in left} == {End.LEFT_BEHIND}
    assert told(run_once(program("lost_update"), on)) == first


def test_nothing_of_a_run_that_was_broken_off_is_left() -> None:
    failing("lock_order"), failing("block")
    before = descriptors(), below(os.getpid()), blocks()
    failing("lock_order"), failing("block")

    assert (descriptors(), below(os.getpid()), blocks()) == before


def failing(name: str) -> Outcome:
    """The first of some random schedules that fails."""
    runs = (run_once(program(name), chance(seed), memory=True) for seed in range(100))
    return next(outcome for outcome in runs if outcome.end is not End.OK)


def descriptors() -> int:
    """How many are open; 0 where that is not told."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


def blocks() -> set[str]:
    """Blocks of shared memory that are there."""
    folder = Path("/dev/shm")
    return {path.name for path in folder.glob("psm_*")} if folder.exists() else set()
