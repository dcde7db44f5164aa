"""Which events belong to one worker, or happened to one resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import NO_RESOURCE_ID, Kind
from concviz.timeline.columns import Columns
from concviz.timeline.states import KINDS, flags

if TYPE_CHECKING:
    from typing import Literal

Rows = npt.NDArray[np.int64]
"""Row numbers."""

LINE = flags(Kind.LINE)
"""Indexed by kind."""

HERE = {"worker": np.ones(KINDS, dtype=np.bool_), "resource": ~flags(*NO_RESOURCE_ID)}
"""By column: indexed by kind, whether the column holds an index in events of that kind."""


class EventRows:
    """Owns the numbers and times of the events that have an index in a column, and the times of those that are no lines."""

    def __init__(self, events: Columns, column: Literal["worker", "resource"], index: int) -> None:
        self._events = events
        self._column = column
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
        low = self._events.low_since(self._seen)
        if low >= self._events.rows:
            return
        self._seen = self._events.changes
        new = np.flatnonzero(self._events[self._column][low:] == self._index) + low
        kinds = self._events["kind"][new]
        self._take(self._rows, low, new[HERE[self._column][kinds]])
        self._take(self._times, low, new[HERE[self._column][kinds] & ~LINE[kinds]])

    def _take(self, columns: Columns, low: int, new: Rows) -> None:
        """What the columns have of the events from `low` on is this now."""
        at = int(np.searchsorted(columns["row"], low))
        columns.write(at, {"row": new, "time": self._events["time"][new]})
