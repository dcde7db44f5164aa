"""What the lessons say about computing, the GIL, processes and what it costs to send, held against the timelines of their scripts."""

from __future__ import annotations

import pytest

from concviz.events import Kind
from concviz.timeline.states import State
from tests.scenarios.watched import Seen, most_at_once, watched

SCRIPTS = (
    *(f"amdahl/{way}.py" for way in ("one_worker", "two_workers", "four_workers")),
    *(f"chunksize/{way}.py" for way in ("sequential", "one_by_one", "in_chunks")),
    *(f"convoy/{way}.py" for way in ("alone", "beside_a_thread", "beside_a_process")),
    *(f"how_many_workers/{way}.py" for way in ("waiting", "computing", "processes")),
    *(f"mixed/{model}.py" for model in ("sequential", "threads", "tasks")),
    *(f"pickling/{way}.py" for way in ("sent", "made_there", "shared")),
    *(f"thumbnails/{model}.py" for model in ("threads", "processes")),
    *(f"without_gil/{way}.py" for way in ("one_thread", "four_threads")),
    *(f"word_count/{model}.py" for model in ("threads", "processes")),
    *(f"sub_interpreters/{way}.py" for way in ("threads", "interpreters", "processes")),
)

VALUES = {
    "WORK": "600000",
    "QUESTIONS": "40",
    "WORDS": "200000",
    "SIDE": "240",
    "SMALL_JOBS": "1000",
    "NUMBERS": "1000000",
    "WAIT_MS": "150",
}

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return watched(SCRIPTS, VALUES)


@pytest.fixture
def gil(seen: dict[str, Seen]) -> None:
    """The rest is about threads that share a GIL."""
    if not any(process.gil for process in seen["amdahl/one_worker.py"].timeline.processes.values()):
        pytest.skip("there is no GIL here")


@pytest.mark.parametrize(("way", "workers"), [("one_worker", 1), ("two_workers", 2), ("four_workers", 4)])
def test_what_main_does_alone_is_over_before_anybody_shares_the_rest(seen: dict[str, Seen], way: str, workers: int) -> None:
    one = seen[f"amdahl/{way}.py"]
    begun = one.times(Kind.SPAWNED, "main")

    assert len(begun) == workers
    assert one.printed("main has done 25 % of the work") < min(begun)
    assert one.printed("the rest is done") > max(end for _, end in lives(one, "Process-"))


def test_of_a_quarter_done_alone_four_workers_make_a_gain_of_2_3() -> None:
    def gain(workers: float) -> float:
        return 1 / (0.25 + 0.75 / workers)

    assert round(gain(4), 1) == 2.3
    assert 3.99 < gain(10_000) < 4


def test_one_by_one_each_job_is_a_message_and_that_costs_more_than_the_work(seen: dict[str, Seen]) -> None:
    alone, each, chunks = (seen[f"chunksize/{way}.py"] for way in ("sequential", "one_by_one", "in_chunks"))

    assert (len(each.times(Kind.JOB)), len(chunks.times(Kind.JOB))) == (1000, 5)
    assert (len(each.times(Kind.JOB_DONE)), len(chunks.times(Kind.JOB_DONE))) == (1000, 5)
    assert took(each, "after") > 2 * took(alone, "after")
    assert took(each, "after") > took(chunks, "after") > took(alone, "after")


def test_beside_a_thread_that_computes_the_client_waits_for_the_gil(seen: dict[str, Seen], gil: None) -> None:
    alone, thread, process = (seen[f"convoy/{way}.py"] for way in ("alone", "beside_a_thread", "beside_a_process"))

    assert took(thread, "questions") > 2 * took(alone, "questions")
    assert took(thread, "questions") > took(process, "questions")
    assert thread.spent("client", State.RUNNING) < 0.5 * thread.spent("computer", State.RUNNING)


def test_twice_the_threads_wait_twice_as_much_at_once(seen: dict[str, Seen]) -> None:
    one = seen["how_many_workers/waiting.py"]

    assert [most_at_once(one.spans(f"{many}-pool", State.SLEEPING)) for many in (1, 2, 4, 8)] == [1, 2, 4, 8]


