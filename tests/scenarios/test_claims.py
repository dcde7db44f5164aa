"""What the lessons say about order, waits and lives, held against the timelines of their scripts."""

from __future__ import annotations

import os

import pytest

from concviz.events import Kind
from concviz.timeline.states import State
from tests.scenarios.watched import Seen, most_at_once, watched

MODELS = ("threads", "processes", "tasks")

SCRIPTS = (
    *(f"join_and_await/{way}.py" for way in ("join_each", "join_all", "await_each", "await_all")),
    *(f"daemon_threads/{way}.py" for way in ("ordinary", "daemon")),
    *(f"exceptions/{model}.py" for model in MODELS),
    *(f"downloads/{model}.py" for model in ("sequential", "threads")),
    *(f"primes/{model}.py" for model in ("threads", "processes")),
    *(f"start_methods/{way}.py" for way in ("fork", "spawn")),
    *(f"hashing/{way}.py" for way in ("threads", "in_python")),
    *(f"one_at_a_time/{model}.py" for model in MODELS),
    *(f"condition/{model}.py" for model in MODELS),
    *(f"semaphore/{model}.py" for model in MODELS),
    *(f"event_start/{model}.py" for model in MODELS),
    *(f"readers_writer/{way}.py" for way in ("one_lock", "readers_together")),
    *(f"backpressure/{way}.py" for way in ("unbounded", "bounded")),
    *(f"pipe/{size}.py" for size in ("small", "large")),
    *(f"pipeline/{model}.py" for model in MODELS),
    *(f"shared_memory/{way}.py" for way in ("without_lock", "with_lock", "own_slots")),
    *(f"as_completed/{way}.py" for way in ("in_order", "as_completed")),
    "task_group/nobody_waits.py",
    *(f"timeouts/{model}.py" for model in ("threads", "tasks")),
    *(f"cancellation/{way}.py" for way in ("cleans_up", "swallowed", "shielded")),
    *(f"to_thread/{way}.py" for way in ("usual_threads", "own_threads")),
    *(f"connection_pool/{model}.py" for model in ("threads", "tasks")),
)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return watched(SCRIPTS, {"LETTERS": "2", "LIMIT": "200000"})


def test_joined_or_awaited_one_by_one_they_never_overlap_and_otherwise_they_do(seen: dict[str, Seen]) -> None:
    def lives(way: str) -> int:
        return most_at_once(seen[f"join_and_await/{way}.py"].life(name) for name in ("one", "two", "three"))

    assert lives("join_each") == 1
    assert lives("join_all") == 3
    assert lives("await_all") == 3
    assert len(seen["join_and_await/await_each.py"].workers("Task-")) == 1


def test_a_program_waits_for_an_ordinary_thread_and_breaks_off_a_daemon(seen: dict[str, Seen]) -> None:
    ordinary, daemon = seen["daemon_threads/ordinary.py"], seen["daemon_threads/daemon.py"]

    assert ordinary.end("writer") is State.DONE
    assert ordinary.printed("the log is written") > ordinary.printed("main is done")
    assert daemon.end("writer") is State.SLEEPING


@pytest.mark.parametrize("model", MODELS)
def test_an_exception_ends_one_worker_and_not_the_others(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"exceptions/{model}.py"]

    assert [one.end(name) for name in ("by 5", "by 0", "by 2")] == [State.DONE, State.FAILED, State.DONE]


def test_downloads_by_threads_wait_at_the_same_time(seen: dict[str, Seen]) -> None:
    threads = seen["downloads/threads.py"]

    assert most_at_once(threads.spans("Thread-", State.IO)) > 3
    assert most_at_once(seen["downloads/sequential.py"].spans("main", State.IO)) == 1


def test_threads_that_compute_wait_for_the_gil_and_processes_do_not(seen: dict[str, Seen]) -> None:
    threads, processes = seen["primes/threads.py"], seen["primes/processes.py"]
    if not any(process.gil for process in threads.timeline.processes.values()):
        pytest.skip("there is no GIL here")

    assert threads.spent("Thread-", State.GIL) > processes.spent("Process-", State.GIL)
    assert threads.spent("Thread-", State.GIL) > 0


def test_a_forked_child_begins_sooner_than_a_spawned_one(seen: dict[str, Seen]) -> None:
    def soonest(way: str, children: str) -> int:
        one = seen[f"start_methods/{way}.py"]
        starts = [one.times(Kind.STARTED, one.timeline.workers[child].name)[0] for child in one.workers(children)]
        return min(start - asked for start, asked in zip(starts, one.times(Kind.SPAWNED, "main"), strict=True))

    assert soonest("fork", "ForkProcess-") < soonest("spawn", "SpawnProcess-")


def test_hashing_in_c_lets_the_gil_go(seen: dict[str, Seen]) -> None:
    in_c, in_python = (seen[f"hashing/{way}.py"] for way in ("threads", "in_python"))

    assert in_c.spent("Thread-", State.GIL) < in_python.spent("Thread-", State.GIL)


@pytest.mark.parametrize("model", MODELS)
def test_one_holds_the_printer_at_a_time_and_the_others_wait_for_it(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"one_at_a_time/{model}.py"]
    held = list(zip(one.times(Kind.ACQUIRED, resource="printer"), one.times(Kind.RELEASED, resource="printer"), strict=True))

    assert len(held) == 6
    assert most_at_once(held) == 1
    assert all(one.spent(name, State.LOCK) for name in ("Ben", "Carl"))


