"""Events and states in words."""

from __future__ import annotations

import pytest

from concviz.events import Kind
from concviz.timeline.describe import SENTENCES, duration, event_words, state_words
from concviz.timeline.states import LOOKS
from tests.builders import lane, ns, resource, timeline, worker


def test_a_wait_names_the_lock_its_holder_since_when_and_where() -> None:
    a = lane("Thread-1").runs(0).takes("lock", 1)
    b = lane("Thread-2").runs(0).waits_for("lock", 4, held_by="Thread-1", line=14)
    built = timeline(a, b, now=9)

    words = state_words(built, worker(built, "Thread-2"), ns(5.2))
    assert words == "Thread-2 waits for `lock` held by Thread-1 since 1.2 ms, program.py:14"


def test_who_has_ended_did_so_some_time_ago() -> None:
    built = timeline(lane("A").runs(1).ends(3), now=9)

    assert state_words(built, worker(built, "A"), ns(5)) == "A ended 2 ms ago"


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0.5, "A has not begun"),
        (2, "A runs since 1 ms, program.py:3"),
        (4, "A sleeps since 1 ms"),
        (6, "A waits for the end of B since 0 ns"),
        (8, "A awaits B since 1 ms"),
        (11, "A failed: ValueError: no"),
    ],
)
def test_each_state_has_its_words(ms: float, words: str) -> None:
    a = lane("A").runs(1, line=3).sleeps(3, 5).joins("B", 6, 7).does(Kind.AWAIT, 7, arg="B").fails(10)
    built = timeline(a, lane("B").runs(0), now=15)

    assert state_words(built, worker(built, "A"), ns(ms)) == words


def test_a_thread_that_waits_for_the_gil_names_its_holder() -> None:
    built = timeline(lane("A").runs(0).has_gil(1), lane("B").runs(0), now=9)

    assert state_words(built, worker(built, "B"), ns(4.1)) == "B waits for the GIL held by A since 3.1 ms"


def test_many_holders_are_counted() -> None:
    holders = [lane(f"T{at}").runs(0).takes("pool", 1 + at, value=4 - at) for at in range(5)]
    built = timeline(resource("pool", "Semaphore", 5), *holders, lane("A").runs(0).waits_for("pool", 7), now=9)

    words = state_words(built, worker(built, "A"), ns(8))
    assert words == "A waits for `pool` held by T0, T1, T2 and 2 more since 1 ms"


def test_an_event_says_who_did_what_where() -> None:
    a = lane("A").runs(0).waits_for("lock", 4, 5, held_by="B", line=14).puts("jobs", 6, 3).prints("hi\n", 7).marks(8, "half way")
    built = timeline(resource("jobs", "Queue"), a, lane("B").runs(1))

    assert [event_words(built, at) for at in range(len(built.events))] == [
        "A begins",
        "B begins",
        "A begins to wait for `lock` held by B, program.py:14",
        "A takes `lock`, program.py:14",
        "A puts an item into `jobs`, 3 in it now",
        "A writes to standard output",
        "A notes: half way",
    ]


def test_every_kind_that_a_program_emits_has_a_sentence() -> None:
    assert set(Kind) - set(SENTENCES) == set(LOOKS)


def test_a_kind_of_the_future_has_one_too() -> None:
    built = timeline(lane("A").does(200, 1))

    assert event_words(built, 0) == "A does something that this version has no word for"


@pytest.mark.parametrize(
    ("ns_", "words"),
    [
        (0, "0 ns"),
        (999, "999 ns"),
        (1_234, "1.23 µs"),
        (12_340, "12.3 µs"),
        (1_200_000, "1.2 ms"),
        (100_000_000, "100 ms"),
        (3_040_000_000, "3.04 s"),
        (59_990_000_000, "60 s"),
        (125_000_000_000, "2:05 min"),
    ],
)
def test_lengths_of_time_have_three_digits(ns_: int, words: str) -> None:
    assert duration(ns_) == words


def test_how_it_is_known_is_told_where_that_was_measured() -> None:
    built = timeline(
        lane("A").runs(0).has_gil(1), lane("B").runs(0).sleeps(5, 7), lane("C").runs(0).blocked(1), lane("T", "task").runs(0), now=9
    )
    built.add_meta(0, ns(9), {"what": "measure", "gil_every_ns": 812_345.6, "seats_every_ns": 4_600_000})
    words = [state_words(built, worker(built, name), ns(ms)) for name, ms in (("A", 3), ("B", 3), ("B", 6), ("C", 3), ("T", 3))]

    assert words == [
        "A runs since 3 ms (sampled every 812 µs)",
        "B waits for the GIL held by A since 2 ms (sampled every 812 µs)",
        "B sleeps since 1 ms (by events)",
        "C waits for input or output since 2 ms (sampled every 4.6 ms)",
        "T runs since 3 ms (by events)",
    ]
