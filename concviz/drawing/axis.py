"""The time axis that lanes, ruler and all panes share: a stretch of time cut into columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Edges = npt.NDArray[np.int64]
"""Where columns begin, and last where the last one ends: one more than there are columns."""


@dataclass(frozen=True, slots=True)
class Axis:
    """`columns` columns over [from_ns, to_ns), counted from the run's zero: runs with a common axis stand in line."""

    from_ns: int
    to_ns: int
    columns: int

    @property
    def column_ns(self) -> float:
        """How long a column is."""
        return max(self.to_ns - self.from_ns, 1) / max(self.columns, 1)

    def edges(self, zero_ns: int) -> Edges:
        """The columns' edges in the time of a run whose zero is then."""
        columns = max(self.columns, 0)
        steps = np.arange(columns + 1, dtype=np.int64)
        # Whole and rest apart, so that no product of time and columns can be too large.
        whole, rest = divmod(max(self.to_ns - self.from_ns, 1), max(columns, 1))
        return zero_ns + self.from_ns + whole * steps + rest * steps // max(columns, 1)

    def column(self, at_ns: int | None) -> int | None:
        """The column in which a moment lies; None: it is outside, or there is none."""
        if at_ns is None or not self.from_ns <= at_ns < self.to_ns or self.columns < 1:
            return None
        edges = self.edges(0)
        last = int(np.searchsorted(edges, at_ns, side="right")) - 1
        # Columns of less than a nanosecond can begin together: the first of them counts.
        return int(np.searchsorted(edges, edges[last]))


@dataclass(frozen=True, slots=True)
class View:
    """How a run is looked at: what ruler, lanes, GIL and cores have in common, so that they stand in line."""

    axis: Axis
    label_cells: int = 8
    """The column of names to the left of the axis, with the blank that follows them."""
    cursor_ns: int | None = None
    """The moment looked at, from the run's zero; None: no moment is marked."""
    focus: int = 0
    """The index of the worker that is looked at; 0: none."""

    @property
    def width(self) -> int:
        """Columns of the whole picture: names and axis."""
        return self.label_cells + self.axis.columns

    @property
    def cursor_column(self) -> int | None:
        """The picture's column that holds the moment; None: none is marked, or it is not on the axis."""
        column = self.axis.column(self.cursor_ns)
        return None if column is None else self.label_cells + column
