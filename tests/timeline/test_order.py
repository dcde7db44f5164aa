"""Which event made which possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.order import edges, latest
from tests.builders import lane, resource, timeline

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def told(built: Timeline) -> list[tuple[str, str, str, str]]:
    """(who, what, made whom, do what possible)."""
    found = edges(built)
    pairs = []
    for cause, effect in zip(found.causes.tolist(), found.effects.tolist(), strict=True):
        one, other = built.event(cause), built.event(effect)
        words = [(built.workers[each.worker].name, Kind(each.kind).name) for each in (one, other)]
        pairs.append((*words[0], *words[1]))
    return pairs


def test_a_spawn_comes_before_the_childs_first_event() -> None:
    built = timeline(lane("main").runs(0).spawns("A", 1), lane("A").runs(3).marks(4))

    assert told(built) == [("main", "SPAWNED", "A", "STARTED")]


def test_an_end_comes_before_who_waited_for_it() -> None:
    built = timeline(lane("main").runs(0).joins("A", 2, 9), lane("A").runs(3).ends(8))

    assert told(built) == [("A", "ENDED", "main", "JOINED")]


def test_a_release_comes_before_who_waited_for_the_lock() -> None:
    a = lane("A").runs(0).takes("lock", 1).releases("lock", 5).takes("lock", 7).releases("lock", 8)
    b = lane("B").runs(0).waits_for("lock", 2, 5.1).releases("lock", 6)

    assert told(timeline(a, b)) == [("A", "RELEASED", "B", "ACQUIRED")]


def test_an_item_comes_before_who_waited_for_it_and_room_before_who_waited_for_room() -> None:
    a = lane("A").runs(0).puts("q", 4, 1).puts("q", 9, 1, since_ms=5)
    b = lane("B").runs(0).gets("q", 4.1, 0, since_ms=1).gets("q", 8, 0)

    found = told(timeline(resource("q", "Queue", 1), a, b))
    assert found == [("A", "PUT", "B", "GOT"), ("B", "GOT", "A", "PUT")]


def test_a_word_comes_before_who_it_woke() -> None:
    a = lane("A").runs(0).signals("go", 3).signals("other", 4)
    b = lane("B").runs(0).waits_at("go", 1, 5, woken_by="A")

    assert told(timeline(resource("go", "Event"), resource("other", "Event"), a, b)) == [("A", "NOTIFIED", "B", "WOKE")]


def test_who_made_a_task_ready_comes_before_it() -> None:
    built = timeline(lane("main").runs(0).marks(2), lane("T", "task").ready(3, "main").resumes(4, "main"))

    assert told(built) == [("main", "MARK", "T", "READY")]


def test_what_did_not_wait_was_not_made_possible_by_anybody() -> None:
    a = lane("A").runs(0).takes("lock", 1).releases("lock", 2).puts("q", 3, 1)
    b = lane("B").runs(0).takes("lock", 4).gets("q", 5, 0)

    assert told(timeline(resource("q", "Queue"), a, b)) == []


def test_one_event_is_asked_for_what_it_made_possible_and_the_other_way() -> None:
    built = timeline(lane("main").runs(0).spawns("A", 1), lane("A").runs(3))
    found = edges(built)

    assert (found.cause(2), found.cause(1), found.effects_of(1)) == (1, None, [2])


def test_nothing_has_no_order() -> None:
    assert len(edges(timeline()).causes) == 0


def test_the_latest_of_equal_key_is_found() -> None:
    rows, keys = np.array([1, 4, 6, 9]), np.array([7, 8, 7, 7])

    assert latest(rows, keys, np.array([6, 7, 5, 1]), np.array([7, 7, 8, 7])).tolist() == [1, 6, 4, -1]
