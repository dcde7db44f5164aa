from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.drawing.resources import LARGE, Standing, resources, standings
from concviz.events import Kind
from tests.builders import lane, resource, timeline
from tests.drawing.spans import block

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

MS = 1_000_000
THREADS = tuple(f"Thread-{at} (work)" for at in range(1, 6))


def row(standing: Standing, columns: int = 80) -> str:
    return resources([standing], (columns, 1)).to_text()


def test_a_lock_tells_its_holder_and_who_waits() -> None:
    assert row(Standing("Lock", "lock", owners=THREADS[:1], waiting=THREADS[1:3])) == "lock  ▪ held by Thread-1 · 2 wait: Thread-2 Thread-3"
    assert row(Standing("Lock", "lock", owners=THREADS[:1], waiting=THREADS[1:2])) == "lock  ▪ held by Thread-1 · 1 waits: Thread-2"
    assert row(Standing("RLock", "lock")) == "lock  ▫ free"
    assert (
        row(Standing("Lock", "lock", waiting=THREADS[:1], held_unseen=True)) == "lock  ▪ held, who took it was not seen · 1 waits: Thread-1"
    )


@pytest.mark.parametrize(
    ("level", "capacity", "shown"),
    [
        (3, 5, "▮▮▮▯▯ 3/5"),
        (0, 5, "▯▯▯▯▯ 0/5"),
        (5, 5, "▮▮▮▮▮ 5/5"),
        (1, 100, "▮▯▯▯▯▯▯▯ 1/100"),
        (99, 100, "▮▮▮▮▮▮▮▯ 99/100"),
        (100, 100, "▮▮▮▮▮▮▮▮ 100/100"),
        (3, None, "▮▮▮ 3"),
        (30, LARGE, "▮▮▮▮▮▮▮▮ 30"),
        (0, None, "0"),
        (None, 5, ""),
    ],
)
def test_a_queue_is_a_bar_that_is_full_only_when_the_queue_is(level: int | None, capacity: int | None, shown: str) -> None:
    assert row(Standing("Queue", "jobs", level=level, capacity=capacity)) == f"jobs  {shown}".rstrip()


def test_who_waits_to_put_is_told_from_who_waits_to_get() -> None:
    assert row(Standing("Queue", "jobs", putting=THREADS[:1], level=2, capacity=2)) == "jobs  ▮▮ 2/2 · 1 waits to put: Thread-1"
    both = Standing("Queue", "jobs", putting=THREADS[:1], waiting=THREADS[1:2], level=1, capacity=2)
    assert row(both) == "jobs  ▮▯ 1/2 · 1 waits to put: Thread-1 · 1 waits to get: Thread-2"


def test_permits_arrivals_and_flags_are_told_in_their_own_words() -> None:
    assert row(Standing("Semaphore", "slots", owners=THREADS[:1], level=2, capacity=3)) == "slots  ▮▮▯ 2/3 free"
    assert row(Standing("Barrier", "start", level=1, capacity=3, waiting=THREADS[:1])) == "start  ▮▯▯ 1/3 here · 1 waits: Thread-1"
    assert row(Standing("Event", "done", level=1)) == "done  ▪ set"
    assert row(Standing("Event", "done", level=0, waiting=THREADS[:2])) == "done  ▫ not set · 2 wait: Thread-1 Thread-2"


def test_what_is_only_waited_for_tells_who_waits_and_a_thing_without_a_name_its_type() -> None:
    assert row(Standing("Condition", "", waiting=THREADS[:2])) == "Condition  2 wait: Thread-1 Thread-2"
    assert row(Standing("Condition", "")) == "Condition"


def test_in_a_narrow_pane_names_are_counted_that_have_no_room() -> None:
    standing = Standing("Lock", "lock", owners=("MainThread",), waiting=THREADS)

    assert row(standing, 45) == "lock  ▪ held by main · 5 wait: Thread-1 +4"
    assert row(standing, 34) == "lock  ▪ held by main · 5 wait"


def test_rows_stand_in_line_and_those_without_room_are_counted() -> None:
    many = [Standing("Lock", "lock"), Standing("Queue", "a.very.long.name.of.a.queue", level=1, capacity=2), Standing("Event", "done")]

    assert resources(many, (38, 5)).to_text() == block("lock       ▫ free", "a.ve…ueue  ▮▯ 1/2", "done       ▫ not set")
    assert resources(many, (38, 2)).to_text() == block("lock  ▫ free", "… 2 more")
    assert (resources(many, (38, 0)).height, resources([], (38, 5)).height) == (0, 0)


def test_holder_bar_and_waiters_have_styles_of_their_own() -> None:
    styles = resources([Standing("Lock", "lock", owners=("a",), waiting=("b",))], (40, 1)).runs(0)

    assert [part for part in styles if part[0].strip()] == [
        ("lock", "text.name"),
        ("▪ ", "state.lock"),
        ("held by ", "text.dim"),
        ("a", "text.name"),
        (" · 1 waits", "text.strong"),
        (": ", "text.dim"),
        ("b", "text.name"),
    ]


def contended() -> Timeline:
    return timeline(
        resource("jobs", "Queue", 2),
        resource("done", "Event"),
        resource("slots", "Semaphore", 3),
        lane("main", "process").runs(0).signals("done", 30).puts("jobs", 5, 2).takes("slots", 6, value=2),
        lane("T-1").runs(0).takes("lock", 1).releases("lock", 20).does(Kind.PUT_WAIT, 21, "jobs", arg=2),
        lane("T-2").runs(0).waits_for("lock", 2, 20, held_by="T-1"),
        lane("T-3").runs(0).waits_at("done", 3, 31),
        now=40,
    )


def test_a_moment_tells_all_that_is_in_use_in_the_order_it_was_made() -> None:
    found = {standing.name: standing for standing in standings(contended(), 10 * MS, 9)}

    assert found == {
        "done": Standing("Event", "done", waiting=("T-3",), level=0),
        "jobs": Standing("Queue", "jobs", level=2, capacity=2),
        "slots": Standing("Semaphore", "slots", owners=("main",), level=2, capacity=3),
        "lock": Standing("Lock", "lock", owners=("T-1",), waiting=("T-2",)),
    }


def test_a_later_moment_tells_otherwise() -> None:
    found = {standing.name: standing for standing in standings(contended(), 35 * MS, 9)}

    assert found["lock"] == Standing("Lock", "lock", owners=("T-2",))
    assert found["done"] == Standing("Event", "done", level=1)
    assert found["jobs"] == Standing("Queue", "jobs", putting=("T-1",), level=2, capacity=2)


def test_when_there_are_too_many_those_that_are_waited_for_are_told() -> None:
    assert {standing.name for standing in standings(contended(), 10 * MS, 2)} == {"done", "lock"}


def test_a_future_has_a_row_only_while_somebody_waits_for_it() -> None:
    run = timeline(resource("result", "Future"), lane("main").runs(0).waits_at("result", 5, 10), now=20)

    assert [[standing.name for standing in standings(run, at_ms * MS, 9)] for at_ms in (7, 15)] == [["result"], []]
