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
    """Owns the numbers and times of the events that have an index in a column, and the times of those that are no lines."""

    def __init__(self, events: Columns, by: Grouping, index: int) -> None:
        """`by`: the events by the column that is meant."""
        self.source = events
        """All events."""
        self._by = by
        self._here = HERE[by.name]
        self._index = index
        self._rows = Columns(row="i8", time="i8")
        self._times = Columns(row="i8", time="i8")
        self._seen = 0

    def rows(self) -> Rows:
        """All of them, up to date."""
        self._follow()
        return self._rows["row"]

    def all_times(self) -> Rows:
        """Their times, up to date."""
        self._follow()
        return self._rows["time"]

    def times(self) -> Rows:
        """The times of those that are no lines, up to date."""
        self._follow()
        return self._times["time"]

    def _follow(self) -> None:
        low = self.source.low_since(self._seen)
        if low >= self.source.rows:
            return
        self._seen = self.source.changes
        new = self._by.rows(self._index, low)
        kinds = self.source["kind"][new]
        self._take(self._rows, low, new[self._here[kinds]])
        self._take(self._times, low, new[self._here[kinds] & ~LINE[kinds]])

    def _take(self, columns: Columns, low: int, new: Rows) -> None:
        """What the columns have of the events from `low` on is this now."""
        at = int(np.searchsorted(columns["row"], low))
        columns.write(at, {"row": new, "time": self.source["time"][new]})
