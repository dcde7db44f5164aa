"""What workers did, one by one and as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.events import Kind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from concviz.timeline.columns import Columns

KNOWN_KINDS = frozenset(int(kind) for kind in Kind)
"""The numbers of all kinds."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that a worker did."""

    index: int
    """Its place among the run's events: may grow when a late one comes before it."""
    time_ns: int
    worker: int
    kind: Kind | int
    """A plain number if this version does not know it."""
    resource: int
    site: int
    arg: int
    """An index where `concviz.events.ARG` says so; else a number."""

    @classmethod
    def of(cls, columns: Columns, index: int) -> Event:
        """One row of the columns of events. IndexError beyond the last."""
        time_ns, worker, kind, *rest = (int(columns[name][index]) for name in ("time", "worker", "kind", "resource", "site", "arg"))
        return cls(index, time_ns, worker, Kind(kind) if kind in KNOWN_KINDS else kind, *rest)


class Events:
    """Read-only columns in the order of time, with the run's indices.

    Some may be hidden: their kind is 0, which is none. Those are the few that tell how things stood where memory begins; what
    lay between them is not known, so that nothing may be counted or paired with them.
    """

    __slots__ = ("arg", "kind", "resource", "site", "time_ns", "worker")

    def __init__(self, columns: Columns, hidden: int = 0) -> None:
        """`hidden`: so many of the first."""
        self.time_ns: npt.NDArray[np.int64] = columns["time"]
        self.worker: npt.NDArray[np.int32] = columns["worker"]
        self.kind: npt.NDArray[np.uint8] = columns["kind"]
        if hidden:
            self.kind = self.kind.copy()
            self.kind[:hidden] = 0
            self.kind.setflags(write=False)
        self.resource: npt.NDArray[np.int32] = columns["resource"]
        """A stream's number in an OUTPUT event."""
        self.site: npt.NDArray[np.int32] = columns["site"]
        self.arg: npt.NDArray[np.int64] = columns["arg"]

    def __len__(self) -> int:
        return len(self.time_ns)
