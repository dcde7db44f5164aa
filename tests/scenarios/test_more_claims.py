"""What the other lessons say about starts, turns, pools, queues and names, held against the timelines of their scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concviz.events import Kind
from concviz.timeline.states import State
from tests.scenarios.watched import Seen, most_at_once, watched

if TYPE_CHECKING:
    from concviz.runs.run import Run

MODELS = ("threads", "processes", "tasks")
PREFIX = {"threads": "Thread-", "processes": "Process-", "tasks": "Task-"}
"""How the workers of each model are called who got no name."""

SCRIPTS = (
    "three_models/tasks.py",  # the longest goes first
    *(f"three_models/{model}.py" for model in ("threads", "processes")),
    *(f"waiting/{model}.py" for model in ("sequential", *MODELS)),
    *(f"names_and_ids/{model}.py" for model in MODELS),
    *(f"barrier_phases/{model}.py" for model in MODELS),
    *(f"ping_pong/{model}.py" for model in MODELS),
    *(f"pool/{model}.py" for model in ("executor", *MODELS)),
    *(f"producer_consumer/{model}.py" for model in MODELS),
    *(f"sentinel/{way}.py" for way in ("sentinel", "task_done")),
    *(f"rate_limiter/{model}.py" for model in ("threads", "tasks")),
    *(f"giving_up/{model}.py" for model in MODELS),
    *(f"task_group_failure/{way}.py" for way in ("task_group", "gather", "threads")),
    *(f"thread_local/{way}.py" for way in ("global_value", "thread_local", "local_in_tasks", "context_variable")),
    *(f"eager_tasks/{way}.py" for way in ("lazy", "eager")),
    *(f"lost_task/{way}.py" for way in ("held", "nobody_holds_it")),
    *(f"manager/{way}.py" for way in ("manager", "queue_of_results")),
    *(f"chat_server/{model}.py" for model in ("threads", "tasks")),
)

VALUES = {"ROUNDS": "8", "NOTES": "2000", "PER_SECOND": "10"}

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return watched(SCRIPTS, VALUES, counted_to_four)


def counted_to_four(run: Run) -> bool:
    """Whoever counts to ten is not waited for that long."""
    return Path(run.launch.script).parent.name == "three_models" and "4" in {line.text.strip() for line in run.timeline.output}


def lines(seen: Seen) -> list[str]:
    return [line.text.strip() for line in seen.timeline.output]


def soonest(seen: Seen, name: str) -> int:
    """From being made to the first instruction, of the quickest of those named so; ns."""
    starts = [seen.times(Kind.STARTED, seen.timeline.workers[worker].name)[0] for worker in seen.workers(name)]
    return min(start - made for start, made in zip(starts, seen.times(Kind.SPAWNED, "main"), strict=True))


def test_a_thread_begins_sooner_than_a_process(seen: dict[str, Seen]) -> None:
    for scenario in ("three_models", "waiting"):
        assert soonest(seen[f"{scenario}/threads.py"], "Thread-") < soonest(seen[f"{scenario}/processes.py"], "Process-")


def test_who_counts_to_ten_mostly_sleeps(seen: dict[str, Seen]) -> None:
    one = seen["three_models/tasks.py"]
    begin, end = one.life("Task-1")

    assert sum(end - begin for begin, end in one.spans("Task-1", State.SLEEPING)) > 0.9 * (end - begin)


def test_waits_that_follow_each_other_add_up_and_others_overlap(seen: dict[str, Seen]) -> None:
    alone, *overlapping = [
        seen[f"waiting/{model}.py"].spans(PREFIX.get(model, "main"), State.SLEEPING) for model in ("sequential", *MODELS)
    ]

    assert len(alone) == 3
    assert most_at_once(alone) == 1
    assert [most_at_once(waits) for waits in overlapping] == [3, 3, 3]


def test_threads_differ_in_the_thread_processes_in_both_and_tasks_in_neither(seen: dict[str, Seen]) -> None:
    def ids(model: str) -> tuple[int, int]:
        told = [re.findall(r"(?:process|thread) (\d+)", line) for line in lines(seen[f"names_and_ids/{model}.py"])]
        return len({process for process, _ in told}), len({thread for _, thread in told})

    assert ids("threads") == (1, 4)
    assert ids("processes") == (4, 4)
    assert ids("tasks") == (1, 1)
    for model in MODELS:
        assert [len(seen[f"names_and_ids/{model}.py"].workers(name)) for name in ("reader", "writer", "printer")] == [1, 1, 1]


@pytest.mark.parametrize("model", MODELS)
def test_a_phase_begins_when_the_last_has_come_who_does_not_wait(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"barrier_phases/{model}.py"]
    workers = [worker for worker in one.workers(PREFIX[model]) if not one.timeline.workers[worker].name.endswith("main")]
    slept = [one.times(Kind.SLEPT, one.timeline.workers[worker].name) for worker in workers]
    begun = [one.times(Kind.SLEEP, one.timeline.workers[worker].name) for worker in workers]

    assert [len(times) for times in begun] == [3, 3, 3]
    for phase in (0, 1):
        assert max(times[phase] for times in slept) < min(times[phase + 1] for times in begun)
    assert len(one.times(Kind.WAIT, PREFIX[model])) == 6
    assert len(one.times(Kind.NOTIFIED, PREFIX[model])) == 3


@pytest.mark.parametrize("model", MODELS)
def test_two_players_never_play_at_the_same_time(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"ping_pong/{model}.py"]
    turns = [word for word in lines(one) if word in {"ping", "pong"}]

    assert turns == ["ping", "pong"] * 8
    assert most_at_once(one.spans(PREFIX[model], State.SLEEPING)) == 1


def test_between_notify_and_waking_up_nobody_plays(seen: dict[str, Seen]) -> None:
    one = seen["ping_pong/threads.py"]
    plays = one.spans("Thread-", State.SLEEPING)

    for woken in one.times(Kind.WOKE, resource="changed"):
        notified = max(at for at in one.times(Kind.NOTIFIED, resource="changed") if at < woken)
        assert not [begin for begin, end in plays if begin < woken and end > notified]


@pytest.mark.parametrize("model", ["executor", "processes", "threads"])
def test_a_pool_has_no_more_workers_than_it_may_and_each_takes_job_after_job(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"pool/{model}.py"]
    name = {"executor": "ForkProcess-", "processes": "ForkPoolWorker-", "threads": "ThreadPool"}[model]
    if not one.workers(name):
        name = name.replace("Fork", "ForkServer")
    begun = sorted(one.times(Kind.JOB))

    assert len(one.workers(name)) == 3
    assert most_at_once(one.spans(name, State.SLEEPING)) == 3
    assert all(len(one.times(Kind.JOB, one.timeline.workers[worker].name)) > 1 for worker in one.workers(name))
    busy = sum(max(0, min(end, begun[-1]) - begin) for begin, end in one.spans(name, State.SLEEPING))
    assert busy > 0.5 * 3 * (begun[-1] - begun[2])


def test_of_the_tasks_all_exist_and_most_wait_at_the_semaphore(seen: dict[str, Seen]) -> None:
    one = seen["pool/tasks.py"]
    jobs = [worker for worker in one.workers("Task-") if one.timeline.workers[worker].name.endswith("job")]
    lanes = [one.timeline.lane(worker) for worker in jobs]

    assert max(lane.start_ns or 0 for lane in lanes) < min(lane.stop_ns or 0 for lane in lanes)
    assert len([lane for lane in lanes if State.SYNC in lane.totals()]) == 7
    assert most_at_once(one.spans("Task-", State.SLEEPING)) == 3


@pytest.mark.parametrize("model", MODELS)
def test_the_queue_fills_then_the_producer_waits_for_the_consumer(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"producer_consumer/{model}.py"]
    put, got, waits = (
        one.times(Kind.PUT, resource="shelf"),
        one.times(Kind.GOT, resource="shelf"),
        one.times(Kind.PUT_WAIT, resource="shelf"),
    )
    room = 3

    assert len(waits) >= 3
    assert len([at for at in put if at < waits[0]]) - len([at for at in got if at < waits[0]]) >= room - 1
    assert all(put[item] > got[item - room - 1] for item in range(room + 1, len(put)))
    assert one.spent(PREFIX[model], State.QUEUE) > 0


def test_a_sentinel_ends_one_worker_and_who_is_told_nothing_waits_until_the_lane_breaks_off(seen: dict[str, Seen]) -> None:
    told, untold = seen["sentinel/sentinel.py"], seen["sentinel/task_done.py"]

    assert len(told.times(Kind.PUT, "main")) == 10 + 3
    assert [told.end(f"Thread-{number}") for number in (1, 2, 3)] == [State.DONE] * 3
    assert len(untold.times(Kind.TASK_DONE)) == len(untold.times(Kind.PUT)) == 10
    assert [untold.end(f"Thread-{number}") for number in (1, 2, 3)] == [State.QUEUE] * 3
    assert untold.printed("all jobs are done") > max(untold.times(Kind.TASK_DONE))


@pytest.mark.parametrize("model", ["threads", "tasks"])
def test_requests_start_one_after_another_and_yet_several_are_under_way(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"rate_limiter/{model}.py"]
    gate = list(zip(one.times(Kind.ACQUIRED, resource="gate"), one.times(Kind.RELEASED, resource="gate"), strict=True))

    assert len(gate) == 8
    assert most_at_once(gate) == 1
    assert most_at_once(one.spans("request", State.SLEEPING)) > 1


@pytest.mark.parametrize("model", MODELS)
def test_who_gives_up_does_so_before_the_lock_is_free(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"giving_up/{model}.py"]

    assert len(one.times(Kind.REFUSED, resource="lock")) == 1
    assert one.printed("gave up") < one.times(Kind.RELEASED, resource="lock")[0]


def test_who_is_patient_gets_the_lock() -> None:
    patient = watched((f"giving_up/{model}.py" for model in MODELS), {"PATIENCE_MS": "60000"})

    for model in MODELS:
        one = patient[f"giving_up/{model}.py"]
        assert one.times(Kind.REFUSED) == []
        assert len(one.times(Kind.REQUESTED, resource="lock")) == 1
        assert one.printed("got it") > one.times(Kind.RELEASED, resource="lock")[0]


def test_a_task_group_cancels_the_others_gather_leaves_them_running_and_of_threads_nobody_is_told(seen: dict[str, Seen]) -> None:
    group, gather, threads = (seen[f"task_group_failure/{way}.py"] for way in ("task_group", "gather", "threads"))

    assert (len(group.times(Kind.FAILED)), len(group.times(Kind.CANCELLED))) == (1, 1)
    assert group.printed("failed:") > group.times(Kind.CANCELLED)[0]
    assert (len(gather.times(Kind.FAILED)), len(gather.times(Kind.CANCELLED))) == (1, 0)
    assert gather.printed("failed:") < gather.printed("slow is done")
    assert [threads.end(f"Thread-{number}") for number in (1, 2, 3)] == [State.DONE, State.FAILED, State.DONE]
    assert len(threads.times(Kind.JOINED, "main")) == 3
    assert (threads.timeline.meta.exit or {})["code"] == 0


def test_a_global_and_a_local_in_tasks_hold_the_last_and_the_others_hold_each(seen: dict[str, Seen]) -> None:
    def greeted(way: str) -> set[tuple[str, ...]]:
        return {tuple(line.split(" is greeted as ")) for line in lines(seen[f"thread_local/{way}.py"])}

    names = ("Anna", "Ben", "Carl")
    assert {who for _, who in greeted("global_value")} == {"Carl"}
    assert {who for _, who in greeted("local_in_tasks")} == {"Carl"}
    assert greeted("thread_local") == greeted("context_variable") == {(name, name) for name in names}


def test_an_eager_task_runs_inside_create_task_and_an_ordinary_one_after_it(seen: dict[str, Seen]) -> None:
    lazy, eager = lines(seen["eager_tasks/lazy.py"]), lines(seen["eager_tasks/eager.py"])

    here = "index: was here already"
    assert lazy == ["index: loaded", "all tasks are created", here, here, "news: loaded"]
    if "Python 3.12" in eager[0]:
        pytest.skip("there are no eager tasks here")
    assert eager == ["index: loaded", here, here, "all tasks are created", "news: loaded"]


def test_a_task_that_nobody_holds_is_collected_in_its_wait(seen: dict[str, Seen]) -> None:
    lost, held = seen["lost_task/nobody_holds_it.py"], seen["lost_task/held.py"]
    gone = "nobody waits for visitors"

    assert lost.printed(gone) < lost.printed("main goes on")
    assert len(lost.times(Kind.COMPLAINT, "porter")) == 1
    assert lost.end("porter") is State.FAILED
    assert lost.life("porter")[1] < lost.printed("main is done")
    assert held.printed(gone) > held.printed("main is done")
    assert held.times(Kind.COMPLAINT) == []


def test_a_dictionary_elsewhere_keeps_each_worker_busy_for_many_times_as_long(seen: dict[str, Seen]) -> None:
    def busy(way: str) -> int:
        one = seen[f"manager/{way}.py"]
        names = [one.timeline.workers[worker].name for worker in one.workers("Process-")]
        # Not the time without a core: that is the machine's.
        return min(one.spent(name, State.RUNNING) + one.spent(name, State.IO) for name in names)

    assert busy("manager") > 2 * busy("queue_of_results")


def test_with_threads_the_chat_needs_a_lock_with_tasks_none_and_all_mostly_wait(seen: dict[str, Seen]) -> None:
    threads, tasks = seen["chat_server/threads.py"], seen["chat_server/tasks.py"]

    assert len(threads.workers("serves")) == 3
    assert len(threads.times(Kind.ACQUIRED, resource="door")) == 6
    assert tasks.times(Kind.ACQUIRED) == []
    for one in (threads, tasks):
        for guest in ("Anna", "Ben", "Carl"):
            begin, end = one.life(guest)
            assert one.spent(guest, State.IO) + one.spent(guest, State.SLEEPING) > 0.5 * (end - begin)
