"""Chrome's trace, read back as JSON, and held against what its viewers want."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from concviz.recordings.exporters import chrome
from tests.builders import lane, timeline
from tests.recordings.exporters.scenes import HAND_OVER

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def read(*timelines: Timeline) -> list[dict[str, Any]]:
    """The events of a trace of some runs."""
    out = io.BytesIO()
    chrome.write("by hand", timelines, out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())["traceEvents"]
    return found


def test_spans_stand_on_named_threads_of_named_processes_in_us() -> None:
    found = read(timeline(*HAND_OVER, ended=21))

    names = {(one["pid"], one.get("tid")): one["args"]["name"] for one in found if one["ph"] == "M" and "name" in one["args"]}
    spans = [(names[one["pid"], one["tid"]], one["name"], one["ts"], one["dur"]) for one in found if one["ph"] == "X"]
    assert names == {(1001, None): "program", (1001, 504): "main", (1001, 502): "T1", (1001, 503): "T-2"}
    assert [span for span in spans if span[0] == "T-2"] == [
        ("T-2", "ready", 1500, 1000),
        ("T-2", "running", 2500, 1000),
        ("T-2", "waiting for a lock: lock", 3500, 4750),
        ("T-2", "running", 8250, 2750),
    ]


def test_each_flow_begins_and_ends_once_on_a_thread_that_is_there() -> None:
    found = read(timeline(*HAND_OVER, ended=21), timeline(*HAND_OVER, ended=21))

    starts = {one["id"]: one for one in found if one["ph"] == "s"}
    ends = {one["id"]: one for one in found if one["ph"] == "f"}
    assert len(starts) == sum(one["ph"] == "s" for one in found) == 8
    assert all(one["name"] == ends[ident]["name"] and one["ts"] <= ends[ident]["ts"] for ident, one in starts.items())
    assert [(one["name"], one["tid"], ends[ident]["tid"]) for ident, one in starts.items()][2] == ("released: lock", 502, 503)


def test_spans_of_a_thread_never_overlap() -> None:
    found = read(timeline(*HAND_OVER, lane("x").has_gil(5).runs(4).ends(7), ended=21))

    by_thread: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for one in found:
        if one["ph"] == "X":
            by_thread.setdefault((one["pid"], one["tid"]), []).append((one["ts"], one["ts"] + one["dur"]))
    assert all(first[1] <= second[0] for spans in by_thread.values() for first, second in pairwise(spans))
    assert sum(map(len, by_thread.values())) > 8


def test_counters_and_instants_tell_their_values_and_words() -> None:
    found = read(timeline(*HAND_OVER, ended=21))

    assert [(one["name"], one["ts"], one["args"]) for one in found if one["ph"] == "C"] == [
        ("items in jobs", 6000, {"value": 1}),
        ("items in jobs", 9000, {"value": 0}),
    ]
    assert [(one["cat"], one["name"], one["s"]) for one in found if one["ph"] == "i"][:3] == [
        ("stdout", "stdout: hello, \u4e16", "t"),
        ("mark", "mark: half", "t"),
        ("failed", "failed: ValueError: no", "t"),
    ]


def test_what_was_lost_is_told() -> None:
    built = timeline(lane("A").runs(0).ends(1))
    built.add_meta(1, 0, {"what": "lost", "records": 7, "names": 0})
    out = io.BytesIO()

    chrome.write("by hand", [built], out)

    assert json.loads(out.getvalue())["otherData"]["events_lost"] == 7
