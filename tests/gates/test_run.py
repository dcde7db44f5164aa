"""What one run under control is: its steps, its time, its ends, and that nothing of it is left."""

from __future__ import annotations

import pickle
import queue
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any

import pytest

from concviz.gates import escapes
from concviz.gates.choice import End
from concviz.gates.run import run_once
from concviz.gates.target import Target
from tests.gates.chosen import PROGRAMS, chance, first_bad, on, one, program

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.gates.choice import Option, Outcome


def told(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(step.option.name, step.option.operation, step.option.resource) for step in outcome.steps]


def two_with_a_lock() -> int:
    lock = threading.Lock()
    seen = []

    def work() -> None:
        with lock:
            seen.append(1)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(seen)


def test_the_steps_of_a_run_without_a_switch() -> None:
    outcome = one(two_with_a_lock)

    assert (outcome.end, outcome.result) == (End.OK, "2")
    assert told(outcome) == [
        ("MainThread", "start", ""),
        ("Thread-1", "start", ""),
        ("Thread-1", "acquire", "lock"),
        ("Thread-1", "release", "lock"),
        ("MainThread", "join", "Thread-1"),
        ("Thread-2", "start", ""),
        ("Thread-2", "acquire", "lock"),
        ("Thread-2", "release", "lock"),
        ("MainThread", "join", "Thread-2"),
    ]


def test_steps_are_made_when_they_are_asked_for_and_always_the_same() -> None:
    steps = one(lambda: threading.Thread(target=print).start()).steps

    assert len(steps) == 3
    assert steps[0] is steps[0]
    assert steps == tuple(steps)
    assert pickle.loads(pickle.dumps(steps)) == tuple(steps)


def test_one_who_cannot_go_is_told_with_the_holder() -> None:
    stood: list[Option] = []

    outcome = run_once(program("lock_order"), lambda options: len(options) - 1, on_stand=lambda _, blocked: stood.extend(blocked))

    reasons = {one.blocked for one in (*stood, *outcome.stuck)}
    assert "`a` is held by Thread-1" in reasons or "`b` is held by Thread-2" in reasons


def test_a_deadlock_tells_the_circle() -> None:
    outcome = first_bad(program("lock_order"), 100)

    assert outcome.words == "deadlock: Thread-1 waits: `b` is held by Thread-2, and Thread-2 waits: `a` is held by Thread-1"
    assert [one.name for one in outcome.stuck] == ["MainThread", "Thread-1", "Thread-2"]


def test_an_increment_is_a_read_and_a_write_with_what_was_seen() -> None:
    outcome = run_once(program("lost_update"), on, memory=True)

    steps = [(s.option.operation, s.option.resource, s.seen) for s in outcome.steps if s.option.name == "Thread-2"]
    assert steps == [("start", "", ""), ("read", "Counter.value", "1"), ("write", "Counter.value", "2")]


