"""Old events let go: from then on a timeline knows all from a time on, and of the time before what `carried` says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from concviz.timeline.carried import PASSING, WITHOUT_RESOURCE, carried, workers_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.timeline.changes import Changes
    from concviz.timeline.columns import Columns
    from concviz.timeline.looks import Looks
    from concviz.timeline.tables import Tables

SLACK = 2
"""Events are let go when half as many more as wanted are there: then many at once."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """Where memory begins. Everything older is in the recording alone."""

    from_ns: int = 0
    """The time from which on all is known; 0: all is, from the start."""
    events: int = 0
    """How many older events there were that are not in memory."""
    workers: int = 0
    """How many workers there were of which nothing is in memory."""
    where: str = "on disk"
    """Where the older events are, in words."""

    @classmethod
    def told(cls, fields: Mapping[str, Any]) -> Horizon:
        """From a META frame. ValueError or TypeError when a number is none."""
        from_ns, events, workers = (int(fields.get(name, 0)) for name in ("from_ns", "events", "workers"))
        return cls(from_ns, events, workers, str(fields.get("where", "")))


@dataclass(frozen=True, slots=True)
class Known:
    """What a timeline knows."""

    events: Columns
    changes: Changes
    looks: Looks
    tables: Tables


def due(events: Columns, looks: Looks, keep: int | None) -> bool:
    """Whether there is so much that some should be let go."""
    return keep is not None and max(events.rows, looks.columns.rows) > keep + keep // SLACK


def newest(known: Known, keep: int, before: Horizon) -> int:
    """The time from which on there are so many events and looks at most."""
    first_ns = [int(columns["time"][-keep]) for columns in (known.events, known.looks.columns) if columns.rows > keep]
    return max(before.from_ns, *first_ns)


def forget(known: Known, from_ns: int, before: Horizon) -> Horizon:
    """Let all go that is older, but what tells how things stood then."""
    events, looks, tables = known.events, known.looks, known.tables
    cut = int(np.searchsorted(events["time"], from_ns))
    stays = carried(events, known.changes, tables, cut)
    known.changes.forget(stays.changes, stays.change_cut, _places(events.rows, stays.cut, stays.events))
    rows, heard = events.rows, _workers_in(events, looks, tables)
    events.take(np.concatenate((stays.events, np.arange(cut, rows))))
    looks.forget(from_ns)
    gone = tables.forget(heard & ~_workers_in(events, looks, tables) & ~_processes(tables), _resources_in(events, tables))
    return replace(before, from_ns=from_ns, events=before.events + rows - events.rows, workers=before.workers + gone)


def _places(rows: int, cut: int, kept: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Row -> its row afterwards; -1: it went."""
    places = np.full(rows, -1, dtype=np.int64)
    places[kept] = np.arange(len(kept))
    places[cut:] = np.arange(rows - cut) + len(kept)
    return places


def _workers_in(events: Columns, looks: Looks, tables: Tables) -> npt.NDArray[np.bool_]:
    """Indexed by worker: whether anything that is known names it."""
    named = workers_in(events, np.arange(events.rows), len(tables.workers))
    named[looks.columns["worker"]] = True
    return named


def _processes(tables: Tables) -> npt.NDArray[np.bool_]:
    """Indexed by worker: whether it is one."""
    return np.array([worker.kind == "process" for worker in tables.workers])


def _resources_in(events: Columns, tables: Tables) -> npt.NDArray[np.bool_]:
    """Indexed by resource: whether anything that is known names it, or it may be used again."""
    named = np.zeros(len(tables.resources), dtype=np.bool_)
    named[events["resource"][~WITHOUT_RESOURCE[events["kind"]]]] = True
    named[[resource.index for resource in tables.resources if resource.kind not in PASSING]] = True
    return named
