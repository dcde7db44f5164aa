"""Every built-in script runs by itself, under every Python, and prints what its lesson tells of."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from concviz.scenarios import ORDER
from tests.probes.harness import pythons
from tests.scenarios.programs import FOLDER, LIMIT_SECONDS, QUICK, started

WAITED = ["one has waited", "three has waited", "two has waited"]
FILES = [f"file {number}: 1600 bytes" for number in range(6)]
PRIMES = ["part 0: 669 primes", "part 1: 560 primes", "part 2: 525 primes", "part 3: 508 primes"]
TOTALS = [f"job {number}: 332833500" for number in range(5)]
DONE = [f"job {number} is done" for number in range(5)]
EXACT = ["counted 20", "expected 20", "lost 0"]
PARKING = [f"car {car} {does}" for car in range(6) for does in ("leaves", "parks")]
PHASES = ["all phases are done", *(f"worker {worker} is done with phase {phase}" for worker in range(3) for phase in range(3))]
ITEMS = [f"{does} {item}" for does in ("put", "used") for item in range(5)]
ARRIVED = ["go!", *(f"runner {runner} has arrived" for runner in range(4))]
BALLS = ["ping", "pong"] * 10
COOKED = [f"{name} has {what}" for name in ("Anna", "Ben") for what in ("both", "one and waits for the other")]
EATEN = [f"philosopher {seat} has eaten" for seat in range(5)] * 2

LINES = {
    "three_models/threads.py": ["Cube: 1000", "Done!", "Square: 100"],
    "three_models/processes.py": ["Processing complete!", *(f"Worker: Process-{number}" for number in range(1, 5))],
    "three_models/tasks.py": [str(number) for number in range(1, 11)],
    **{f"waiting/{model}.py": WAITED for model in ("sequential", "threads", "processes", "tasks")},
    **{
        f"start_methods/{method.lower()}.py": ["Processing complete!", *(f"Worker: {method}Process-{number}" for number in range(1, 5))]
        for method in ("Fork", "Spawn", "ForkServer")
    },
    **{f"downloads/{model}.py": FILES for model in ("sequential", "threads", "processes", "tasks")},
    **{f"primes/{model}.py": PRIMES for model in ("sequential", "threads", "processes", "tasks")},
    **{f"mixed/{model}.py": TOTALS for model in ("sequential", "threads", "processes", "tasks")},
    **{f"shared_counter/{way}.py": EXACT for way in ("with_lock", "tasks")},
    **{f"semaphore/{model}.py": PARKING for model in ("threads", "processes", "tasks")},
    **{f"barrier_phases/{model}.py": PHASES for model in ("threads", "processes", "tasks")},
    **{f"producer_consumer/{model}.py": ITEMS for model in ("threads", "processes", "tasks")},
    **{f"event_start/{model}.py": ARRIVED for model in ("threads", "processes", "tasks")},
    **{f"ping_pong/{model}.py": BALLS for model in ("threads", "processes", "tasks")},
    **{f"pool/{model}.py": DONE for model in ("threads", "executor", "processes", "tasks")},
    "deadlock/same_order.py": [*COOKED, "Dinner is ready!"],
    **{f"dining_philosophers/{way}.py": EATEN for way in ("lower_first", "tasks")},
    "task_group_failure/task_group.py": ["failed: this one fails", "quick is done"],
    "task_group_failure/gather.py": ["failed: this one fails", "quick is done", "slow is done"],
    "task_group_failure/threads.py": ["all threads have ended", "quick is done", "slow is done"],
    **{f"giving_up/{model}.py": ["gave up"] for model in ("threads", "processes", "tasks")},
}
"""What each script prints with QUICK's values; in which order is the workers' business."""

LAST = {
    "three_models/threads.py": "Done!",
    "three_models/processes.py": "Processing complete!",
    "barrier_phases/threads.py": "all phases are done",
    "deadlock/same_order.py": "Dinner is ready!",
}
"""What is printed after all else."""

IN_ORDER = {"three_models/tasks.py": [str(number) for number in range(1, 11)], "ping_pong/threads.py": BALLS, "pool/threads.py": DONE}
"""What has an order of its own."""

NEVER_END = ("deadlock/opposite_order.py", "dining_philosophers/left_first.py")
OTHERS = ("shared_counter/without_lock.py", *(f"blocking_the_loop/{way}.py" for way in ("blocked", "awaited", "in_a_thread")))
"""Scripts with tests of their own below."""


@pytest.mark.parametrize("scenario", ORDER)
def test_every_script_prints_what_it_should_under_every_python(scenario: str) -> None:
    scripts = [script for script in LINES if script.startswith(scenario + "/")]
    with ExitStack() as stack:
        running = [(script, stack.enter_context(started(python, script, QUICK))) for python in pythons() for script in scripts]
        printed = [(script, process.communicate(timeout=LIMIT_SECONDS)[0].splitlines(), process.returncode) for script, process in running]

    assert [(script, sorted(lines), code) for script, lines, code in printed] == [
        (script, sorted(LINES[script]), 0) for script, _ in running
    ]
    assert [(script, lines) for script, lines, _ in printed if lines != IN_ORDER.get(script, lines)] == []
    assert [(script, lines) for script, lines, _ in printed if lines[-1] != LAST.get(script, lines[-1])] == []


def test_every_script_is_tried_here() -> None:
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.py")}

    assert there - {"downloads/server.py"} == {*LINES, *NEVER_END, *OTHERS}


@pytest.mark.parametrize("python", pythons())
def test_without_a_lock_updates_are_lost(python: str) -> None:
    with started(python, "shared_counter/without_lock.py", QUICK | {"ROUNDS": "100"}) as process:
        expected, counted, lost = process.communicate(timeout=LIMIT_SECONDS)[0].splitlines()

    assert expected == "expected 200"
    assert int(lost.split()[1]) == 200 - int(counted.split()[1])
    assert int(lost.split()[1]) > 0


def test_a_blocked_loop_beats_less_often_than_a_free_one() -> None:
    ways = ("blocked", "awaited", "in_a_thread")
    with ExitStack() as stack:
        running = [stack.enter_context(started(pythons()[0], f"blocking_the_loop/{way}.py", {"BLOCK_MS": "1500"})) for way in ways]
        blocked, awaited, in_a_thread = [process.communicate(timeout=LIMIT_SECONDS)[0].count("tick") for process in running]

    assert blocked < awaited
    assert blocked < in_a_thread


@pytest.mark.parametrize("python", pythons())
@pytest.mark.parametrize(
    ("endless", "lines", "ends"),
    [(NEVER_END[0], 2, "deadlock/same_order.py"), (NEVER_END[1], 5, "dining_philosophers/lower_first.py")],
    ids=["two locks", "philosophers"],
)
def test_a_deadlock_is_a_real_one(python: str, endless: str, lines: int, ends: str) -> None:
    """Everybody has one and nobody gets the other, long after the program that takes them in order has ended."""
    with started(python, endless, {}) as stuck:
        assert stuck.stdout is not None
        said = [stuck.stdout.readline() for _ in range(lines)]
        with started(python, ends, {}) as other:
            other.communicate(timeout=LIMIT_SECONDS)

        still_there = stuck.poll() is None
        stuck.kill()
        said_later = stuck.stdout.read()

    assert still_there
    assert all(" has " in line for line in said)
    assert said_later == ""
