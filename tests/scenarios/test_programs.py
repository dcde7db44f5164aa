"""Every built-in script runs by itself, under every Python, and prints what its lesson tells of."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from concviz.scenarios.catalogue import builtin
from tests.probes.harness import pythons
from tests.scenarios.expected import COMPLAINS, IN_ORDER, LAST, LINES, NEVER_END, OTHERS, SERVERS, SINCE
from tests.scenarios.programs import FOLDER, LIMIT_SECONDS, QUICK, all_ran, started, version

if TYPE_CHECKING:
    from tests.scenarios.programs import Ran

CHAPTERS = tuple(dict.fromkeys(scenario.chapter for scenario in builtin()))


def too_old(one: Ran) -> bool:
    return version(one.python) < SINCE.get(one.script, (3,))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_script_prints_what_it_should_under_every_python(chapter: str) -> None:
    folders = {scenario.name for scenario in builtin() if scenario.chapter == chapter}
    those = [one for one in all_ran(pythons(), [script for script in LINES if script.partition("/")[0] in folders]) if not too_old(one)]

    assert [(one.script, sorted(one.lines), one.code) for one in those] == [(one.script, sorted(LINES[one.script]), 0) for one in those]
    assert [(one.script, one.lines) for one in those if one.lines != IN_ORDER.get(one.script, one.lines)] == []
    assert [(one.script, one.lines) for one in those if one.lines[-1] != LAST.get(one.script, one.lines[-1])] == []
    assert [(one.script, one.complaints) for one in those if bool(one.complaints) != (one.script in COMPLAINS)] == []
    assert [(one.script, one.complaints) for one in those if COMPLAINS.get(one.script, "") not in one.complaints] == []


@pytest.mark.parametrize("script", SINCE)
def test_what_needs_a_newer_python_says_so_in_one_line(script: str) -> None:
    ended = [one for one in all_ran(pythons(), [script]) if too_old(one)]

    needs = ".".join(map(str, SINCE[script]))
    assert [(one.lines, one.code, one.complaints.count("\n")) for one in ended] == [([], 1, 1)] * len(ended)
    assert all(one.complaints.endswith(f"Python {needs} or later\n") for one in ended)


def test_every_script_is_tried_here() -> None:
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.py")}

    assert there == {*LINES, *NEVER_END, *OTHERS, *SERVERS}


@pytest.mark.parametrize("endless", NEVER_END)
def test_what_never_ends_is_stuck_long_after_its_twin_has_ended(endless: str) -> None:
    many, ends = NEVER_END[endless]
    with ExitStack() as stack:
        stuck = [stack.enter_context(started(python, endless, QUICK)) for python in pythons()]
        said = [[process.stdout.readline() for _ in range(many)] for process in stuck if process.stdout]
        all_ran(pythons(), [ends], {})

        still_there = [process.poll() is None for process in stuck]
        for process in stuck:
            process.kill()
        said_later = [process.communicate(timeout=LIMIT_SECONDS)[0] for process in stuck]

    assert all(still_there)
    assert all(all(lines) for lines in said)
    assert said_later == [""] * len(stuck)


def test_without_a_lock_updates_are_lost() -> None:
    for one in all_ran(pythons(), ["shared_counter/without_lock.py"], QUICK | {"ROUNDS": "100"}):
        expected, counted, lost = (int(line.split()[1]) for line in one.lines)

        assert expected == 200
        assert lost == 200 - counted
        assert lost > 0


def test_a_global_greets_somebody_by_another_name() -> None:
    for one in all_ran(pythons(), ["thread_local/global_value.py"]):
        assert len(one.lines) == 3
        assert any(line.split()[0] != line.split()[-1] for line in one.lines)


@pytest.mark.parametrize("way", ["one_lock", "readers_together"])
def test_nobody_reads_half_a_page(way: str) -> None:
    """Before it is written it is old, afterwards new."""
    for one in all_ran(pythons(), [f"readers_writer/{way}.py"]):
        at = one.lines.index("written")

        assert one.lines == ["read old"] * at + ["written"] + ["read new"] * (4 - at)


@pytest.mark.parametrize(("model", "processes", "threads"), [("threads", 1, 4), ("processes", 4, 4), ("tasks", 1, 1)])
def test_threads_share_a_process_and_tasks_a_thread(model: str, processes: int, threads: int) -> None:
    for one in all_ran(pythons(), [f"names_and_ids/{model}.py"]):
        ids = [line.replace(",", "").split()[2::2] for line in one.lines]

        assert len(ids) == 4
        assert len({process for process, _ in ids}) == processes
        assert len({tuple(both) for both in ids}) == threads


def test_a_blocked_loop_beats_less_often_than_a_free_one() -> None:
    ways = [f"blocking_the_loop/{way}.py" for way in ("blocked", "awaited", "in_a_thread")]
    blocked, awaited, in_a_thread = [one.lines.count("tick") for one in all_ran(pythons()[:1], ways, {"BLOCK_MS": "1500"})]

    assert blocked < awaited
    assert blocked < in_a_thread
