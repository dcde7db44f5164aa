"""The stretch of time on screen: one for all panes, so that columns of the same time stand in line."""

from __future__ import annotations

from dataclasses import dataclass, replace

FINEST_NS = 10
"""The least time a column can stand for."""

COARSEST_NS = 3_600_000_000_000
"""The most time a column can stand for: an hour."""

LADDER = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""The sizes, times a power of ten, that a growing window takes: it grows in steps, since a smooth one would shimmer."""

INNER = 0.1
"""The share of the window, at either side, into which a moving cursor does not go."""


@dataclass(frozen=True, slots=True)
class Window:
    """Times from a run's zero: `columns` columns of `column_ns` each, the first beginning at `from_ns`."""

    from_ns: int = 0
    column_ns: int = 1_000_000
    columns: int = 60
    floor_ns: int = 0
    """Nothing is shown before that: it is not known any more."""

    @property
    def to_ns(self) -> int:
        """Where it ends; not part of it."""
        return self.from_ns + self.column_ns * self.columns

    def resized(self, columns: int) -> Window:
        """The same stretch of time, or a little more, in another number of columns."""
        columns = max(columns, 1)
        span = self.column_ns * self.columns
        return replace(self, column_ns=_column(-(-span // columns)), columns=columns)

    def fitted(self, to_ns: int) -> Window:
        """From the floor to `to_ns`, which still lies in the last column or one before it."""
        return replace(self, from_ns=self.floor_ns, column_ns=_column(max(to_ns - self.floor_ns, 1) // self.columns + 1))

    def above(self, floor_ns: int) -> Window:
        """Moved, if it must be, so that nothing before a time is shown."""
        return self if floor_ns == self.floor_ns else replace(self, floor_ns=floor_ns, from_ns=max(self.from_ns, floor_ns))

    def grown(self, to_ns: int) -> Window:
        """From the floor to at least `to_ns`, in steps: the same for a while, then larger."""
        to_ns -= self.floor_ns
        power = 1
        while power * 10 <= max(to_ns, 1_000_000):
            power *= 10
        span = next((int(power * step) for step in LADDER if power * step >= to_ns), power * 10)
        return self.fitted(self.floor_ns + span)

    def zoomed(self, factor: float, anchor_ns: int) -> Window:
        """`factor` times finer (above 1) or coarser; the anchor's column keeps its place."""
        column = _column(round(self.column_ns / factor))
        if column == self.column_ns:
            column = _column(column + (1 if factor < 1 else -1))
        offset = (anchor_ns - self.from_ns) // self.column_ns
        return self._aligned(anchor_ns - offset * column, column)

    def panned(self, share: float) -> Window:
        """Moved by a share of its width; right when positive. Not before the floor."""
        step = int(self.columns * share) or (1 if share > 0 else -1)
        return self._aligned(self.from_ns + step * self.column_ns, self.column_ns)

    def showing(self, at_ns: int) -> Window:
        """Moved as little as it must be for `at_ns` to stand inside, away from the edges."""
        edge = int(self.columns * INNER) * self.column_ns
        if at_ns < self.from_ns + edge:
            return self._aligned(at_ns - edge, self.column_ns)
        if at_ns >= self.to_ns - edge:
            return self._aligned(at_ns + edge - (self.columns - 1) * self.column_ns, self.column_ns)
        return self

    def at(self, column: int) -> int:
        """The time in the middle of a column."""
        return self.from_ns + column * self.column_ns + self.column_ns // 2

    def _aligned(self, from_ns: int, column_ns: int) -> Window:
        """Columns begin at whole multiples of their size: a window that slides then shows the same glyphs, moved."""
        return replace(self, from_ns=max(max(from_ns, 0) // column_ns * column_ns, self.floor_ns), column_ns=column_ns)


def _column(size_ns: int) -> int:
    return min(max(size_ns, FINEST_NS), COARSEST_NS)
