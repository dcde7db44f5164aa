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
from tests.gates.chosen import again, chance, first_bad, on, outcomes

if TYPE_CHECKING:
    from concviz.gates.choice import Outcome

PROGRAMS = Path(__file__).parent / "processes"

WRONG = {"lost_update": End.EXCEPTION, "lock_order": End.DEADLOCK}

RIGHT = ("with_a_lock", "put_and_get", "spawned")


def program(name: str) -> Target:
    return Target.named(f"{PROGRAMS / name}.py:main")


def told(outcome: Outcome) -> list[tuple[str, str, str, str]]:
    return [(step.option.name, step.option.operation, step.option.resource, step.seen) for step in outcome.steps]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_program_fails_within_a_hundred_random_schedules(name: str) -> None:
    outcome = first_bad(program(name), 100)

    assert outcome.end is WRONG[name]
    assert outcome.escaped == ()


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_program_never_fails(name: str) -> None:
    found = outcomes(program(name), 4 if name == "spawned" else 20)

    assert {(outcome.end, outcome.words, outcome.escaped) for outcome in found} == {(End.OK, "", ())}


@pytest.mark.parametrize("name", [*WRONG, *RIGHT])
def test_the_same_choices_give_the_same_run(name: str) -> None:
    first = run_once(program(name), chance(7))

    assert run_once(program(name), again(first)) == first


def test_each_step_of_each_process_is_told_with_what_was_seen() -> None:
    outcome = run_once(program("lost_update"), on)

    assert told(outcome) == [
        ("MainThread", "start", "", ""),
        ("Process-1", "start", "", ""),
        ("Process-1", "read", "counter", "0"),
        ("Process-1", "write", "counter", "1"),
        ("MainThread", "join", "Process-1", ""),
        ("Process-2", "start", "", ""),
        ("Process-2", "read", "counter", "1"),
        ("Process-2", "write", "counter", "2"),
        ("MainThread", "join", "Process-2", ""),
        ("MainThread", "read", "counter", "2"),
    ]


def test_a_deadlock_between_processes_tells_the_circle() -> None:
    outcome = first_bad(program("lock_order"), 100)

    assert outcome.words == "deadlock: Process-1 waits: `b` is held by Process-2, and Process-2 waits: `a` is held by Process-1"


def test_nothing_of_a_run_that_was_broken_off_is_left() -> None:
    first_bad(program("lock_order"), 100)
    before = descriptors(), below(os.getpid())
    first_bad(program("lock_order"), 100)

    assert (descriptors(), below(os.getpid())) == before


def descriptors() -> int:
    """How many are open; 0 where that is not told."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0
