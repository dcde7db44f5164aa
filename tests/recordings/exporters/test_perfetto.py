"""Perfetto's trace, read back with Perfetto's own classes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from concviz.findings.finding import Finding, Weight
from concviz.recordings.exporters import perfetto
from tests.builders import lane, ns, resource, timeline
from tests.recordings.exporters.scenes import HAND_OVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline


def read(*timelines: Timeline) -> Any:
    """The trace of some runs."""
    classes = pytest.importorskip("perfetto.protos.perfetto.trace.perfetto_trace_pb2", reason="perfetto is not installed")
    out = io.BytesIO()
    perfetto.write("by hand", timelines, out)
    trace = classes.Trace()
    trace.ParseFromString(out.getvalue())
    return trace


def events(trace: Any) -> Iterator[tuple[str, Any, Any, str]]:
    """(track's name, packet, event, event's name), as a reader would put them together."""
    tracks = {packet.track_descriptor.uuid: packet.track_descriptor for packet in trace.packet if packet.HasField("track_descriptor")}
    names: dict[int, dict[int, str]] = {}
    defaults = {}
    for packet in trace.packet:
        sequence = packet.trusted_packet_sequence_id
        if packet.sequence_flags & 1:
            names[sequence] = {one.iid: one.name for one in packet.interned_data.event_names}
            defaults[sequence] = packet.trace_packet_defaults.track_event_defaults.track_uuid
        if packet.HasField("track_event"):
            event = packet.track_event
            track = tracks[event.track_uuid or defaults[sequence]]
            name = event.name or (names[sequence][event.name_iid] if event.name_iid else "")
            yield track.name or track.thread.thread_name, packet, event, name


BEGIN, END, INSTANT, COUNTER = 1, 2, 3, 4


def slices(trace: Any, track: str) -> list[tuple[str, float, float]]:
    found: list[tuple[str, float, float]] = []
    for name, packet, event, words in events(trace):
        if name == track and event.type == BEGIN:
            found.append((words, packet.timestamp, 0))
        elif name == track and event.type == END:
            found[-1] = (*found[-1][:2], packet.timestamp)
    return [(words, (from_ns - ns(0)) / 1e6, (to_ns - ns(0)) / 1e6) for words, from_ns, to_ns in found]


def test_spans_by_state_stand_on_the_tracks_of_their_threads() -> None:
    trace = read(timeline(*HAND_OVER, ended=21))

    assert slices(trace, "T-2") == [
        ("ready", 1.5, 2.5),
        ("running", 2.5, 3.5),
        ("waiting for a lock: lock", 3.5, 8.25),
        ("running", 8.25, 11),
    ]
    threads = [packet.track_descriptor.thread for packet in trace.packet if packet.track_descriptor.HasField("thread")]
    assert [(one.pid, one.thread_name) for one in threads] == [(1001, "main"), (1001, "T1"), (1001, "T-2")]
    assert threads[0].tid == 504
    (process,) = (packet.track_descriptor.process for packet in trace.packet if packet.track_descriptor.HasField("process"))
    assert process.pid == 1001


def test_a_flow_leads_from_who_gave_the_lock_back_to_the_span_of_who_waited() -> None:
    found = list(events(read(timeline(*HAND_OVER, ended=21))))

    out = {flow: (track, name) for track, _, event, name in found for flow in event.flow_ids}
    into = {flow: (track, name) for track, _, event, name in found for flow in event.terminating_flow_ids}
    assert [(out[flow], into[flow]) for flow in sorted(out)] == [
        (("main", "spawned"), ("T1", "running")),
        (("main", "spawned"), ("T-2", "running")),
        (("T1", "released: lock"), ("T-2", "running")),
        (("T1", "ended"), ("main", "running")),
    ]
    assert set(out) == set(into)


def test_counters_and_instants_tell_their_values_and_words() -> None:
    found = list(events(read(timeline(*HAND_OVER, lane("x").has_gil(5, 7).has_gil(6, 9), ended=21))))

    assert [(track, event.counter_value) for track, _, event, _ in found if event.type == COUNTER] == [
        ("items in jobs", 1),
        ("items in jobs", 0),
        ("GIL hand-overs", 0),
        ("GIL hand-overs", 2),
    ]
    told = [(track, name) for track, _, event, name in found if event.type == INSTANT and not event.flow_ids]
    assert told[:3] == [("T1", "stdout: hello, \u4e16"), ("T1", "mark: half"), ("T-2", "failed: ValueError: no")]


def test_a_task_is_a_track_of_its_process_and_two_threads_of_one_number_do_not_become_one() -> None:
    built = timeline(lane("aaa", "process").runs(0).ends(9), lane("bbb").runs(1).ends(2), lane("t1", "task").runs(1).ends(2))

    tracks = [packet.track_descriptor for packet in read(built).packet if packet.HasField("track_descriptor")]
    found = {track.name or track.thread.thread_name: track for track in tracks}

    process = next(track for track in tracks if track.HasField("process"))
    assert found["aaa"].HasField("thread")
    assert (found["bbb"].HasField("thread"), found["bbb"].parent_uuid) == (False, process.uuid)
    assert (found["t1"].HasField("thread"), found["t1"].parent_uuid) == (False, process.uuid)


def test_two_runs_share_no_track_no_sequence_and_no_flow() -> None:
    trace = read(timeline(*HAND_OVER, ended=21), timeline(*HAND_OVER, ended=21))

    tracks = [packet.track_descriptor.uuid for packet in trace.packet if packet.HasField("track_descriptor")]
    flows = [flow for _, _, event, _ in events(trace) for flow in event.flow_ids]
    assert len(tracks) == len(set(tracks))
    assert len(flows) == len(set(flows)) == 8


def test_places_in_the_source_are_told_once_and_pointed_at() -> None:
    trace = read(timeline(resource("q", "Queue"), lane("A").runs(0, line=3).takes("lock", 1, line=7).ends(2)))

    places = {one.iid: (one.file_name, one.line_number) for packet in trace.packet for one in packet.interned_data.source_locations}
    assert [places[event.source_location_iid] for _, _, event, _ in events(trace) if event.source_location_iid] == [
        ("/home/me/program.py", 3)
    ]


def test_how_late_a_loop_was_is_a_counter_in_ns() -> None:
    task = lane("task", "task").runs(0).ready(1, by="main").step(1.5, 2, on="main").ready(4, by="main").step(9, 10, on="main").ends(11)
    trace = read(timeline(lane("main", "process").runs(0).ends(12), task, ended=12))

    tracks = [packet.track_descriptor for packet in trace.packet if packet.HasField("track_descriptor")]
    assert [track.counter.unit for track in tracks if track.name == "loop lag: main"] == [1]
    told = [(packet.timestamp - ns(0), event.counter_value) for name, packet, event, _ in events(trace) if name == "loop lag: main"]
    assert told == [(1_500_000, 500_000), (9_000_000, 5_000_000)]


def test_a_finding_is_told_although_lanes_are_forgotten_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding("slow", Weight.NOTE, ns(3), ns(4), "it was slow", "be quick", workers=(2,))
    monkeypatch.setattr("concviz.recordings.exporters.instants.search", lambda _: [found])
    built = timeline(*HAND_OVER, ended=21)

    instants = [(track, name) for track, _, event, name in events(read(built)) if event.type == INSTANT]
    assert ("T1", "finding: slow: it was slow") in instants
    assert slices(read(built), "T1") == slices(read(timeline(*HAND_OVER, ended=21)), "T1")
