"""Rows grouped by worker, so that each row's past is found by array operations within its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from concviz.timeline.columns import Batch, Column

Rows = npt.NDArray[np.int64]
"""Row numbers of the whole table; -1: none."""

SMALL = 1 << 16
"""Below so many workers the grouping is a radix sort, whose cost grows with the rows alone."""


class Segments:
    """A batch of rows that will stand from `at` on, sorted by worker and within one by time.

    Columns given to its methods are in that order, called "grouped".
    """

    def __init__(self, worker: Column, at: int, last: Rows) -> None:
        """`last`: indexed by worker, its last row before this batch, -1 none."""
        key = worker.astype(np.uint16) if len(last) <= SMALL else worker
        order = np.argsort(key, kind="stable")
        grouped = worker[order]
        first = np.ones(len(grouped), dtype=np.bool_)
        first[1:] = grouped[1:] != grouped[:-1]
        self._order = order
        self._at = at
        self._first = first
        self._place = np.arange(len(grouped))
        self._start = np.maximum.accumulate(np.where(first, self._place, 0))
        self._rows: Rows = order + at
        self._before: Rows = last[grouped]
        starts = np.flatnonzero(first)
        self.workers: Column = grouped[starts]
        """Who is in the batch."""
        self.last_rows: Rows = self._rows[np.append(starts[1:], len(grouped)) - 1]
        """The last row of each of them."""
        self.previous: Rows = self.shifted(self._rows, self._before)
        """Grouped: the row before, of the same worker."""
        self._place_of: Rows = np.empty(len(order), dtype=np.int64)
        self._place_of[order] = self._place

    @property
    def newborn(self) -> npt.NDArray[np.bool_]:
        """Grouped: whether it is the very first row of its worker."""
        return self._first & (self._before < 0)

    def sort(self, batch: Batch) -> Batch:
        """Group columns that are in the order of time."""
        return {name: values[self._order] for name, values in batch.items()}

    def unsort(self, batch: Batch) -> Batch:
        """Put grouped columns into the order of time."""
        return {name: values[self._place_of] for name, values in batch.items()}

    def shifted(self, values: Column, carried: Column) -> Column:
        """Grouped: the value of the worker's row before; `carried` for its first in the batch."""
        out = np.empty_like(values)
        out[1:] = values[:-1]
        out[self._first] = carried[self._first]
        return out

    def carried(self, old: Column, default: int) -> Column:
        """Grouped: what the worker's last row before the batch has in the column `old`."""
        if not len(old):
            return np.full(len(self._before), default, dtype=old.dtype)
        return np.where(self._before >= 0, old[self._before], default).astype(old.dtype)

    def filled(self, where: Column, values: Column, carried: Column) -> Column:
        """Grouped: the value at the worker's latest row, itself included, where `where` holds."""
        place = self._latest(where)
        return np.where(place >= 0, values[place], carried)

    def latest(self, where: Column, wanted: Column, carried: Rows) -> Rows:
        """Grouped: the latest row where `where` holds if it is `wanted`, else -1; `carried` where there is none."""
        place = self._latest(where)
        return np.where(place >= 0, np.where(wanted[place], self._rows[place], -1), carried)

    def at(self, rows: Rows, old: Column, values: Column) -> Column:
        """The values at rows of the whole table, of which those from `at` on are in `values`, grouped; 0 for -1."""
        here = rows >= self._at
        found = values[self._place_of[np.where(here, rows - self._at, 0)]] if len(values) else np.zeros(len(rows), dtype=values.dtype)
        if not len(old):
            return np.where(here, found, 0)
        return np.where(here, found, np.where(rows >= 0, old[np.where(here, 0, rows)], 0))

    def _latest(self, where: Column) -> Rows:
        """Grouped: the place of the latest row where it holds, within the worker's rows; -1 none."""
        place = np.maximum.accumulate(np.where(where, self._place, -1))
        return np.where(place >= self._start, place, -1)
