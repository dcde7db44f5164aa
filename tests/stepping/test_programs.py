"""Real programs under the real engine, led step by step; and every challenge of the lessons won."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from concviz.gates.choice import End
from concviz.scenarios.catalogue import builtin
from concviz.stepping import printed as printing
from concviz.stepping.goal import verdict
from concviz.stepping.play import Play, Way
from concviz.stepping.programs import Program, programs
from concviz.stepping.request import Request
from concviz.stepping.solutions import of_program
from concviz.stepping.workers import workers
from tests.probes.harness import pythons
from tests.stepping.toys import led, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOST = """
import threading

counter = 0

def add():
    global counter
    counter += 1

adders = [threading.Thread(target=add) for _ in range(2)]
for adder in adders:
    adder.start()
for adder in adders:
    adder.join()
print(f"counted {counter}")
"""

FAILS = """
import threading

def work():
    raise ValueError("no")

thread = threading.Thread(target=work)
thread.start()
thread.join()
"""

TASKS = """
import asyncio

counter = 0

async def add():
    global counter
    value = counter
    await asyncio.sleep(0)
    counter = value + 1

async def main():
    await asyncio.gather(add(), add())

asyncio.run(main())
print(f"counted {counter}")
"""

HOLDS = """
things = []

def setup():
    return {"a": 1}

def work(state):
    state["a"] = 2

def check(state):
    return state["a"] == 1
"""


@contextmanager
def play(folder: Path, source: str, way: Way | None = None, **more: str) -> Iterator[Play]:
    script = folder / "program.py"
    script.write_text(source)
    made = Play(Request(script, **more), way or Way(), keeps_ready=False)  # type: ignore[arg-type]
    try:
        yield settled(made)
    finally:
        made.close()


def go(play: Play, worker: int, until: str) -> None:
    """Grant it steps until it is about to do this, or has ended."""
    while play.stands is not None:
        option = next((one for one in play.stands.can if one.worker == worker), None)
        if option is None or option.operation == until:
            return
        led(play, lambda: play.grant(worker))


@pytest.mark.parametrize("python", pythons())
def test_an_update_is_lost_by_hand_since_adding_is_a_read_and_a_write(tmp_path: Path, python: str) -> None:
    with play(tmp_path, LOST, python=python) as made:
        go(made, 1, "join")
        go(made, 2, "write")
        go(made, 3, "never")
        led(made, lambda: made.grant(2))
        led(made, made.let_chance)

        assert [one.text for one in made.words] == ["counted 1"]
        assert made.outcome is not None
        assert made.outcome.end is End.OK
        seen = [(step.option.worker, step.option.operation, step.seen) for step in made.steps if step.option.resource == "counter"]
        assert seen[1:5] == [(2, "read", "0"), (3, "read", "0"), (3, "write", "1"), (2, "write", "1")]


def test_without_memory_reads_and_writes_are_no_steps(tmp_path: Path) -> None:
    with play(tmp_path, LOST, Way(memory=False)) as made:
        led(made, made.let_chance)

        assert {step.option.operation for step in made.steps} & {"read", "write"} == set()


def test_a_step_back_is_the_same_program_one_step_before(tmp_path: Path) -> None:
    with play(tmp_path, LOST) as made:
        go(made, 1, "join")
        led(made, lambda: made.grant(2))
        before = made.stands
        led(made, lambda: made.grant(3))
        led(made, made.undo)

        assert made.stands == before
        assert made.diverged is None


def test_an_exception_has_the_programs_own_traceback(tmp_path: Path) -> None:
    with play(tmp_path, FAILS) as made:
        led(made, made.let_chance)

        assert made.outcome is not None
        assert made.outcome.end is End.EXCEPTION
        assert 'raise ValueError("no")' in made.outcome.traceback
        assert "concviz" not in made.outcome.traceback
        found = workers(made.steps, made.stands, made.outcome, made.lived)
        assert [(one.name, one.over, one.cut) for one in found] == [("MainThread", True, True), ("Thread-1", True, False)]


def test_a_function_is_stepped_with_what_is_called_before_and_after_it(tmp_path: Path) -> None:
    with play(tmp_path, HOLDS, function="work", setup="setup", invariant="check") as made:
        led(made, made.let_chance)

        assert made.outcome is not None
        assert made.outcome.end is End.INVARIANT


@pytest.mark.parametrize("python", [sys.executable])
def test_tasks_are_stepped_too(tmp_path: Path, python: str) -> None:
    with play(tmp_path, TASKS, python=python) as made:
        led(made, made.let_chance)

        assert made.outcome is not None
        assert {step.option.name for step in made.steps} >= {"Task-2", "Task-3"}


def test_a_program_that_cannot_be_parsed_says_so(tmp_path: Path) -> None:
    with play(tmp_path, "def (\n") as made:
        led(made, made.let_chance)

        told = made.fault or (made.outcome.words if made.outcome else "")
        assert "SyntaxError" in told


FORKS = """
import os

if not os.fork():
    print("in the child", flush=True)
    os._exit(0)
os.wait()
"""

PROCESS = """
import multiprocessing

lock = multiprocessing.get_context("fork").Lock()

def work():
    with lock:
        print("in the child", flush=True)

child = multiprocessing.get_context("fork").Process(target=work)
child.start()
child.join()
"""

WAITS = """
import os

reading, _ = os.pipe()
os.read(reading, 1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children that are forked")
def test_a_child_process_is_not_controlled_and_that_is_said(tmp_path: Path) -> None:
    with play(tmp_path, FORKS) as made:
        led(made, made.let_chance)

        assert "in the child" in [one.text for one in made.words]
        assert made.outcome is not None
        assert "a child process was started: what it does is not controlled" in made.outcome.escaped


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children that are forked")
def test_a_process_of_multiprocessing_is_stepped(tmp_path: Path) -> None:
    with play(tmp_path, PROCESS) as made:
        led(made, made.let_chance)

        assert "in the child" in [one.text for one in made.words]
        assert made.outcome is not None
        assert made.outcome.escaped == ()
        assert [(step.option.operation, step.option.resource) for step in made.steps if step.option.name == "ForkProcess-1"] == [
            ("start", ""),
            ("acquire", "lock"),
            ("release", "lock"),
            ("end", ""),
        ]


def test_a_step_that_never_ends_is_given_up_and_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(printing, "GIVEN_UP_SECONDS", 0.5)
    script = tmp_path / "waits.py"
    script.write_text(WAITS)

    told = printing.printed(Program(Request(script), "program"), Way(), 100)

    assert told.exit_code == 1
    assert any("it has not come to its next point" in line for line in told.lines)


CHALLENGES = [
    (f"{scenario.name}: {program.challenge.title}", program)
    for scenario in builtin()
    if scenario.challenges
    for program in programs(scenario, scenario.values({}))
    if program.challenge is not None
]


@pytest.mark.parametrize("program", [program for _, program in CHALLENGES], ids=[name for name, _ in CHALLENGES])
def test_every_challenge_can_be_won_and_its_solution_is_true(program: Program) -> None:
    solution = of_program(program)
    assert solution is not None
    assert program.challenge is not None
    made = Play(program.request, Way(solution.choices, memory=solution.memory, to_the_end=True), keeps_ready=False)
    try:
        settled(made)

        assert made.diverged is None
        assert made.outcome is not None
        assert verdict(program.challenge, made.outcome, made.words).won
    finally:
        made.close()
