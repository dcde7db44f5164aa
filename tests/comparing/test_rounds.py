"""Small comparisons, really run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from concviz.comparing.agreement import agreement
from concviz.comparing.figures import figures
from tests.comparing.work_files import compared, row

if TYPE_CHECKING:
    from pathlib import Path

ALL = ("threads", "processes", "asyncio")

SPINS = """
    def f(n):
        total = 0
        for i in range(150_000 + n):
            total += i * i
        return total
"""
NAPS = """
    import time
    def f(n):
        time.sleep(0.04)
        return n
"""
COROUTINE = """
    import asyncio
    async def f(n):
        await asyncio.sleep(0.04)
        return n
"""


def test_every_model_computes_the_same(tmp_path: Path) -> None:
    found = compared(tmp_path, SPINS, *ALL)

    assert [one.failure for one in found.rows] == [None] * 4
    assert {len(one.samples) for one in found.rows} == {1}
    assert agreement(found).differences == ()
    assert {one.samples[0].digests for one in found.rows} == {found.baseline.samples[0].digests}


def test_threads_that_compute_wait_for_the_gil_and_sequential_work_does_not(tmp_path: Path) -> None:
    found = compared(tmp_path, SPINS.replace("150_000", "600_000"), "threads")

    threads, alone = row(found, "threads").seen, found.baseline.seen
    assert threads is not None
    assert alone is not None
    if found.baseline.variant.python.gil and not (threads.why_not or alone.why_not):
        assert (threads.gil_share or 0) > 0.25
        assert (alone.gil_share or 0) < 0.1


def test_work_that_waits_gains_by_each_model(tmp_path: Path) -> None:
    found = compared(tmp_path, NAPS, *ALL, rounds=2)

    told = {one.variant.model: figures(one, found.baseline) for one in found.rows}
    assert [model for model in ALL if (one := told[model]) is None or one.speed_up.middle < 1.2] == []
    base = told["sequential"]
    assert base is not None
    assert base.parallelism is not None
    assert base.parallelism < 0.5
    assert (base.speed_up.low, base.speed_up.high) == (1, 1)


def test_a_coroutine_function_runs_in_every_model_and_all_at_once(tmp_path: Path) -> None:
    found = compared(tmp_path, COROUTINE, *ALL)

    assert [(one.variant.title, one.failure) for one in found.rows] == [
        ("sequential", None),
        ("threads × 2", None),
        ("processes × 2", None),
        ("asyncio × 2", None),
        ("asyncio × 4", None),
    ]
    together = figures(row(found, "asyncio"), found.baseline)
    assert together is not None
    assert together.speed_up.middle > 2


def test_processes_start_up_and_memory_are_told_apart(tmp_path: Path) -> None:
    found = compared(tmp_path, NAPS, "threads", "processes")

    processes, alone = row(found, "processes").samples[0], found.baseline.samples[0]
    assert processes.start_up_s > alone.start_up_s
    assert (processes.memory_bytes or 0) > 1.5 * (alone.memory_bytes or 1)
    assert (processes.pickled_bytes, processes.interpreter_s is not None) == (alone.pickled_bytes, True)


def test_what_cannot_be_pickled_fails_in_its_row_alone(tmp_path: Path) -> None:
    found = compared(tmp_path, "f = lambda n: n", *ALL)

    failed = {one.variant.model: one.failure for one in found.rows if one.failure}
    assert list(failed) == ["processes"]
    assert not failed["processes"].picklable
    assert "lambda" in failed["processes"].words


def test_a_closure_cannot_be_pickled_either(tmp_path: Path) -> None:
    found = compared(tmp_path, "def make():\n    def inner(n): return n\n    return inner\nf = make()", "processes")

    failure = row(found, "processes").failure
    assert failure is not None
    assert not failure.picklable


def test_an_exception_is_told_in_its_row(tmp_path: Path) -> None:
    source = """
        import threading
        def f(n):
            if threading.current_thread() is not threading.main_thread():
                raise ValueError("not in a thread")
            return n
    """
    found = compared(tmp_path, source, *ALL)

    told = {one.variant.model: one.failure.words for one in found.rows if one.failure}
    assert told == {"threads": "ValueError: not in a thread", "asyncio": "ValueError: not in a thread"}


def test_other_results_are_found(tmp_path: Path) -> None:
    source = """
        import threading
        def f(n):
            return n + (n == 2 and threading.current_thread() is not threading.main_thread())
    """
    found = compared(tmp_path, source, "threads", "processes")

    (difference,) = agreement(found).differences
    assert (difference.title, difference.place, difference.expected, difference.found) == ("threads × 2", 2, "2", "3")


def test_results_that_change_from_run_to_run_are_not_compared(tmp_path: Path) -> None:
    found = compared(tmp_path, "import os\ndef f(n): return os.urandom(8)", "threads", rounds=2)

    assert agreement(found).unsteady
    assert agreement(found).differences == ()


def test_what_never_ends_is_ended_and_nothing_of_it_stays(tmp_path: Path) -> None:
    source = """
        import os, threading
        def f(n):
            if threading.current_thread() is not threading.main_thread():
                threading.Event().wait()
            return n
    """
    found = compared(tmp_path, source, "threads", timeout_s=3)

    failure = row(found, "threads").failure
    assert failure is not None
    assert failure.words == "no end within 3 s"
    assert found.baseline.failure is None


def test_a_worker_that_dies_is_told(tmp_path: Path) -> None:
    source = """
        import multiprocessing, os
        def f(n):
            if multiprocessing.parent_process() is not None:
                os._exit(3)
            return n
    """
    failure = row(compared(tmp_path, source, "processes"), "processes").failure

    assert failure is not None
    assert failure.words.startswith("BrokenProcessPool")


def test_the_baseline_that_fails_leaves_nothing_to_compare(tmp_path: Path) -> None:
    found = compared(tmp_path, "def f(n): raise KeyError(n)", "threads")

    assert [one.failure.words if one.failure else "" for one in found.rows] == ["KeyError: 0", "KeyError: 0"]
    assert figures(found.rows[1], found.baseline) is None


def test_where_there_are_no_sub_interpreters_that_is_told(tmp_path: Path) -> None:
    found = compared(tmp_path, NAPS, "interpreters")

    last = found.rows[-1]
    if found.baseline.variant.python.interpreters:
        assert last.failure is None
    else:
        assert last.failure is not None
        assert "has no InterpreterPoolExecutor" in last.failure.words


def test_the_rounds_see_how_busy_the_machine_was(tmp_path: Path) -> None:
    others = compared(tmp_path, NAPS).others_cores

    assert others is None or 0 <= others <= (os.cpu_count() or 1)
