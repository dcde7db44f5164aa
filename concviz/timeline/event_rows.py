"""Which events belong to one worker, or happened to one resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import NO_RESOURCE_ID, Kind
from concviz.timeline.columns import Columns
from concviz.timeline.states import KINDS, flags

if TYPE_CHECKING:
    from concviz.timeline.grouping import Grouping

Rows = npt.NDArray[np.int64]
"""Row numbers."""

LINE = flags(Kind.LINE)
"""Indexed by kind."""

HERE = {"worker": np.ones(KINDS, dtype=np.bool_), "resource": ~flags(*NO_RESOURCE_ID)}
"""By column: indexed by kind, whether the column holds an index in events of that kind."""


class EventRows:
    """Owns the numbers of the events that have an index in a column, and what of their times was asked for."""

    def __init__(self, events: Columns, by: Grouping, index: int) -> None:
        """`by`: the events by the column that is meant."""
        self.source = events
        """All events."""
        self._by = by
        self._here = HERE[by.name]
        self._index = index
        self._rows = Columns(row="i8")
        self._all = _Times(self._rows, events, np.ones(KINDS, dtype=np.bool_))
        self._times = _Times(self._rows, events, ~LINE)
        self._seen = 0

    def rows(self) -> Rows:
        """All of them, up to date."""
        low = self.source.low_since(self._seen)
        if low < self.source.rows:
            self._seen = self.source.changes
            new = self._by.rows(self._index, low)
            at = int(np.searchsorted(self._rows["row"], low))
            self._rows.write(at, {"row": new[self._here[self.source["kind"][new]]]})
        return self._rows["row"]

    def all_times(self) -> Rows:
        """Their times, up to date."""
        self.rows()
        return self._all.follow()

    def times(self) -> Rows:
        """The times of those that are no lines, up to date."""
        self.rows()
        return self._times.follow()


class _Times:
    """Owns the times of those events among some that are of some kinds; gathered when asked for."""

    def __init__(self, rows: Columns, events: Columns, kinds: npt.NDArray[np.bool_]) -> None:
        """`kinds`: indexed by kind, whether it counts."""
        self._rows = rows
        self._events = events
        self._kinds = kinds
        self._known = Columns(row="i8", time="i8")
        self._seen = 0

    def follow(self) -> Rows:
        """All of them, up to date."""
        if self._seen != self._rows.changes:
            low, rows = self._rows.low_since(self._seen), self._rows["row"]
            self._seen = self._rows.changes
            at = int(np.searchsorted(self._known["row"], rows[low - 1], side="right")) if low else 0
            new = rows[low:]
            new = new[self._kinds[self._events["kind"][new]]]
            self._known.write(at, {"row": new, "time": self._events["time"][new]})
        return self._known["time"]
