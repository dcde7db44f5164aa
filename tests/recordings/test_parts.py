"""A stretch cut out of a recording stands alone: from its beginning on it tells the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.recordings.follow import opened
from concviz.recordings.parts.cut import Stretch, cut
from concviz.recordings.parts.prelude import prelude
from concviz.timeline.holdings import held_by
from concviz.timeline.waits import resources_at, waiting_at
from tests.builders import lane, ns, recorded, resource, spans, worker

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

FROM, TO = 100, 200


def both(folder: Path) -> tuple[Timeline, Timeline]:
    """The whole run, and the stretch."""
    whole = recorded(
        folder / "whole.cvz",
        lane("main", kind="process")
        .runs(0)
        .spawns("B", 1)
        .spawns("C", 1)
        .puts("queue", 20, 3)
        .takes("lock", 30, line=3)
        .releases("lock", 150),
        lane("B")
        .runs(2)
        .waits_for("lock", 40, 151, held_by="main", line=7)
        .releases("lock", 160)
        .prints("in\n", 170)
        .prints("after\n", 250),
        lane("C").runs(2).prints("before\n", 50).gets("queue", 120, 2, since_ms=None).has_gil(60),
        lane("short").runs(3).ends(9),
        lane("child", kind="process", process=2).runs(10).takes("mine", 12).waits_for("shared", 110, 130),
        resource("queue", "Queue", 8),
        resource("shared", "Lock", uid="shared-1"),
        ended=300,
    )
    timeline = opened(whole).timelines[0]
    first = prelude(timeline, ns(FROM), "not kept")
    cut([whole], 0, Stretch(ns(FROM), ns(TO), first, b""), folder / "part.cvz")
    return timeline, opened(folder / "part.cvz").timelines[0]


def test_from_its_beginning_on_who_waits_and_who_holds_is_the_same(tmp_path: Path) -> None:
    def told(timeline: Timeline, at: float) -> list[object]:
        names = [each.name for each in timeline.workers]
        waits = [
            (names[wait.worker], wait.state, wait.since_ns, [names[one] for one in wait.for_workers])
            for wait in waiting_at(timeline, ns(at))
        ]
        states = sorted(
            (timeline.resources[one.resource].name, [names[each] for each in one.owners], [names[each] for each in one.waiters], one.fill)
            for one in resources_at(timeline, ns(at))
        )
        return [waits, states, [timeline.resources[one].name for one in held_by(timeline, worker(timeline, "main"), ns(at))]]

    whole, part = both(tmp_path)

    for at in (FROM, 115, 125, 140, 155, 165):
        assert told(part, at) == told(whole, at)


@pytest.mark.parametrize("name", ["main", "B", "C", "child"])
def test_a_lane_begins_with_the_span_it_was_in_and_goes_on_as_it_did(tmp_path: Path, name: str) -> None:
    whole, part = both(tmp_path)

    lived, shown = ([span[:2] for span in spans(each, name) if span[2] > FROM and span[1] < TO] for each in (whole, part))
    assert shown == lived != []


def test_it_says_where_it_begins_and_counts_what_was_before(tmp_path: Path) -> None:
    whole, part = both(tmp_path)

    assert part.horizon.from_ns == ns(FROM)
    assert part.horizon.where == "not kept"
    assert part.zero_ns == whole.zero_ns
    before = sum(whole.events.time_ns < ns(TO))
    assert part.figures().events == before


def test_only_what_was_printed_in_it_is_in_it_and_its_worker_is_known(tmp_path: Path) -> None:
    _, part = both(tmp_path)

    assert [(line.text, part.workers[line.worker].name) for line in part.output] == [("in", "B")]


def test_no_event_of_before_can_be_counted_or_paired_with_one_of_after(tmp_path: Path) -> None:
    _, part = both(tmp_path)

    times, kinds = part.events.time_ns, part.events.kind
    assert not kinds[times < ns(FROM)].any()
    assert kinds[times >= ns(FROM)].all()
    assert (times < ns(TO)).all()


def test_files_sites_and_processes_are_in_it(tmp_path: Path) -> None:
    whole, part = both(tmp_path)

    assert part.source("/home/me/program.py") == whole.source("/home/me/program.py")
    assert {(site.file, site.line) for site in part.sites} == {(site.file, site.line) for site in whole.sites}
    assert [(each.pid, each.python, each.gil) for each in part.processes.values()] == [
        (each.pid, each.python, each.gil) for each in whole.processes.values()
    ]
