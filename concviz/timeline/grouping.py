"""Which rows belong to one worker: looked up by a scan, and for many workers in a row by sorting once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.timeline.segments import SMALL

if TYPE_CHECKING:
    from concviz.timeline.columns import Columns

Rows = npt.NDArray[np.int64]
"""Row numbers."""


class Grouping:
    """Owns the last sort of a column of indices. A second question about the same rows makes it, the rest profit."""

    def __init__(self, columns: Columns, name: str) -> None:
        self._columns = columns
        self.name = name
        """The column."""
        self._asked = (-1, -1)
        self._sorted: tuple[Rows, npt.NDArray[np.int32]] | None = None

    def rows(self, index: int, low: int) -> Rows:
        """The rows from `low` on that hold this index, in order."""
        keys = self._columns[self.name][low:]
        asked = (low, self._columns.changes)
        if asked != self._asked:
            self._asked, self._sorted = asked, None
            return np.flatnonzero(keys == index) + low
        if self._sorted is None:
            small = keys.astype(np.uint16) if len(keys) and keys.max() < SMALL and keys.min() >= 0 else keys
            order = np.argsort(small, kind="stable")
            self._sorted = order + low, keys[order]
        rows, values = self._sorted
        first, last = np.searchsorted(values, np.array((index, index + 1), dtype=values.dtype))
        return rows[first:last]
