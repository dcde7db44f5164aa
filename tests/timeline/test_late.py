"""However events arrive, in one batch or in many, in time or late: the timeline is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from concviz.events import Kind, Table
from tests.builders import entry, lane, ns, record, spans, timeline, worker
from tests.timeline.scenes import Records, named, random_records

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def whole(records: Records) -> Timeline:
    built = named()
    built.add_events(1, records.tobytes())
    built.settle(int(records["time"][-1]))
    return built


def life(built: Timeline) -> list[object]:
    """All that the lanes say."""
    return [built.lane(each.index).between(0, 1 << 62) for each in built.workers[1:]]


@pytest.mark.parametrize("seed", range(12))
def test_batches_in_order_make_the_same_lanes_as_one(seed: int) -> None:
    records = random_records(seed)
    built = named()
    for part in np.array_split(records, 9):
        built.add_events(1, part.tobytes())
        built.settle(int(part["time"][-1]))
        life(built)

    assert life(built) == life(whole(records))


@pytest.mark.parametrize("seed", range(12))
def test_batches_that_overlap_make_the_same_lanes_as_one(seed: int) -> None:
    """Each batch has rings of its own, read at times of their own."""
    records = random_records(seed)
    late = np.random.default_rng(seed).integers(0, 60, len(records))
    turns = (np.arange(len(records)) + late) // 40
    built = named()
    for turn in np.unique(turns):
        part = records[turns == turn]
        built.add_events(1, part.tobytes())
        built.settle(int(records["time"][-1]))
        life(built)

    assert life(built) == life(whole(records))
    assert built.events.time_ns.tolist() == records["time"].tolist() or len(built.events) < len(records)


@pytest.mark.parametrize("seed", range(6))
def test_a_lane_asked_for_at_the_end_is_the_one_that_was_followed(seed: int) -> None:
    records = random_records(seed)
    followed, unasked = named(), named()
    for part in np.array_split(records, 7):
        for built in (followed, unasked):
            built.add_events(1, part.tobytes())
            built.settle(int(records["time"][-1]))
        life(followed)

    assert life(followed) == life(unasked)


def test_rings_that_were_read_one_after_the_other_are_put_in_order() -> None:
    built = timeline(lane("A").runs(0).sleeps(2, 6).ends(8), lane("B").runs(1).sleeps(3, 5).ends(7))

    assert (np.diff(built.events.time_ns) >= 0).all()
    assert spans(built, "A") == [("running", 0, 2), ("sleeping", 2, 6), ("running", 6, 8), ("done", 8, 8)]


def test_events_of_one_time_stay_in_the_order_they_were_written() -> None:
    built = named()
    built.add_events(1, b"".join(record(5, kind, resource=1) for kind in (Kind.REQUESTED, Kind.ACQUIRED, Kind.RELEASED)))
    built.add_events(1, record(4, Kind.STARTED))
    built.settle()

    assert built.events.kind.tolist() == [Kind.STARTED, Kind.REQUESTED, Kind.ACQUIRED, Kind.RELEASED]


def test_a_late_event_finds_its_place_and_changes_what_follows() -> None:
    built = named()
    built.add_events(1, record(0, Kind.STARTED) + record(8, Kind.ACQUIRED, resource=1))
    built.settle(ns(9))
    before = spans(built, "W1")
    built.add_events(1, record(3, Kind.REQUESTED, resource=1))
    built.settle(ns(9))

    assert before == [("running", 0, 9)]
    assert spans(built, "W1") == [("running", 0, 3), ("lock", 3, 8), ("running", 8, 9)]


def test_a_late_spawn_makes_the_child_ready_from_then() -> None:
    built = named(processes=2)
    built.add_events(2, record(5, Kind.STARTED))
    built.settle(ns(9))
    child = next(each.index for each in built.workers if each.uid == "2/1")
    built.lane(child)
    built.add_names(1, entry(Table.WORKER, 9, "2/1", "process", "child"))
    built.add_events(1, record(2, Kind.SPAWNED, arg=9))
    built.settle(ns(9))

    assert [span.state.name for span in built.lane(child).between(0, 1 << 62)] == ["READY", "RUNNING"]


def test_each_settle_raises_the_revision() -> None:
    built = named()
    before = built.revision
    built.settle()

    assert built.revision == before + 1


def test_views_cannot_be_written_to() -> None:
    built = timeline(lane("A").runs(0).ends(4))
    events, shown = built.events, built.lane(worker(built, "A"))

    assert not any(column.flags.writeable for column in (events.time_ns, events.kind, events.arg, shown.times, shown.states))


def test_a_rest_that_is_no_whole_record_is_left_out() -> None:
    built = named()
    built.add_events(1, record(0, Kind.STARTED) + record(1, Kind.ENDED)[:20])
    built.settle()

    assert built.events.kind.tolist() == [Kind.STARTED]
