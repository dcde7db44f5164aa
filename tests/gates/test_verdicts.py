"""Programs with a known verdict, under random schedules."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from concviz.gates.choice import End
from concviz.gates.run import run_once
from tests.gates.chosen import again, chance, first_bad, outcomes, program
from tests.walls.tree import ROOT

WRONG = {
    "lost_update": End.EXCEPTION,
    "lost_update_in_a_pool": End.EXCEPTION,
    "lost_update_after_a_barrier": End.EXCEPTION,
    "condition_with_if": End.EXCEPTION,
    "lock_order": End.DEADLOCK,
    "philosophers_3": End.DEADLOCK,
    "philosophers_5": End.DEADLOCK,
    "lost_wakeup": End.DEADLOCK,
    "double_checked": End.EXCEPTION,
    "check_then_act": End.EXCEPTION,
    "across_await": End.EXCEPTION,
    "two_to_thread_jobs": End.EXCEPTION,
    "semaphore_leak": End.DEADLOCK,
    "queue_closed_early": End.EXCEPTION,
}

RIGHT = ("simple_queue", "condition_with_while")


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_program_fails_within_a_hundred_random_schedules(name: str) -> None:
    outcome = first_bad(program(name), 100, memory=True)

    assert outcome.end is WRONG[name]
    assert outcome.words
    assert outcome.signature
    assert outcome.escaped == ()


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_program_never_fails_and_has_no_race(name: str) -> None:
    found = outcomes(program(name), 60, memory=True, races=True)

    assert {(outcome.end, outcome.words) for outcome in found} == {(End.OK, "")}


@pytest.mark.parametrize("name", [*WRONG, *RIGHT])
def test_the_same_choices_give_the_same_run(name: str) -> None:
    first = run_once(program(name), chance(7), memory=True)

    assert run_once(program(name), again(first), memory=True) == first


SAME = """
import sys
from tests.gates.chosen import PROGRAMS, chance, program
from concviz.gates.run import run_once
for path in sorted(PROGRAMS.glob("*.py")):
    if path.stem in {"lost_update_in_a_pool", "two_to_thread_jobs"}:
        continue  # a pool's own code looks into its queue once more from 3.12 on
    outcome = run_once(program(path.stem), chance(3), memory=True)
    print(path.stem, outcome.end, [(s.option.worker, s.option.operation, s.option.resource, s.chosen, s.seen) for s in outcome.steps])
"""


def others() -> list[str]:
    here = Path(sys.executable).resolve()
    found = [path for path in Path.home().glob(".pyenv/versions/3.1[1-9]*/bin/python") if path.resolve() != here]
    return [str(path) for path in found]


@pytest.mark.skipif(not others(), reason="there is no other Python")
def test_programs_without_a_pool_take_the_same_steps_in_another_process_and_under_other_pythons() -> None:
    said = {
        python: subprocess.run(
            [python, "-c", SAME], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": "0"}
        ).stdout
        for python in [sys.executable, *others()]
    }

    assert len(set(said.values())) == 1
