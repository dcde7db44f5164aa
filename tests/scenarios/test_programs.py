"""Every built-in script runs by itself, under every Python, and prints what its lesson tells of."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack

import pytest

from concviz.scenarios.catalogue import builtin
from tests.probes.harness import pythons
from tests.scenarios.expected import COMPLAINS, IN_ORDER, LAST, LINES, NEVER_END, NO_PANES, OTHERS, SINCE
from tests.scenarios.programs import FOLDER, LIMIT_SECONDS, QUICK, Ran, all_ran, kill, started, version

CHAPTERS = tuple(dict.fromkeys(scenario.chapter for scenario in builtin()))

SLOWEST = "three_models/tasks.py"
"""It counts to ten, whatever QUICK says; all others end beside it."""

FREE = "import sys; print(not getattr(sys, '_is_gil_enabled', lambda: True)())"

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def everything() -> list[Ran]:
    """Every script under every Python, at its end: beside each other, since most of them mostly wait."""
    return all_ran(pythons(), [SLOWEST, *(script for script in (*LINES, *OTHERS) if script != SLOWEST)])


def of(everything: list[Ran], *scripts: str) -> list[Ran]:
    return [one for one in everything if one.script in scripts]


def too_old(one: Ran) -> bool:
    return version(one.python) < SINCE.get(one.script, (3,))


def same(lines: list[str], expected: list[str]) -> bool:
    """Whether these were printed, in any order; two threads that print at once may mix text and line ends."""
    return sorted(lines) == sorted(expected) or sorted("\n".join(lines)) == sorted("\n".join(expected))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_script_prints_what_it_should_under_every_python(chapter: str, everything: list[Ran]) -> None:
    folders = {scenario.name for scenario in builtin() if scenario.chapter == chapter}
    those = [one for one in everything if one.script in LINES and one.script.partition("/")[0] in folders and not too_old(one)]

    assert [one for one in those if not same(one.lines, LINES[one.script]) or one.code] == []
    assert [one for one in those if one.lines != IN_ORDER.get(one.script, one.lines)] == []
    assert [one for one in those if one.lines[-1] != LAST.get(one.script, one.lines[-1])] == []
    assert [one for one in those if bool(one.complaints) != (one.script in COMPLAINS)] == []
    assert [one for one in those if COMPLAINS.get(one.script, "") not in one.complaints] == []
    assert those


@pytest.mark.parametrize("script", SINCE)
def test_what_needs_a_newer_python_says_so_in_one_line(script: str, everything: list[Ran]) -> None:
    ended = [one for one in of(everything, script) if too_old(one)]

    needs = ".".join(map(str, SINCE[script]))
    assert [(one.lines, one.code, one.complaints.count("\n")) for one in ended] == [([], 1, 1)] * len(ended)
    assert all(one.complaints.endswith(f"Python {needs} or later\n") for one in ended)


def test_every_script_is_tried_here() -> None:
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.py")}

    assert there == {*LINES, *NEVER_END, *OTHERS, *NO_PANES}


@pytest.mark.parametrize("endless", NEVER_END)
def test_what_never_ends_is_stuck_long_after_its_twin_has_ended(endless: str) -> None:
    many, ends = NEVER_END[endless]
    with ExitStack() as stack:
        stuck = [stack.enter_context(started(python, endless, QUICK)) for python in pythons()]
        said = [[process.stdout.readline() for _ in range(many)] for process in stuck if process.stdout]
        all_ran(pythons(), [ends], {})

        still_there = [process.poll() is None for process in stuck]
        for process in stuck:
            kill(process)
        said_later = [process.communicate(timeout=LIMIT_SECONDS)[0] for process in stuck]

    assert all(still_there)
    assert all(all(lines) for lines in said)
    assert said_later == [""] * len(stuck)


@pytest.mark.parametrize("script", ["shared_counter/without_lock.py", "shared_memory/without_lock.py"])
def test_without_a_lock_updates_are_lost(script: str) -> None:
    for one in all_ran(pythons(), [script], QUICK | {"ROUNDS": "100"}):
        expected, counted, lost = (int(line.split()[1]) for line in one.lines)

        assert expected == 200
        assert lost == 200 - counted
        assert lost > 0


def test_a_global_greets_somebody_by_another_name(everything: list[Ran]) -> None:
    for one in of(everything, "thread_local/global_value.py"):
        assert len(one.lines) == 3
        assert any(line.split()[0] != line.split()[-1] for line in one.lines)


@pytest.mark.parametrize("way", ["one_lock", "readers_together"])
def test_nobody_reads_half_a_page(way: str, everything: list[Ran]) -> None:
    """Before it is written it is old, afterwards new."""
    for one in of(everything, f"readers_writer/{way}.py"):
        at = one.lines.index("written")

        assert one.lines == ["read old"] * at + ["written"] + ["read new"] * (4 - at)


@pytest.mark.parametrize(("model", "processes", "threads"), [("threads", 1, 4), ("processes", 4, 4), ("tasks", 1, 1)])
def test_threads_share_a_process_and_tasks_a_thread(model: str, processes: int, threads: int, everything: list[Ran]) -> None:
    for one in of(everything, f"names_and_ids/{model}.py"):
        ids = [line.replace(",", "").split()[2::2] for line in one.lines]

        assert len(ids) == 4
        assert len({process for process, _ in ids}) == processes
        assert len({tuple(both) for both in ids}) == threads


@pytest.mark.parametrize(("way", "left"), [("without_lock", "-60"), ("lock_each_step", "-60"), ("lock_both", "20")])
def test_only_a_lock_around_both_steps_keeps_the_account_from_being_overdrawn(way: str, left: str, everything: list[Ran]) -> None:
    for one in of(everything, f"check_then_act/{way}.py"):
        assert one.lines[-1] == f"balance {left}"


def test_a_program_knows_whether_there_is_a_gil(everything: list[Ran]) -> None:
    for one in [one for one in everything if one.script.startswith("without_gil/")]:
        free = subprocess.run([one.python, "-c", FREE], check=True, capture_output=True, text=True).stdout.strip() == "True"

        assert one.lines == ["without a GIL" if free else "with a GIL", "all is computed"]


@pytest.mark.parametrize("way", ["unguarded", "checked_once"])
def test_without_a_second_check_it_is_loaded_more_than_once(way: str, everything: list[Ran]) -> None:
    for one in of(everything, f"double_checked/{way}.py"):
        assert int(one.lines[-1].split()[-1]) > 1


def test_a_bounded_queue_holds_no_more_than_its_bound(everything: list[Ran]) -> None:
    for one in of(everything, "backpressure/bounded.py", "backpressure/unbounded.py"):
        most = int(one.lines[-1].split()[2])

        assert 1 <= most <= (4 if one.script.endswith("/bounded.py") else 5)


def test_who_gives_way_gets_through_or_gives_up(everything: list[Ran]) -> None:
    for one in of(everything, "livelock/same_pause.py", "livelock/random_pause.py"):
        assert sorted(line.split()[0] for line in one.lines) == ["Anna", "Ben"]
        assert all(" is through, " in line or " has given up, " in line for line in one.lines)


@pytest.mark.parametrize("way", ["sequential", "threads", "tasks"])
def test_a_crawler_finds_every_page_once(way: str, everything: list[Ran]) -> None:
    for one in of(everything, f"crawler/{way}.py"):
        pages = [int(line.split()[1]) for line in one.lines[:-1]]

        assert sorted(pages) == list(range(15))
        assert one.lines[-1] == "pages 15"


def test_a_blocked_loop_beats_less_often_than_a_free_one() -> None:
    ways = [f"blocking_the_loop/{way}.py" for way in ("blocked", "awaited", "in_a_thread")]
    blocked, awaited, in_a_thread = [one.lines.count("tick") for one in all_ran(pythons()[:1], ways, {"BLOCK_MS": "1500"})]

    assert blocked < awaited
    assert blocked < in_a_thread