@pytest.mark.parametrize("model", MODELS)
def test_who_wants_more_is_woken_more_often_in_vain(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"condition/{model}.py"]

    waits = [len(one.times(Kind.WAIT, f"wants {loaves}")) for loaves in (1, 2, 3)]
    assert waits[0] <= waits[1] < waits[2]


@pytest.mark.parametrize("model", MODELS)
def test_no_more_cars_park_than_there_are_places(seen: dict[str, Seen], model: str) -> None:
    name = {"threads": "Thread-", "processes": "Process-", "tasks": "Task-"}[model]
    one = seen[f"semaphore/{model}.py"]

    assert most_at_once(one.spans(name, State.SLEEPING)) == 2
    assert one.spent(name, State.SYNC) > 0


@pytest.mark.parametrize("model", MODELS)
def test_nobody_starts_before_the_signal(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"event_start/{model}.py"]
    woken = one.times(Kind.WOKE, resource="start")

    assert len(woken) == 4
    assert min(woken) > one.times(Kind.NOTIFIED, resource="start")[0]


def test_readers_read_together_only_where_they_may_and_the_writer_is_alone(seen: dict[str, Seen]) -> None:
    alone, together = seen["readers_writer/one_lock.py"], seen["readers_writer/readers_together.py"]
    writing = together.spans("writer", State.SLEEPING)[-1]

    assert most_at_once(alone.spans("reader", State.SLEEPING)) == 1
    assert most_at_once(together.spans("reader", State.SLEEPING)) > 1
    assert all(end <= writing[0] for _, end in together.spans("reader", State.SLEEPING))


def test_only_a_bound_makes_the_producer_wait(seen: dict[str, Seen]) -> None:
    assert seen["backpressure/unbounded.py"].spent("producer", State.QUEUE) == 0
    assert seen["backpressure/bounded.py"].spent("producer", State.QUEUE) > 0


def test_only_a_full_pipe_makes_the_sender_wait(seen: dict[str, Seen]) -> None:
    small, large = seen["pipe/small.py"], seen["pipe/large.py"]

    assert small.spent("sender", State.QUEUE) == 0
    assert large.spent("sender", State.QUEUE) > 0
    assert small.printed("all are sent") < min(small.times(Kind.GOT, "receiver")[-1:])


@pytest.mark.parametrize("model", MODELS)
def test_stages_beside_the_slowest_wait_longer_than_it(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"pipeline/{model}.py"]

    assert min(one.spent("fetch", State.QUEUE), one.spent("store", State.QUEUE)) > one.spent("parse", State.QUEUE)


def test_only_the_lock_makes_adders_wait_for_each_other(seen: dict[str, Seen]) -> None:
    waits = {way: seen[f"shared_memory/{way}.py"].spent("Process-", State.LOCK) for way in ("without_lock", "with_lock", "own_slots")}

    assert waits["with_lock"] > 0
    assert waits["without_lock"] == waits["own_slots"] == 0


def test_map_gives_nothing_before_the_slow_first_and_as_completed_does(seen: dict[str, Seen]) -> None:
    in_order, as_they_come = seen["as_completed/in_order.py"], seen["as_completed/as_completed.py"]

    assert in_order.printed("job 3") > max(end for _, end in in_order.spans("ThreadPool", State.SLEEPING))
    assert as_they_come.printed("job 3") < max(end for _, end in as_they_come.spans("ThreadPool", State.SLEEPING))


def test_tasks_that_nobody_waits_for_are_cancelled(seen: dict[str, Seen]) -> None:
    one = seen["task_group/nobody_waits.py"]

    assert [len(one.times(Kind.CANCELLED, dish)) for dish in ("soup", "bread", "salad")] == [1, 1, 0]


def test_a_timeout_ends_a_task_and_not_a_thread(seen: dict[str, Seen]) -> None:
    threads, tasks = seen["timeouts/threads.py"], seen["timeouts/tasks.py"]

    assert threads.printed("gave up") < max(end for _, end in threads.spans("worker", State.SLEEPING))
    assert tasks.printed("gave up") >= max(end for _, end in tasks.spans("worker", State.SLEEPING))
    assert len(tasks.times(Kind.CANCELLED, "worker")) == 1


def test_a_swallowed_cancellation_is_none_and_what_is_shielded_goes_on(seen: dict[str, Seen]) -> None:
    cancelled = {way: len(seen[f"cancellation/{way}.py"].times(Kind.CANCELLED, "worker")) for way in ("cleans_up", "swallowed", "shielded")}
    shielded = seen["cancellation/shielded.py"]

    assert cancelled == {"cleans_up": 1, "swallowed": 0, "shielded": 1}
    assert len(seen["cancellation/cleans_up.py"].spans("worker", State.SLEEPING)) == 2
    assert shielded.life("worker")[1] < shielded.life("save")[1]


def test_the_usual_pool_has_four_threads_more_than_cores(seen: dict[str, Seen]) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    assert len(seen["to_thread/usual_threads.py"].workers("asyncio_")) <= min(32, max(cores, os.cpu_count() or 1) + 4, 12)
    assert len(seen["to_thread/own_threads.py"].workers("own_")) == 12


@pytest.mark.parametrize("model", ["threads", "tasks"])
def test_no_more_requests_ask_than_there_are_connections(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"connection_pool/{model}.py"]

    assert most_at_once(one.spans("request", State.SLEEPING)) == 2
    assert len({worker for worker in one.workers("request") if State.QUEUE in one.timeline.lane(worker).totals()}) == 6
