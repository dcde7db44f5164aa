"""Raw records of one process as columns with the run's own indices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.events import ARG, NO_RESOURCE_ID, Meaning, Table
from concviz.timeline.states import KINDS, LOOKS, flags

if TYPE_CHECKING:
    from concviz.timeline.columns import Batch
    from concviz.timeline.tables import Tables

RECORDS = np.dtype(
    [("time", "<i8"), ("arg", "<i8"), ("worker", "<u4"), ("resource", "<u4"), ("site", "<u4"), ("kind", "<u2"), ("lap", "<u2")],
)
"""`events.RECORD` as numpy reads it."""

COLUMNS = {"time": "i8", "worker": "i4", "kind": "u1", "resource": "i4", "site": "i4", "arg": "i8"}
"""The columns of events: the run's indices, time in ns."""

ARG_WORKER = flags(*(kind for kind, meaning in ARG.items() if meaning is Meaning.WORKER))
ARG_TEXT = flags(*(kind for kind, meaning in ARG.items() if meaning is Meaning.TEXT))
PLAIN_RESOURCE = flags(*NO_RESOURCE_ID)
LOOK = flags(*LOOKS)
"""Indexed by kind."""


def translated(tables: Tables, process: int, raw: bytes) -> Batch:
    """Records in the order of their times. A rest that is no whole record is left out."""
    records = np.frombuffer(raw, dtype=RECORDS, count=len(raw) // RECORDS.itemsize)
    times = records["time"]
    if len(times) > 1 and np.any(times[1:] < times[:-1]):
        records = records[np.argsort(times, kind="stable")]
    kind = np.minimum(records["kind"], KINDS - 1).astype(np.uint8)
    worker, resource = records["worker"].astype(np.int64), records["resource"].astype(np.int64)
    tables.unnamed_workers(process, worker)
    plain = PLAIN_RESOURCE[kind]
    arg = records["arg"].astype(np.int64)
    for table, wanted in ((Table.WORKER, ARG_WORKER), (Table.TEXT, ARG_TEXT)):
        which = np.flatnonzero(wanted[kind])
        arg[which] = tables.ids(process, table).take(arg[which])
    return {
        "time": records["time"].astype(np.int64),
        "worker": tables.ids(process, Table.WORKER).take(worker),
        "kind": kind,
        "resource": np.where(plain, resource, tables.ids(process, Table.RESOURCE).take(resource)).astype(np.int32),
        "site": tables.ids(process, Table.SITE).take(records["site"].astype(np.int64)),
        "arg": arg,
    }


def split(batch: Batch) -> tuple[Batch, Batch]:
    """(what the program did, what was seen from outside)."""
    look = LOOK[batch["kind"]]
    if not look.any():
        return batch, {name: values[:0] for name, values in batch.items()}
    return {name: values[~look] for name, values in batch.items()}, {name: values[look] for name, values in batch.items()}
