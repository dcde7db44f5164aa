"""What the lessons say about how it breaks, and about real work, held against the timelines of their scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from concviz.events import Kind
from concviz.timeline.states import State
from concviz.timeline.waits import waiting_at
from tests.scenarios.watched import Seen, most_at_once, stuck, watched

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SCRIPTS = (
    *(f"livelock/{way}.py" for way in ("same_pause", "random_pause")),
    *(f"starvation/{way}.py" for way in ("readers_first", "writer_next")),
    *(f"slow_holder/{way}.py" for way in ("inside", "outside")),
    *(f"if_for_while/with_{word}.py" for word in ("if", "while")),
    *(f"lost_wakeup/{way}.py" for way in ("look_first", "event")),
    *(f"lost_exception/{way}.py" for way in ("never_asked", "task")),
    *(f"blocking_the_loop/{way}.py" for way in ("blocked", "awaited")),
    *(f"forgotten_await/{way}.py" for way in ("forgotten", "awaited")),
    *(f"double_checked/{way}.py" for way in ("unguarded", "checked_once", "checked_twice")),
    *(f"check_then_act/{way}.py" for way in ("without_lock", "lock_both")),
    *(f"dining_philosophers/{way}.py" for way in ("lower_first", "tasks")),
    *(f"more_philosophers/{way}.py" for way in ("both_or_none", "give_back", "one_at_a_time")),
    "crawler/threads.py",
    *(f"log_tailer/{model}.py" for model in ("threads", "processes")),
    *(f"web_server/{model}.py" for model in ("sequential", "threads", "tasks")),
)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return watched(SCRIPTS, {"MEALS": "1", "WORK": "1000", "DELAY_MS": "100"})


def test_the_polite_never_wait_for_a_lock_and_get_nowhere(seen: dict[str, Seen]) -> None:
    one = seen["livelock/same_pause.py"]

    given_up = [line.text for line in one.timeline.output if "has given up" in line.text]
    refused = one.times(Kind.REFUSED)
    assert len(refused) == 20 or len(given_up) < 2
    assert one.spent("Anna", State.LOCK) + one.spent("Ben", State.LOCK) == 0 or len(given_up) < 2


def test_a_writer_who_is_next_does_not_wait_for_the_last_reader(seen: dict[str, Seen]) -> None:
    starved, next_one = seen["starvation/readers_first.py"], seen["starvation/writer_next.py"]

    assert starved.printed("written") > min(starved.printed(f"reader {number} has read") for number in range(3))
    assert next_one.printed("written") < min(next_one.printed(f"reader {number} has read") for number in range(3))
    assert starved.spent("reader", State.SYNC) < next_one.spent("reader", State.SYNC)


def test_the_urgent_waits_only_for_who_works_with_the_lock(seen: dict[str, Seen]) -> None:
    inside, outside = seen["slow_holder/inside.py"], seen["slow_holder/outside.py"]

    assert inside.spent("urgent", State.LOCK) > 0
    assert inside.printed("the urgent order") > max(end for _, end in inside.spans("slow", State.SLEEPING))
    assert outside.printed("the urgent order") < max(end for _, end in outside.spans("slow", State.SLEEPING))


def test_an_if_lets_one_fail_where_a_while_lets_it_wait_again(seen: dict[str, Seen]) -> None:
    with_if, with_while = seen["if_for_while/with_if.py"], seen["if_for_while/with_while.py"]

    assert sorted(with_if.end(name) for name in ("Anna", "Ben")) == [State.DONE, State.FAILED]
    assert sorted(with_while.end(name) for name in ("Anna", "Ben")) == [State.DONE, State.DONE]
    assert len(with_while.times(Kind.WAIT, "Anna") + with_while.times(Kind.WAIT, "Ben")) == 3


@pytest.mark.parametrize("way", ["look_first", "event"])
def test_who_looks_first_need_not_wait(seen: dict[str, Seen], way: str) -> None:
    one = seen[f"lost_wakeup/{way}.py"]

    assert one.spent("eater", State.SYNC) == one.spent("eater", State.EVENT) == 0


def test_the_exception_of_a_future_fails_no_thread_and_that_of_a_task_fails_it(seen: dict[str, Seen]) -> None:
    assert seen["lost_exception/never_asked.py"].times(Kind.FAILED) == []
    assert seen["lost_exception/task.py"].end("by 0") is State.FAILED


def test_while_the_loop_is_blocked_the_heartbeat_stands_still(seen: dict[str, Seen]) -> None:
    blocked, awaited = seen["blocking_the_loop/blocked.py"], seen["blocking_the_loop/awaited.py"]

    (blocking,) = blocked.spans("Task-1", State.SLEEPING)[1:2] or blocked.spans("main", State.SLEEPING)[:1]
    assert longest(blocked.spans("Task-2", State.SLEEPING)) > longest(awaited.spans("Task-2", State.SLEEPING))
    assert [at for at in blocked.times(Kind.SLEEP, "Task-2") if blocking[0] < at < blocking[1]] == []


def test_what_is_not_awaited_is_never_run(seen: dict[str, Seen]) -> None:
    assert len(seen["forgotten_await/forgotten.py"].times(Kind.SLEEP)) == 1
    assert len(seen["forgotten_await/awaited.py"].times(Kind.SLEEP)) == 2


def test_all_load_one_after_another_or_one_for_all(seen: dict[str, Seen]) -> None:
    loads = {
        way: seen[f"double_checked/{way}.py"].spans("Thread-", State.SLEEPING) for way in ("unguarded", "checked_once", "checked_twice")
    }

    assert most_at_once(loads["unguarded"]) > 1
    assert len(loads["checked_once"]) > most_at_once(loads["checked_once"]) == 1
    assert len(loads["checked_twice"]) == 1


def test_with_one_lock_the_second_waits_until_the_first_is_done(seen: dict[str, Seen]) -> None:
    unlocked, locked = seen["check_then_act/without_lock.py"], seen["check_then_act/lock_both.py"]

    assert most_at_once(unlocked.spans("Anna", State.SLEEPING) + unlocked.spans("Ben", State.SLEEPING)) == 2
    assert len(locked.spans("Anna", State.SLEEPING) + locked.spans("Ben", State.SLEEPING)) == 1
    assert len(locked.spans("Anna", State.LOCK) + locked.spans("Ben", State.LOCK)) == 1


@pytest.mark.parametrize("script", [script for script in SCRIPTS if "philosophers/" in script])
def test_every_solution_lets_all_philosophers_eat_and_end(seen: dict[str, Seen], script: str) -> None:
    one = seen[script]

    assert len([line for line in one.timeline.output if "has eaten" in line.text]) == 5
    assert one.timeline.meta.exit is not None


def test_only_one_philosopher_eats_with_the_table_in_hands(seen: dict[str, Seen]) -> None:
    assert most_at_once(seen["more_philosophers/one_at_a_time.py"].spans("Thread-", State.SLEEPING)) == 1
    assert most_at_once(seen["more_philosophers/both_or_none.py"].spans("Thread-", State.SLEEPING)) == 2


def test_crawlers_wait_at_the_queue_for_the_first_links(seen: dict[str, Seen]) -> None:
    one = seen["crawler/threads.py"]
    waiting = [name for name in (f"crawler {number}" for number in range(4)) if one.spent(name, State.QUEUE)]

    assert len(waiting) >= 3
    assert most_at_once(one.spans("crawler", State.IO)) > 1


@pytest.mark.parametrize("model", ["threads", "processes"])
def test_a_follower_looks_more_often_than_there_is_something(seen: dict[str, Seen], model: str) -> None:
    one = seen[f"log_tailer/{model}.py"]

    assert len(one.spans("follow", State.SLEEPING)) > 6


def test_requests_wait_one_after_another_or_together(seen: dict[str, Seen]) -> None:
    assert most_at_once(seen["web_server/sequential.py"].spans("server", State.SLEEPING)) == 1
    assert most_at_once(seen["web_server/threads.py"].spans("Thread-", State.SLEEPING)) > 1
    assert most_at_once(seen["web_server/tasks.py"].spans("Task-", State.SLEEPING)) > 1


def longest(intervals: list[tuple[int, int]]) -> int:
    return max(end - begin for begin, end in intervals)


def last_states(seen: Seen, *names: str) -> list[State]:
    return [seen.end(name) if seen.workers(name) else State.NONE for name in names]


@pytest.mark.parametrize(
    ("script", "states"),
    [
        ("deadlock/opposite_order.py", {"Thread-1": State.LOCK, "Thread-2": State.LOCK}),
        ("dining_philosophers/left_first.py", {f"Thread-{number}": State.LOCK for number in range(1, 6)}),
        ("reentrant_lock/lock.py", {"customer": State.LOCK, "main": State.CHILD}),
        ("lost_wakeup/notify_first.py", {"eater": State.SYNC, "cook": State.DONE, "main": State.CHILD}),
        ("fork_with_a_lock/fork.py", {"child": State.LOCK, "writer": State.DONE, "main": State.CHILD}),
        ("full_queue/join_first.py", {"main": State.CHILD, "child": State.IO}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_never_ends_stands_as_the_lesson_says(script: str, states: dict[str, State]) -> None:
    last = stuck(script, lambda seen: _when(last_states(seen, *states), lambda found: found == list(states.values())))

    assert last == list(states.values())


def waits_for(seen: Seen) -> dict[int, tuple[int, ...]]:
    """Who waits for a lock -> whose doing would end it."""
    waits = waiting_at(seen.timeline, seen.timeline.end_ns) if seen.workers() else ()
    return {wait.worker: wait.for_workers for wait in waits if wait.state is State.LOCK}


@pytest.mark.parametrize(
    ("script", "many"), [("deadlock/opposite_order.py", 2), ("dining_philosophers/left_first.py", 5), ("reentrant_lock/lock.py", 1)]
)
def test_a_deadlock_is_a_circle_of_waits(script: str, many: int) -> None:
    circle = stuck(script, lambda seen: _when(waits_for(seen), lambda waits: len(waits) == many))

    at = first = next(iter(circle))
    passed = []
    for _ in range(many):
        (at,) = circle[at]
        passed.append(at)
    assert at == first
    assert sorted(passed) == sorted(circle)


def _when(found: T, holds: Callable[[T], bool]) -> T | None:
    return found if holds(found) else None
