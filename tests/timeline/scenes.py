"""Events at random, and timelines to put them into."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from concviz.events import Kind, Table
from concviz.timeline.batches import RECORDS
from concviz.timeline.timeline import Timeline
from tests.builders import entry, ns

WORKERS, EVENTS = 5, 400
Records = npt.NDArray[np.void]
"""Raw records."""

KINDS = [kind for kind in Kind if kind not in {Kind.OUTPUT, Kind.MARK, Kind.FAILED}]


def named(processes: int = 1) -> Timeline:
    """A timeline that knows workers, and resources of each kind of wait, in some processes."""
    built = Timeline()
    for process in range(1, processes + 1):
        kinds = ("Lock", "Condition", "Semaphore", "Future", "Queue")
        names = [entry(Table.WORKER, ident, f"{process}/{ident}", "thread", f"W{ident}") for ident in range(1, WORKERS + 1)]
        names += [entry(Table.RESOURCE, ident, "", kind, f"r{ident}") for ident, kind in enumerate(kinds, 1)]
        built.add_names(process, b"".join(names))
    return built


def random_records(seed: int, events: int = EVENTS) -> Records:
    """Events of all kinds, each at a time of its own."""
    random = np.random.default_rng(seed)
    records = np.zeros(events, dtype=RECORDS)
    records["time"] = ns(0) + np.sort(random.choice(10 * events, events, replace=False)) * 100_000
    records["worker"] = random.integers(1, WORKERS + 1, events)
    records["kind"] = random.choice(KINDS, events)
    records["resource"] = random.integers(0, 6, events)
    records["site"] = 0
    records["arg"] = random.integers(0, WORKERS + 1, events)
    return records
