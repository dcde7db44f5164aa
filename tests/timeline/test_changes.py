"""The states of random events, against the same rules told one event at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from concviz.events import Kind
from concviz.timeline.states import BEGIN_WAIT, CHILD_SPAWNED, END_WAIT, KEEP, LOOKUP, STEP_BEGUN, TERMINAL, State, group_of
from concviz.timeline.timeline import Timeline
from tests.builders import lane, ns, record, spans, timeline
from tests.timeline.scenes import named, random_records


@dataclass
class Slow:
    """One worker, one event after the other."""

    state: int = State.NONE
    pending: tuple[int, int] | None = None
    """(state, resource) of the wait that is not over."""
    mark: int = 0
    mark_resource: int = 0
    step: str = "outside"
    failed: bool = False
    seen: bool = False
    resource: int = 0

    def sees(self, kind: int, group: int, resource: int) -> None:
        found = self._found(kind, group)
        if found is not None:
            self.state = found
            waits = found not in {State.RUNNING, State.READY, State.DONE, State.FAILED}
            self.resource = resource if waits else 0
            if kind == Kind.SUSPENDED and waits:
                began = self.pending[1] if self.pending else self.mark_resource
                self.resource = began or resource
        self._remembers(kind, group, resource)
        self.seen = True

    def _found(self, kind: int, group: int) -> int | None:
        inside = self.step == "inside"
        nothing = (
            (kind in {Kind.READY, Kind.AWAIT} and inside)
            or (kind in END_WAIT and self.step == "suspended")
            or (kind == CHILD_SPAWNED and self.seen)
        )
        if nothing:
            return None
        if kind == Kind.SUSPENDED:
            return State.READY if self.mark == Kind.READY else self.pending[0] if self.pending else State.AWAIT
        if kind == Kind.ENDED and self.failed:
            return State.FAILED
        return int(LOOKUP[kind, group])

    def _remembers(self, kind: int, group: int, resource: int) -> None:
        if (kind == Kind.READY and self.step == "inside") or kind == Kind.AWAIT:
            self.mark, self.mark_resource = kind, resource
        elif kind in {Kind.RESUMED, *TERMINAL}:
            self.mark = self.mark_resource = 0
        if kind in BEGIN_WAIT:
            self.pending = int(LOOKUP[kind, group]), resource
        elif kind in END_WAIT or kind in TERMINAL:
            self.pending = None
        if kind in {Kind.RESUMED, Kind.SUSPENDED, *TERMINAL}:
            self.step = {Kind.RESUMED: "inside", Kind.SUSPENDED: "suspended"}.get(Kind(kind), "outside")
        if kind in {Kind.STARTED, Kind.FAILED}:
            self.failed = kind == Kind.FAILED


def slowly(built: Timeline) -> dict[int, list[tuple[int, int, int]]]:
    """worker -> (time, state, resource) of each span."""
    workers = {each.index: Slow() for each in built.workers}
    found: dict[int, list[tuple[int, int, int]]] = {each.index: [] for each in built.workers}
    for at in range(len(built.events)):
        event = built.event(at)
        rows = [(event.worker, int(event.kind))] if LOOKUP[event.kind, 0] != KEEP else []
        beside = {Kind.SPAWNED: CHILD_SPAWNED, Kind.RESUMED: STEP_BEGUN}.get(Kind(event.kind))
        if beside is not None and event.arg:
            rows.append((event.arg, beside))
        for worker, kind in rows:
            slow = workers[worker]
            before = slow.state, slow.resource
            slow.sees(kind, group_of(built.resources[event.resource].kind), event.resource)
            if (slow.state, slow.resource) != before:
                found[worker].append((event.time_ns, slow.state, slow.resource))
    return found


@pytest.mark.parametrize("seed", range(25))
def test_states_are_as_if_each_event_had_been_looked_at(seed: int) -> None:
    records = random_records(seed)
    records = records[records["kind"] < Kind.SWEPT]
    built = named()
    for part in np.array_split(records, 4):
        built.add_events(1, part.tobytes())
        built.settle(int(part["time"][-1]))

    expected = slowly(built)
    for each in built.workers[1:]:
        shown = built.lane(each.index)
        assert list(zip(shown.times.tolist(), shown.states.tolist(), shown.resources.tolist(), strict=True)) == expected[each.index]


def test_more_workers_than_a_radix_sort_takes_are_told_apart() -> None:
    built = Timeline()
    ids = np.arange(1, 70_001)
    built.add_events(1, b"".join(record(0, Kind.STARTED, int(ident)) for ident in ids[::1000]) + record(1, Kind.STARTED, 69_999))
    built.add_events(1, record(2, Kind.SLEEP, 69_999))
    built.settle(ns(3))

    assert [built.lane(each.index).states.tolist() for each in built.workers[-2:]] == [[1], [1, State.SLEEPING]]


def test_all_workers_states_at_a_time_are_found_at_once() -> None:
    built = timeline(lane("A").runs(0).sleeps(2, 6), lane("B").runs(1).ends(5), lane("C").runs(7))
    rows = built.changes.at(ns(5.5))
    states = [int(built.changes.columns["state"][row]) if row >= 0 else 0 for row in rows[1:4].tolist()]

    assert states == [State.SLEEPING, State.DONE, State.NONE]
    assert spans(built, "A")[1] == ("sleeping", 2, 6)
