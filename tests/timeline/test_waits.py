"""Who waits for what and for whom, and how resources stand."""

from __future__ import annotations

from concviz.events import Kind
from concviz.timeline.owners import owners_at
from concviz.timeline.states import State
from concviz.timeline.timeline import Timeline
from concviz.timeline.waits import resource_at, resources_at, waiting_at
from tests.builders import lane, ns, resource, timeline, worker


def waits(built: Timeline, ms: float) -> list[tuple[str, str, str, list[str]]]:
    """(who, how, for what, for whom) at a time."""
    return [
        (
            built.workers[wait.worker].name,
            wait.state.name.lower(),
            built.resources[wait.resource].name,
            [built.workers[each].name for each in wait.for_workers],
        )
        for wait in waiting_at(built, ns(ms))
    ]


def owners(built: Timeline, name: str, ms: float) -> list[str]:
    index = next(each.index for each in built.resources if each.name == name)
    return [built.workers[each].name for each in owners_at(built, index, ns(ms))]


def deadlock() -> Timeline:
    a = lane("A").runs(0).takes("left", 1).waits_for("right", 4, held_by="B")
    b = lane("B").runs(0).takes("right", 2).waits_for("left", 5, held_by="A")
    return timeline(a, b, now=20)


def test_two_in_a_deadlock_wait_for_each_other() -> None:
    assert waits(deadlock(), 10) == [("A", "lock", "right", ["B"]), ("B", "lock", "left", ["A"])]


def test_before_it_only_one_waits() -> None:
    assert waits(deadlock(), 4.5) == [("A", "lock", "right", ["B"])]


def test_nobody_waits_in_a_run_that_was_ended() -> None:
    built = timeline(lane("A").runs(0).waits_for("lock", 2), ended=7)

    assert (waits(built, 6), waits(built, 7)) == ([("A", "lock", "lock", [])], [])


def test_now_is_a_part_of_a_running_program() -> None:
    built = deadlock()

    assert waits(built, 20) == waits(built, 10)
    assert waits(built, 20.001) == []


def test_who_waits_waits_for_the_owner_of_the_moment() -> None:
    a = lane("A").runs(0).takes("lock", 1).releases("lock", 5)
    b = lane("B").runs(0).waits_for("lock", 2, 5.1, held_by="A").releases("lock", 9)
    c = lane("C").runs(0).waits_for("lock", 3, 9.1, held_by="A")

    built = timeline(a, b, c, now=12)
    assert waits(built, 4) == [("B", "lock", "lock", ["A"]), ("C", "lock", "lock", ["A"])]
    assert waits(built, 7) == [("C", "lock", "lock", ["B"])]


def test_a_wait_for_a_child_is_for_the_child() -> None:
    built = timeline(lane("main").runs(0).joins("A", 2, 9), lane("A").runs(1).ends(8), now=12)

    assert waits(built, 5) == [("main", "child", "", ["A"])]


def test_a_wait_for_an_event_is_for_nobody_known() -> None:
    """The arg of WAIT is a number, which must not be taken for a worker."""
    built = timeline(resource("it", "Event"), lane("A").runs(0).waits_at("it", 2), now=9)

    assert waits(built, 5) == [("A", "event", "it", [])]


def test_a_task_waits_for_what_its_step_began_to_wait_for() -> None:
    task = lane("T", "task").resumes(0, "main").does(Kind.WAIT, 1, "it", arg=1).does(Kind.SUSPENDED, 2)
    built = timeline(resource("it", "Event"), lane("main").runs(0), task, lane("U", "task").ready(0, "main"), now=9)

    assert waits(built, 5) == [("T", "event", "it", [])]


def test_a_task_that_awaits_a_task_waits_for_it() -> None:
    task = lane("T", "task").resumes(0, "main").does(Kind.AWAIT, 1, arg="U").does(Kind.SUSPENDED, 2)
    built = timeline(lane("main").runs(0), task, lane("U", "task").ready(0, "main"), now=9)

    assert waits(built, 5) == [("T", "await", "", ["U"])]


def test_a_wait_for_the_gil_is_for_its_holder() -> None:
    built = timeline(lane("A").runs(0).has_gil(1), lane("B").runs(0), lane("C").runs(0).has_gil(4), now=9)

    assert waits(built, 2) == [("B", "gil", "", ["A"]), ("C", "gil", "", ["A"])]
    assert waits(built, 6) == [("B", "gil", "", ["C"]), ("A", "gil", "", ["C"])]


def test_a_wait_tells_since_when_and_where() -> None:
    built = timeline(lane("A").runs(0).waits_for("lock", 4, line=14), now=9)
    wait = waiting_at(built, ns(6))[0]

    assert (wait.state, wait.since_ns, built.sites[wait.site].line) == (State.LOCK, ns(4), 14)


# Resources


