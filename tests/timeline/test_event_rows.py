"""Numbers and times of one worker's events, as late ones and lines come among them."""

from __future__ import annotations

import numpy as np

from concviz.events import Kind
from concviz.timeline.batches import COLUMNS
from concviz.timeline.columns import Columns
from concviz.timeline.event_rows import EventRows
from concviz.timeline.grouping import Grouping


def _batch(*rows: tuple[int, int, Kind]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """(time, worker, kind)."""
    values = dict(zip(("time", "worker", "kind"), np.array(rows, dtype=np.int64).T, strict=True))
    return {name: values.get(name, np.zeros(len(rows), dtype=np.int64)) for name in COLUMNS}


def _all(rows: EventRows) -> tuple[list[int], list[int], list[int]]:
    return rows.rows().tolist(), rows.all_times().tolist(), rows.times().tolist()


def test_lines_are_not_among_the_times_of_what_happened() -> None:
    events = Columns(**COLUMNS)
    rows = EventRows(events, Grouping(events, "worker"), 1)
    events.merge(_batch((10, 1, Kind.STARTED), (20, 1, Kind.LINE), (30, 2, Kind.STARTED), (40, 1, Kind.ENDED)))

    assert _all(rows) == ([0, 1, 3], [10, 20, 40], [10, 40])


def test_a_late_event_finds_its_place_also_among_times_asked_for_before() -> None:
    events = Columns(**COLUMNS)
    rows = EventRows(events, Grouping(events, "worker"), 1)
    events.merge(_batch((10, 1, Kind.STARTED), (20, 1, Kind.LINE), (30, 2, Kind.STARTED), (40, 1, Kind.ENDED)))
    rows.times()
    events.merge(_batch((15, 1, Kind.SLEEP)))
    rows.rows()
    events.merge(_batch((25, 1, Kind.SLEPT), (50, 2, Kind.ENDED)))

    assert _all(rows) == ([0, 1, 2, 3, 5], [10, 15, 20, 25, 40], [10, 15, 25, 40])


def test_a_late_event_of_another_moves_numbers_and_no_times() -> None:
    events = Columns(**COLUMNS)
    rows = EventRows(events, Grouping(events, "worker"), 1)
    events.merge(_batch((10, 1, Kind.STARTED), (40, 1, Kind.ENDED)))
    before = _all(rows)
    events.merge(_batch((5, 2, Kind.STARTED)))

    assert (before, _all(rows)) == (([0, 1], [10, 40], [10, 40]), ([1, 2], [10, 40], [10, 40]))
