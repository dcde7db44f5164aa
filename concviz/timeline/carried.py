"""What must be known of the past so that all is right from a time on: the few older events that tell how things stood then.

Each of them happened, at its own time. Left out is what lies between them: so before that time nothing may be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import ARG, NO_RESOURCE_ID, Kind, Meaning
from concviz.timeline.states import ALIVE_FLAGS, KINDS, flags

if TYPE_CHECKING:
    from concviz.timeline.changes import Changes
    from concviz.timeline.columns import Columns
    from concviz.timeline.tables import Tables

Rows = npt.NDArray[np.int64]
"""Row numbers, rising."""

LOOK_BACK = 1 << 14
"""So many events of a resource before a time are looked at."""

SEMAPHORES = frozenset({"Semaphore", "BoundedSemaphore"})
"""Kinds of resource that several workers can hold."""

PASSING = frozenset({"Future", "Task", "Job", "gather", "wait", "timeout", "Timer", ""})
"""Kinds of resource that are made for one use: one that nobody waits for any more tells nothing."""

MOST_RESOURCES = 10_000
"""So many others are carried on, those that were used last."""

GENERATIONS = 8
"""A worker's maker is carried on, and so far up the maker's own."""

WORKER_ARG = flags(*(kind for kind, meaning in ARG.items() if meaning is Meaning.WORKER))
"""Indexed by kind: whether the arg is a worker."""

WITHOUT_RESOURCE = flags(*NO_RESOURCE_ID)
"""Indexed by kind."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried on, of all before `cut`."""

    cut: int
    """The first event that stays with all that follow it."""
    events: Rows
    """Before it."""
    change_cut: int
    """The first change of state that stays with all that follow it."""
    changes: Rows
    """Before it: of each worker that lives, where its span began, and what says how it goes on; of others that are named, their end."""


def carried(events: Columns, changes: Changes, tables: Tables, cut: int) -> Carried:
    """What must stay of the events before the one numbered `cut`."""
    columns = changes.columns
    change_cut = int(np.searchsorted(columns["event"], cut))
    last, living = _living(changes, tables, change_cut)
    ours = last[living]
    kept = np.concatenate([ours, *(columns[name][ours] for name in ("span", "pending", "mark"))])
    kept = np.unique(kept[(kept >= 0) & (kept < change_cut)])
    own = np.unique(np.concatenate((columns["event"][kept], _of_workers(events, cut, living))))
    shared = _of_resources(events, cut, _resources(events, tables, cut, own))
    found = np.union1d(own, np.union1d(shared, _semaphores(events, tables, cut)))
    found = np.union1d(found, _makers(events, cut, found))
    named = workers_in(events, np.concatenate((found, np.arange(cut, events.rows))), len(last))
    ends = last[named & ~living & (last >= 0)]
    return Carried(cut, np.union1d(found, columns["event"][ends]), change_cut, np.union1d(kept, ends))


def workers_in(events: Columns, rows: Rows, workers: int) -> npt.NDArray[np.bool_]:
    """Indexed by worker, of so many: whether one of these events is its own, or names it."""
    named = np.zeros(workers, dtype=np.bool_)
    named[events["worker"][rows]] = True
    args = events["arg"][rows[WORKER_ARG[events["kind"][rows]]]]
    named[args[(args >= 0) & (args < workers)]] = True
    return named


def _living(changes: Changes, tables: Tables, change_cut: int) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """(each worker's last change before the cut, whether it lives on or is heard of again, or is a process's main thread)."""
    columns = changes.columns
    last = changes.before(change_cut)
    living = (last >= 0) & ALIVE_FLAGS[columns["state"][last]] if columns.rows else last >= 0
    living[np.unique(columns["worker"][change_cut:])] = True
    living[[main for main in map(tables.main_worker, tables.processes) if main < len(living)]] = True
    return last, living & (last >= 0)


def _last_of(keys: Rows, rows: Rows, room: int) -> Rows:
    """The last of the rows with each key. Of equal places that are assigned to, numpy's last one holds."""
    last = np.full(room, -1, dtype=np.int64)
    last[keys] = rows
    return last[last >= 0]


def _of_workers(events: Columns, cut: int, living: npt.NDArray[np.bool_]) -> Rows:
    """The last event of each kind of each of these workers, and the last that says where it was."""
    worker = events["worker"][:cut]
    dense = np.cumsum(living) - 1
    rows = np.flatnonzero((worker < len(living)) & living[np.minimum(worker, len(living) - 1)])
    mine = dense[worker[rows]]
    count = int(living.sum())
    by_kind = _last_of(mine * KINDS + events["kind"][rows], rows, count * KINDS)
    sited = events["site"][rows] > 0
    return np.union1d(by_kind, _last_of(mine[sited], rows[sited], count))


def _resources(events: Columns, tables: Tables, cut: int, own: Rows) -> Rows:
    """Those that lasting things of the program are, the last used first, and those that the rows `own` name."""
    named = np.where(WITHOUT_RESOURCE[events["kind"][:cut]], 0, events["resource"][:cut])
    used = _last_of(named, np.arange(cut), len(tables.resources))
    lasting = [row for row in np.sort(used)[::-1].tolist() if tables.resources[named[row]].kind not in PASSING]
    return np.union1d(named[lasting[:MOST_RESOURCES]], named[own])


def _of_resources(events: Columns, cut: int, resources: Rows) -> Rows:
    """The last event of each kind of each of these resources."""
    wanted = np.zeros(int(resources.max(initial=0)) + 1, dtype=np.bool_)
    wanted[resources] = True
    wanted[0] = False
    dense, kinds, named = np.cumsum(wanted) - 1, events["kind"][:cut], events["resource"][:cut]
    known = (named < len(wanted)) & ~WITHOUT_RESOURCE[kinds]
    rows = np.flatnonzero(known & wanted[np.where(known, named, 0)])
    return _last_of(dense[named[rows]] * KINDS + kinds[rows], rows, int(wanted.sum()) * KINDS)


def _semaphores(events: Columns, tables: Tables, cut: int) -> Rows:
    """All that was taken and given back since nobody held them, as far as one looks back."""
    found = [np.empty(0, dtype=np.int64)]
    kinds = events["kind"][:cut]
    for resource in (each for each in tables.resources if each.kind in SEMAPHORES):
        here = (events["resource"][:cut] == resource.index) & ((kinds == Kind.ACQUIRED) | (kinds == Kind.RELEASED))
        rows = np.flatnonzero(here)[-LOOK_BACK:]
        held = np.cumsum(np.where(kinds[rows] == Kind.ACQUIRED, 1, -1))
        free = np.flatnonzero(held <= np.minimum.accumulate(np.minimum(held, 0)))
        found.append(rows[free[-1] + 1 :] if len(free) else rows)
    return np.concatenate(found)


def _makers(events: Columns, cut: int, carried_rows: Rows) -> Rows:
    """How the workers that are heard of from the cut on, or are carried on, came to be; likewise their makers."""
    spawned = np.flatnonzero(events["kind"][:cut] == Kind.SPAWNED)
    made = events["arg"][spawned]
    spawned, made = spawned[made > 0], made[made > 0]
    workers = int(max(made.max(initial=0), events["worker"].max(initial=0))) + 1
    wanted = workers_in(events, np.concatenate((carried_rows, np.arange(cut, events.rows))), workers)
    found = np.zeros(len(spawned), dtype=np.bool_)
    for _ in range(GENERATIONS):
        found = wanted[made]
        wanted[events["worker"][spawned[found]]] = True
    return spawned[found]