def test_more_threads_that_compute_wait_for_the_gil_longer(seen: dict[str, Seen], gil: None) -> None:
    one = seen["how_many_workers/computing.py"]

    assert one.spent("1-pool", State.GIL) < one.spent("2-pool", State.GIL) < one.spent("8-pool", State.GIL)


def test_processes_wait_for_no_gil_and_there_are_no_more_than_asked_for(seen: dict[str, Seen]) -> None:
    one = seen["how_many_workers/processes.py"]

    assert one.spent("ForkProcess-", State.GIL) + one.spent("ForkServerProcess-", State.GIL) < one.spent("Fork", State.RUNNING)
    assert most_at_once(lives(one, "Fork")) <= 8


def test_threads_overlap_their_waits_and_take_turns_at_computing(seen: dict[str, Seen], gil: None) -> None:
    threads = seen["mixed/threads.py"]

    assert most_at_once(threads.spans("Thread-", State.SLEEPING)) == 4
    assert most_at_once(seen["mixed/sequential.py"].spans("main", State.SLEEPING)) == 1
    assert threads.spent("Thread-", State.GIL) > threads.spent("Thread-", State.RUNNING)


def test_tasks_give_their_computing_away(seen: dict[str, Seen]) -> None:
    one = seen["mixed/tasks.py"]

    assert most_at_once(one.spans("Task-", State.SLEEPING)) == 4
    assert len(one.times(Kind.JOB, "Fork")) == 4
    assert one.times(Kind.JOB, "Task-") == []


def test_what_is_sent_keeps_both_busy_and_what_is_shared_nobody(seen: dict[str, Seen]) -> None:
    sent, there, shared = (seen[f"pickling/{way}.py"] for way in ("sent", "made_there", "shared"))
    arrived, told = sent.times(Kind.GOT, "adder")[0], sent.printed("the sum is")

    assert arrived - sent.times(Kind.STARTED, "adder")[0] > 0.5 * (told - arrived)  # on a busy machine the last words come late
    assert sent.spent("main", State.QUEUE) > 0
    assert there.spent("main", State.QUEUE) == shared.spent("main", State.QUEUE) == 0


def test_threads_that_shrink_pictures_or_count_words_wait_for_the_gil_and_processes_do_not(seen: dict[str, Seen], gil: None) -> None:
    for scenario, name in (("thumbnails", "worker_"), ("word_count", "map_")):
        threads, processes = seen[f"{scenario}/threads.py"], seen[f"{scenario}/processes.py"]

        assert threads.spent(name, State.GIL) > processes.spent("Fork", State.GIL)


@pytest.mark.parametrize("model", ["threads", "processes"])
def test_main_adds_up_alone_after_the_last_part_is_counted(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"word_count/{model}.py"]

    assert len(one.times(Kind.JOB)) == 4
    assert one.printed("words 200000") > max(one.times(Kind.JOB_DONE))


def test_of_four_threads_with_a_gil_three_wait_and_one_alone_does_not(seen: dict[str, Seen], gil: None) -> None:
    one, four = seen["without_gil/one_thread.py"], seen["without_gil/four_threads.py"]

    assert four.spent("Thread-", State.GIL) > one.spent("Thread-", State.GIL)
    assert four.printed("with a GIL") < four.times(Kind.SPAWNED, "main")[0]


def test_an_interpreter_of_its_own_needs_3_14_and_then_computes_beside_the_others(seen: dict[str, Seen], gil: None) -> None:
    threads, interpreters = seen["sub_interpreters/threads.py"], seen["sub_interpreters/interpreters.py"]

    assert threads.spent("Thread-", State.GIL) > seen["sub_interpreters/processes.py"].spent("Process-", State.GIL)
    if not interpreters.workers("Thread-"):
        assert interpreters.printed("this needs concurrent.interpreters: Python 3.14 or later")
        return
    assert threads.spent("Thread-", State.GIL) > interpreters.spent("Thread-", State.GIL)


def lives(seen: Seen, name: str) -> list[tuple[int, int]]:
    lanes = [seen.timeline.lane(worker) for worker in seen.workers(name)]
    return [(lane.start_ns or 0, lane.stop_ns or seen.timeline.end_ns) for lane in lanes]


def took(seen: Seen, words: str) -> float:
    """What the script itself measured and printed; s."""
    (line,) = [line.text for line in seen.timeline.output if words in line.text]
    return float(line.split()[-2])