def test_sleeping_costs_no_time_and_the_shortest_wakes_first() -> None:
    def sleepers() -> tuple[list[int], float]:
        order: list[int] = []
        begin = time.monotonic()

        def sleep(seconds: int) -> None:
            time.sleep(seconds)
            order.append(seconds)

        threads = [threading.Thread(target=sleep, args=(seconds,)) for seconds in (3000, 1000, 2000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return order, time.monotonic() - begin

    def patient(options: tuple[Option, ...]) -> int:
        return next((at for at, option in enumerate(options) if option.operation != "sleep"), 0)

    assert one(sleepers, patient).result == "([1000, 2000, 3000], 3000.0)"


def test_whether_a_timeout_fires_is_a_choice() -> None:
    def waits() -> bool:
        done = threading.Event()
        threading.Thread(target=done.set).start()
        return done.wait(1.0)

    results = {one(waits, chance(seed)).result for seed in range(20)}

    assert results == {"True", "False"}


def test_a_timer_an_rlock_and_a_bounded_queue_work_as_they_do() -> None:
    def program() -> list[int]:
        got: list[int] = []
        lock, items = threading.RLock(), queue.Queue[int](1)

        def late() -> None:
            with lock, lock:
                for number in range(3):
                    items.put(number)

        threading.Timer(10, late).start()
        for _ in range(3):
            got.append(items.get())
            items.task_done()
        items.join()
        return got

    assert {one(program, chance(seed)).result for seed in range(10)} == {"[0, 1, 2]"}


def test_a_pool_s_results_come_in_any_order() -> None:
    def program() -> list[int]:
        with ThreadPoolExecutor(2) as pool:
            return [done.result() for done in as_completed([pool.submit(abs, number) for number in (-1, -2)])]

    assert {one(program, chance(seed)).result for seed in range(40)} == {"[1, 2]", "[2, 1]"}


def test_an_exception_in_a_thread_ends_the_run_and_is_told_whole() -> None:
    def program() -> None:
        def fail() -> None:
            raise ValueError("no")

        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()

    outcome = one(program)

    assert (outcome.end, outcome.words) == (End.EXCEPTION, "ValueError: no in Thread-1")
    assert outcome.traceback.endswith("ValueError: no\n")
    assert "concviz/gates" not in outcome.traceback


def test_a_thread_that_waits_for_ever_is_left_behind() -> None:
    def program() -> None:
        threading.Thread(target=threading.Event().wait).start()

    outcome = one(program)

    assert outcome.end is End.LEFT_BEHIND
    assert [one.name for one in outcome.stuck] == ["Thread-1"]


def test_a_daemon_thread_is_not() -> None:
    def program() -> None:
        threading.Thread(target=threading.Event().wait, daemon=True).start()

    assert one(program).end is End.OK


def test_a_run_that_goes_round_and_round_makes_no_progress() -> None:
    def program() -> None:
        lock = threading.Lock()
        while True:
            with lock:
                pass

    assert one(program, limit_steps=50).end is End.NO_PROGRESS


def test_an_invariant_is_asked_after_the_run() -> None:
    state: dict[str, Any] = {}
    target = Target(lambda: state.update(sum=3), invariant=lambda: state["sum"] == 4)

    assert run_once(target, on).end is End.INVARIANT


def test_accesses_that_nothing_orders_are_a_race() -> None:
    outcome = run_once(program("lost_update"), on, memory=True, races=True)

    assert outcome.end is End.RACE
    assert outcome.words.startswith("`Counter.value`: Thread-1 writes it at lost_update.py:11 and Thread-2 reads it at lost_update.py:11")


def test_nothing_is_left_when_runs_end_in_the_middle() -> None:
    for seed in range(20):
        run_once(program("lock_order"), chance(seed))
    before = threading.active_count()
    idle = threading.Lock()

    for seed in range(20):
        run_once(program("lock_order"), chance(seed))

    assert threading.active_count() == before
    assert idle.acquire(timeout=0.1)


def test_what_the_chooser_raises_comes_through() -> None:
    def choose(options: tuple[Option, ...]) -> int:
        if len(options) > 1:
            raise KeyError("enough")
        return 0

    with pytest.raises(KeyError, match="enough"):
        run_once(program("lock_order"), choose)


def test_a_script_runs_as_main_and_its_output_is_its_result(tmp_path: Any) -> None:
    script = tmp_path / "script.py"
    script.write_text("import sys, threading\nt = threading.Thread(target=print, args=(__name__, *sys.argv[1:]))\nt.start()\n")

    outcome = run_once(Target(script=str(script), args=("a", "b")), on)

    assert (outcome.end, outcome.result) == (End.OK, "__main__ a b")


def test_the_programs_run_by_themselves_too() -> None:
    assert len(list(PROGRAMS.glob("*.py"))) == 16


def test_a_worker_that_comes_to_no_point_is_ended_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escapes, "STALL_SECONDS", 0.2)

    def program() -> None:
        while True:
            pass

    outcome = one(program)

    assert outcome.end is End.NO_PROGRESS
    assert outcome.escaped


def test_what_is_real_is_said_and_a_run_without_it_says_nothing() -> None:
    def program() -> None:
        one_end, other = socket.socketpair()
        one_end.send(b"x")
        other.recv(1)
        one_end.close()
        other.close()

    outcome = one(program)

    assert outcome.end is End.OK
    assert [words.partition(" at ")[0] for words in outcome.escaped] == ["socket.send", "socket.recv"]


def test_a_function_whose_accesses_were_points_once_has_none_in_a_run_without_memory() -> None:
    box: list[int] = []

    def program() -> int:
        box.append(1)
        return len(box)

    assert len(one(program, memory=True).steps) > 1

    assert told(one(program)) == [("MainThread", "start", "")]


def test_attributes_of_a_namespace_are_points(tmp_path: Path) -> None:
    (tmp_path / "names.py").write_text("from types import SimpleNamespace\ncounter = SimpleNamespace(n=0)\ncounter.n = counter.n + 1\n")

    outcome = run_once(Target(script=str(tmp_path / "names.py")), on, memory=True)

    assert [step.option.operation for step in outcome.steps if step.option.resource.endswith(".n")] == ["read", "write"]