def test_a_lock_has_its_owner_from_taking_to_giving_back() -> None:
    built = timeline(lane("A").runs(0).takes("lock", 2).releases("lock", 5), now=9)

    assert [owners(built, "lock", ms) for ms in (1, 3, 6)] == [[], ["A"], []]


def test_a_lock_taken_twice_is_free_when_it_was_given_back_twice() -> None:
    a = lane("A").runs(0).takes("lock", 1).takes("lock", 2, value=2).releases("lock", 4, value=1).releases("lock", 6)
    built = timeline(resource("lock", "RLock"), a, now=9)

    assert [owners(built, "lock", ms) for ms in (3, 5, 7)] == [["A"], ["A"], []]


def test_a_release_that_is_told_after_the_next_one_has_it_frees_nothing() -> None:
    a = lane("A").runs(0).takes("lock", 1).releases("lock", 5.2)
    b = lane("B").runs(0).waits_for("lock", 2, 5.1, held_by="A")

    assert owners(timeline(a, b, now=9), "lock", 6) == ["B"]


def test_a_lock_may_be_given_back_by_another() -> None:
    built = timeline(lane("A").runs(0).takes("lock", 1), lane("B").runs(0).releases("lock", 4), now=9)

    assert [owners(built, "lock", ms) for ms in (3, 6)] == [["A"], []]


def test_a_lock_that_somebody_is_refused_is_held_though_nobody_was_seen_to_take_it() -> None:
    built = timeline(lane("A").runs(0).waits_for("forked", 2, 6).releases("forked", 7), lane("B").runs(0).waits_for("forked", 8), now=9)

    assert [resource_at(built, 1, ns(ms)).held_unseen for ms in (1, 3, 6.5, 8.5)] == [False, True, False, False]


def test_a_semaphore_has_many_holders_and_a_value() -> None:
    a = lane("A").runs(0).takes("pool", 1, value=1).releases("pool", 7, value=1)
    b = lane("B").runs(0).takes("pool", 2, value=0)
    c = lane("C").runs(0).waits_for("pool", 3)
    built = timeline(resource("pool", "Semaphore", 2), a, b, c, now=9)
    shown = resource_at(built, built.used_resources[0], ns(5))

    assert owners(built, "pool", 5) == ["A", "B"]
    assert owners(built, "pool", 8) == ["B"]
    assert (shown.value, shown.capacity, shown.waiters) == (0, 2, (worker(built, "C"),))


def test_a_semaphore_that_nobody_took_has_its_first_value() -> None:
    built = timeline(resource("pool", "Semaphore", 2), lane("A").runs(0).takes("pool", 5, value=1), now=9)

    assert resource_at(built, 1, ns(3)).value == 2


def test_a_queue_is_as_full_as_it_was_last_measured() -> None:
    a = lane("A").runs(0).puts("jobs", 1, 1).puts("jobs", 2, 2)
    built = timeline(resource("jobs", "Queue", 8), a, lane("B").gets("jobs", 4, 1), now=9)

    assert [resource_at(built, 1, ns(ms)).fill for ms in (0.5, 1.5, 3, 5)] == [None, 1, 2, 1]
    assert resource_at(built, 1, ns(5)).capacity == 8


def test_a_size_that_is_not_known_does_not_count() -> None:
    built = timeline(resource("jobs", "Queue"), lane("A").runs(0).puts("jobs", 1, 3).gets("jobs", 2, -1), now=9)

    assert resource_at(built, 1, ns(5)).fill == 3


def test_an_event_is_set_and_cleared() -> None:
    built = timeline(resource("go", "Event"), lane("A").runs(0).signals("go", 2).does(Kind.CLEARED, 4, "go"), now=9)

    assert [resource_at(built, 1, ns(ms)).value for ms in (1, 3, 5)] == [0, 1, 0]


def test_waiting_on_an_event_does_not_clear_it() -> None:
    built = timeline(resource("go", "Event"), lane("A").runs(0).signals("go", 2), lane("B").runs(0).waits_at("go", 3), now=9)

    assert resource_at(built, 1, ns(5)).value == 1


def test_a_barrier_counts_who_has_come() -> None:
    a = lane("A").runs(0).does(Kind.WAIT, 1, "all", arg=1)
    b = lane("B").runs(0).does(Kind.WAIT, 2, "all", arg=2)
    built = timeline(resource("all", "Barrier", 3), a, b, lane("C").runs(0).signals("all", 4), now=9)

    assert [resource_at(built, 1, ns(ms)).value for ms in (0.5, 1.5, 3, 5)] == [0, 1, 2, 0]


def test_only_resources_that_something_happened_to_are_listed() -> None:
    built = deadlock()

    assert [built.resources[each.resource].name for each in resources_at(built, ns(10))] == ["left", "right"]
    assert [[built.workers[each].name for each in one.waiters] for one in resources_at(built, ns(10))] == [["B"], ["A"]]


def test_before_anything_is_heard_nobody_waits() -> None:
    assert waiting_at(Timeline(), 0) == ()
