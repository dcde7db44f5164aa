"""A step or a callback that made others late is found, with its line; a long one that harmed nobody is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.events import Kind
from tests.builders import LaneBuilder, lane, ns, timeline
from tests.findings.found import found, found_in, names
from tests.runs.watching import running
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

BEAT = """
import asyncio, time
async def beat():
    for _ in range(12):
        await asyncio.sleep(0.02)
async def main():
    beating = asyncio.create_task(beat())
    await asyncio.sleep(0.05)
    {what}
    await beating
asyncio.run(main())
"""


def loop() -> LaneBuilder:
    return lane("main", "process").runs(0)


def sleeper(due_ms: float, wakes_ms: float) -> LaneBuilder:
    """A task that goes to sleep at 1 ms; its time is up, and then it runs."""
    early = lane("sleeper", "task").ready(0.2, by="main").resumes(0.5, on="main").does(Kind.SLEEP, 1, arg=round((due_ms - 1) * 1e6))
    woken = early.does(Kind.SUSPENDED, 1.1).ready(wakes_ms, by="main").resumes(wakes_ms + 0.1, on="main")
    return woken.does(Kind.SLEPT, wakes_ms + 0.2).ends(wakes_ms + 0.5)


@pytest.mark.parametrize("what", ["time.sleep(0.1)", "sum(value * value for value in range(3_000_000))"], ids=["waits", "computes"])
def test_a_step_that_lets_nobody_else_run_is_found(tmp_path: Path, what: str) -> None:
    (finding,) = found_in(tmp_path, "blocked_loop", BEAT.format(what=what))

    assert "main kept the event loop busy" in finding.words
    assert "Task-2 beat was" in finding.words


def test_the_line_of_a_call_that_waits_is_named(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "blocked_loop", BEAT.format(what="time.sleep(0.1)"))

    assert " at program.py:9: " in finding.words


@pytest.mark.parametrize("what", ["await asyncio.sleep(0.1)", "await asyncio.to_thread(time.sleep, 0.1)"])
def test_its_twin_that_awaits_is_silent(tmp_path: Path, what: str) -> None:
    assert found_in(tmp_path, "blocked_loop", BEAT.format(what=what)) == ()


def test_a_callback_that_lets_no_task_run_is_found(tmp_path: Path) -> None:
    late = "asyncio.get_running_loop().call_later(0.01, time.sleep, 0.1)"

    (finding,) = found_in(tmp_path, "blocked_loop", BEAT.format(what=late))

    assert finding.words.startswith("A callback on main kept the event loop busy")


def test_what_a_program_does_between_two_loops_is_no_callback(tmp_path: Path) -> None:
    twice = "import asyncio, time\nasync def main():\n    await asyncio.gather(*map(asyncio.sleep, (0.01, 0.02)))\n"

    assert found_in(tmp_path, "blocked_loop", twice + "asyncio.run(main()); time.sleep(0.1); asyncio.run(main())\n") == ()


def test_a_step_that_never_ends_is_found_while_it_lasts(tmp_path: Path) -> None:
    with running(tmp_path, BEAT.format(what="while True: pass")) as run:
        until(lambda: run.poll() is not None and found(run.timeline, "blocked_loop"), "the finding")


def test_a_long_step_with_nobody_else_there_is_none() -> None:
    alone = lane("alone", "task").ready(0, by="main").step(1, 200, on="main").ready(201, by="main").resumes(202, on="main").ends(203)

    assert found(timeline(loop(), alone, ended=210), "blocked_loop") == ()


def test_who_sleeps_beyond_the_step_is_not_late() -> None:
    busy = lane("busy", "task").ready(0, by="main").step(2, 100, on="main").ready(300, by="main").resumes(301, on="main").ends(302)

    assert found(timeline(loop(), busy, sleeper(150, 150.2), ended=310), "blocked_loop") == ()


def test_who_slept_long_enough_was_late_by_the_rest_of_the_step() -> None:
    busy = lane("busy", "task").ready(0, by="main").step(2, 100, on="main").ready(300, by="main").resumes(301, on="main").ends(302)
    built = timeline(loop(), busy, sleeper(40, 100.2), ended=310)

    (finding,) = found(built, "blocked_loop")

    assert names(built, finding) == ["busy", "sleeper"]
    assert finding.words.startswith("busy kept the event loop busy for 98 ms")
    assert finding.words.endswith("sleeper was 60 ms late")
    assert (finding.from_ns, finding.to_ns) == (ns(2), ns(100))


def test_time_without_a_core_is_not_the_steps_fault() -> None:
    busy = lane("busy", "task").ready(0, by="main").step(2, 100, on="main").ready(300, by="main").resumes(301, on="main").ends(302)
    starved = loop().wants_core(20).on_core(90)

    assert found(timeline(starved, busy, sleeper(40, 100.2), ended=310), "blocked_loop") == ()


def test_the_limit_can_be_set() -> None:
    busy = lane("busy", "task").ready(0, by="main").step(2, 42, on="main").ready(300, by="main").resumes(301, on="main").ends(302)
    built = timeline(loop(), busy, sleeper(10, 42.2), ended=310)

    assert found(built, "blocked_loop") == ()
    assert len(found(built, "blocked_loop", ms=30)) == 1


def test_its_length_is_that_of_the_clock_and_what_was_not_its_fault_is_told_beside_it() -> None:
    busy = lane("busy", "task").ready(0, by="main").step(2, 202, on="main").ready(300, by="main").resumes(301, on="main").ends(302)
    starved = loop().wants_core(20).on_core(70)

    (finding,) = found(timeline(starved, busy, sleeper(12, 202.2), ended=310), "blocked_loop")

    assert finding.words.startswith("busy kept the event loop busy for 200 ms, 50 ms of it without a core or the GIL")
    assert finding.words.endswith("sleeper was 190 ms late")


def test_all_who_were_late_are_named() -> None:
    busy = lane("busy", "task").ready(0, by="main").step(2, 100, on="main").ready(300, by="main").resumes(301, on="main").ends(302)
    other = lane("other", "task").ready(0.2, by="main").resumes(0.5, on="main").does(Kind.SLEEP, 1, arg=round(49 * 1e6))
    woken = other.does(Kind.SUSPENDED, 1.2).ready(100.3, by="main").resumes(101, on="main").does(Kind.SLEPT, 101.1).ends(101.2)

    (finding,) = found(timeline(loop(), busy, sleeper(40, 100.2), woken, ended=310), "blocked_loop")

    assert finding.words.endswith("sleeper was 60 ms late, other too")
