"""The table of events, read back by the standard library."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from concviz.recordings.exporters import table
from tests.builders import lane, record, timeline
from tests.recordings.exporters.scenes import HAND_OVER

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def read(*timelines: Timeline) -> list[dict[str, str]]:
    """The rows of a table of some runs."""
    out = io.BytesIO()
    table.write("by hand", timelines, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))


def test_every_event_is_a_row_with_what_is_known_of_it() -> None:
    built = timeline(*HAND_OVER, ended=21)

    rows = read(built)

    assert len(rows) == len(built.events)
    (wait,) = (row for row in rows if row["event"] == "requested")
    assert list(wait.values())[:7] == ["1", "3500000", "1001", "T-2", "thread", "requested", "lock"]
    assert list(wait.values())[7:] == ["Lock", "/home/me/program.py", "4", "work", "T1", "", ""]
    (failed,) = (row for row in rows if row["event"] == "failed")
    assert failed["text"] == "ValueError: no"
    (said,) = (row for row in rows if row["event"] == "output")
    assert (said["resource"], said["resource_kind"], said["number"]) == ("stdout", "stream", "11")


def test_words_with_commas_quotes_and_lines_come_back_as_they_were() -> None:
    words = 'a, "b"\n\u05d0\u05d1 \U0001f600'

    assert [row["text"] for row in read(timeline(lane("A").runs(0).marks(1, words)))] == ["", words]


def test_runs_follow_one_another_each_from_its_own_start() -> None:
    rows = read(timeline(lane("A").runs(1)), timeline(lane("B").runs(2)))

    assert [(row["run"], row["worker"], row["time_ns"]) for row in rows] == [("1", "A", "1000000"), ("2", "B", "2000000")]


def test_a_kind_of_a_later_version_is_told_as_such() -> None:
    built = timeline(lane("A").runs(0))
    built.add_events(1, record(1, 251))
    built.settle()

    assert "no word for" in read(built)[-1]["event"]
