"""Numpy columns that grow in place and stay ordered by time, also when a batch comes late."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
"""One column."""

Batch = dict[str, Column]
"""New rows: every column's values, all of one length."""

FIRST_ROWS = 64
"""Rows that a column has room for at first; then it doubles."""


class Columns:
    """Owns some columns of equal length.

    Readers get views that cannot be written to. Rows that come late move the rows after them, also under a
    view that somebody holds: take a new view for each revision.
    """

    __slots__ = ("_before", "_capacity", "_lows", "_store", "rows")

    def __init__(self, **kinds: str) -> None:
        """Column names and their numpy types."""
        self.rows = 0
        """How many rows there are."""
        self._capacity = FIRST_ROWS
        self._store = {name: np.zeros(FIRST_ROWS, dtype=kind) for name, kind in kinds.items()}
        self._lows: list[int] = []
        self._before = 0

    def __getitem__(self, name: str) -> Column:
        """A read-only view of one column."""
        view = self._store[name][: self.rows]
        view.setflags(write=False)
        return view

    @property
    def changes(self) -> int:
        """How many times rows were written: what `low_since` compares with."""
        return self._before + len(self._lows)

    def low_since(self, changes: int) -> int:
        """The first row that is new or different since `changes` was that; `rows` when none is."""
        return min([*self._lows[max(changes - self._before, 0) :], self.rows])

    def write(self, at: int, batch: Batch) -> None:
        """Make `batch` the rows from `at` on; what was there and after it goes."""
        rows = at + len(next(iter(batch.values())))
        if rows > self._capacity:
            self._grow(rows)
        for name, values in batch.items():
            self._store[name][at:rows] = values
        self.rows = rows
        self._lows.append(at)

    def truncate(self, rows: int) -> None:
        """Let the rows from there on go."""
        if rows < self.rows:
            self.rows = rows
            self._lows.append(rows)

    def take(self, kept: npt.NDArray[np.int64], changed: Batch | None = None) -> None:
        """Let all rows go but these, which close up; to readers all of them are new. `changed`: columns with other values."""
        store = {name: values[kept] for name, values in self._store.items()} | (changed or {})
        self._capacity, self._before = len(kept), self._before + len(self._lows)
        self._store, self.rows, self._lows = store, len(kept), [0]

    def merge(self, batch: Batch) -> int:
        """Put rows, themselves ordered by the column `time`, into their places; gives the first row that is new.

        Of rows with equal times those that came first stay first.
        """
        times = batch["time"]
        if not len(times):
            return self.rows
        low = int(np.searchsorted(self["time"], times[0], side="right"))
        if low < self.rows:
            batch = self._with_tail(low, batch)
        self.write(low, batch)
        return low

    def _with_tail(self, low: int, batch: Batch) -> Batch:
        order = np.argsort(np.concatenate((self["time"][low:], batch["time"])), kind="stable")
        return {name: np.concatenate((self[name][low:], batch[name]))[order] for name in self._store}

    def _grow(self, rows: int) -> None:
        while self._capacity < rows:
            self._capacity = max(self._capacity * 2, FIRST_ROWS)
        for name, old in self._store.items():
            new = np.zeros(self._capacity, dtype=old.dtype)
            new[: self.rows] = old[: self.rows]
            self._store[name] = new
