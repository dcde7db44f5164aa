"""When workers ended: by their own word, or with the process they lived in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.states import State

if TYPE_CHECKING:
    from concviz.timeline.changes import Changes
    from concviz.timeline.meta import Meta
    from concviz.timeline.tables import Tables

NEVER_NS = np.iinfo(np.int64).max
"""Stands for an end that has not come."""

MAIN_PROCESS = 1
"""The index of the program's own process."""


def process_end(process: int, tables: Tables, changes: Changes, meta: Meta) -> int | None:
    """The earliest that its main thread, the system and its parent tell; None: it lives."""
    own = _own_word(process, tables, changes)
    told = (own, meta.gone.get(process), meta.exit_ns if process == MAIN_PROCESS else None)
    return min((end for end in told if end is not None), default=None)


def ends_ns(tables: Tables, changes: Changes, meta: Meta) -> npt.NDArray[np.int64]:
    """Indexed by worker: when it ended; NEVER_NS while it lives."""
    workers = len(tables.workers)
    ends = np.full(workers, NEVER_NS)
    last = changes.last[:workers]
    ended = (last >= 0) & np.isin(changes.columns["state"][last], (State.DONE, State.FAILED)) if len(last) else last
    ends[: len(last)] = np.where(ended, changes.columns["time"][last], NEVER_NS) if len(last) else NEVER_NS
    process = np.array([worker.process for worker in tables.workers])
    for number in np.unique(process).tolist():
        end = process_end(number, tables, changes, meta)
        if end is not None:
            ends[process == number] = np.minimum(ends[process == number], end)
    return ends


def _own_word(process: int, tables: Tables, changes: Changes) -> int | None:
    """When its main thread said its last word; None: it has not."""
    main = tables.main_worker(process)
    row = int(changes.last[main]) if 0 < main < len(changes.last) else -1
    if row < 0 or changes.columns["kind"][row] != Kind.ENDED:
        return None
    return int(changes.columns["time"][row])
