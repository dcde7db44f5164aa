"""Old events let go: what is left is told as if all were there, and the sums count what went."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import pytest

from concviz.events import Kind
from concviz.timeline.family import makers
from concviz.timeline.holdings import held_by
from concviz.timeline.order import edges
from concviz.timeline.states import ALIVE
from concviz.timeline.timeline import Timeline
from concviz.timeline.waits import resources_at, waiting_at
from tests.builders import PIDS, Written, lane, ns, resource

if TYPE_CHECKING:
    from tests.scripted import LaneBuilder, ResourceBuilder

KEEP = 400

ROUNDS = 300
"""Of ten events each and more."""


@cache
def parts() -> tuple[LaneBuilder | ResourceBuilder, ...]:
    """Threads that wait for one another all the time; one that holds a lock from the start, one that waits from the start."""
    rnd = random.Random(4)
    holder = lane("holder").runs(0).takes("held", 1)
    sleeper = lane("sleeper").runs(0).waits_for("held", 2, held_by="holder")
    one, two, loop = lane("one").runs(0), lane("two").runs(0), lane("loop").runs(0)
    short = []
    for number in range(ROUNDS):
        at = 10 + number * 10.0
        for each, other in ((one, "two"), (two, "one")):
            each.waits_for("lock", at, at + 1 + rnd.random(), held_by=other).releases("lock", at + 3)
        one.puts("queue", at + 4, number % 7)
        two.does(Kind.GOT, at + 5, "queue", arg=number % 5)
        child = f"child-{number}"
        loop.spawns(child, at + 6)
        short.append(lane(child).runs(at + 7).ends(at + 8 + (ROUNDS * 10 if number % 50 == 0 else 0)))
    return holder, sleeper, one, two, loop, *short, resource("queue", "Queue", 8)


def fed(keep: int | None, pieces: int = 20) -> Timeline:
    """A timeline that gets it piece by piece, as from a program that runs."""
    written = Written(*parts())
    built = Timeline(keep)
    built.add_meta(1, ns(0), {"what": "process", "pid": PIDS + 1, "key": f"{PIDS + 1}.a"})
    built.add_meta(0, ns(0), {"what": "go"})
    built.add_names(1, written.names()[1])
    records = sorted(written.records[1][at : at + 32] for at in range(0, len(written.records[1]), 32))
    records.sort(key=lambda raw: int.from_bytes(raw[:8], "little"))
    size = len(records) // pieces + 1
    for at in range(0, len(records), size):
        built.add_events(1, b"".join(records[at : at + size]))
        built.settle(int.from_bytes(records[min(at + size, len(records)) - 1][:8], "little"))
    return built


@cache
def both() -> tuple[Timeline, Timeline]:
    """All of it, and the newest."""
    return fed(None), fed(KEEP)


def moments(short: Timeline) -> list[int]:
    rnd = random.Random(1)
    low, high = short.horizon.from_ns, short.end_ns
    return [low, high - 1, *(rnd.randrange(low, high) for _ in range(40))]


def test_so_many_events_are_kept_and_no_more_than_half_as_many_beside_what_is_carried_over() -> None:
    whole, short = both()

    assert len(whole.events) > 2000
    assert KEEP <= len(short.events) <= KEEP * 1.5 + 100
    assert short.horizon.events == len(whole.events) - len(short.events)


def test_the_sums_count_what_went() -> None:
    whole, short = both()

    assert short.figures() == whole.figures()
    assert (short.zero_ns, short.end_ns) == (whole.zero_ns, whole.end_ns)


def test_from_the_horizon_on_every_lane_is_as_it_was() -> None:
    whole, short = both()

    for worker in range(1, len(whole.workers)):
        for at in moments(short):
            span = whole.lane(worker).at(at)
            if short.workers[worker].index:
                assert short.lane(worker).at(at) == span
            else:
                assert span.state not in ALIVE


def test_from_the_horizon_on_waits_owners_fills_and_makers_are_as_they_were() -> None:
    whole, short = both()

    for at in moments(short):
        assert waiting_at(short, at) == waiting_at(whole, at)
        assert resources_at(short, at) == resources_at(whole, at)
        assert held_by(short, 1, at) == held_by(whole, 1, at) == (1,)
    known = [worker.index for worker in short.workers if worker.index]
    assert [makers(short)[0][worker] for worker in known] == [makers(whole)[0][worker] for worker in known]


def test_who_woke_whom_is_told_of_all_that_is_left() -> None:
    def pairs(timeline: Timeline, from_ns: int) -> list[tuple[int, int]]:
        found, times = edges(timeline), timeline.events.time_ns
        return [
            (int(times[cause]), int(times[effect]))
            for cause, effect in zip(found.causes, found.effects, strict=True)
            if times[effect] >= from_ns
        ]

    whole, short = both()

    assert pairs(short, short.horizon.from_ns) == pairs(whole, short.horizon.from_ns) != []


def test_a_worker_that_ended_long_ago_is_forgotten_and_one_that_lives_is_not() -> None:
    _, short = both()

    names = {worker.name for worker in short.workers if worker.index}
    assert {"holder", "sleeper", "child-250"} <= names
    assert "child-1" not in names


def test_nothing_before_the_horizon_is_drawn_or_stepped_to() -> None:
    _, short = both()
    horizon = short.horizon.from_ns

    assert short.lane(1).spent([short.zero_ns, horizon]).sum() == 0  # type: ignore[arg-type]
    assert sum(short.lane(1).totals().values()) == short.end_ns - horizon
    assert short.next_event(horizon, step=-1) is None
    assert short.next_event(horizon - 1) is not None


@pytest.mark.parametrize("pieces", [3, 200])
def test_however_it_comes_in_the_end_is_the_same(pieces: int) -> None:
    whole, _ = both()
    short = fed(KEEP, pieces)

    at = short.end_ns - 1
    assert waiting_at(short, at) == waiting_at(whole, at)
    assert short.figures() == whole.figures()


def test_without_a_bound_nothing_is_let_go() -> None:
    whole, _ = both()

    assert whole.horizon.from_ns == 0
    assert len(whole.events) == whole.figures().events
