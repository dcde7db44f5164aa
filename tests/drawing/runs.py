"""Runs for the drawing's tests: lanes written down as what each worker did from when on, without events behind them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from concviz.timeline.looks import Looks
from concviz.timeline.meta import Meta
from concviz.timeline.named import NO_SITE, NO_WORKER, Site, Worker
from concviz.timeline.spans import SPAN_COLUMNS, Lane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.timeline.output import Line
    from concviz.timeline.states import State
    from concviz.timeline.timeline import Timeline

Did = list[tuple[int, "State"]]
"""(from when in ns, what) of one worker."""

NOTHING = np.zeros(0, dtype=np.int64)


@dataclass
class Written:
    """The part of a Timeline that pictures ask for."""

    workers: list[Worker]
    lanes: list[Lane]
    end_ns: int
    zero_ns: int = 0
    looks: Looks = field(default_factory=Looks)
    meta: Meta = field(default_factory=Meta)
    output: list[Line] = field(default_factory=list)
    sites: list[Site] = field(default_factory=lambda: [NO_SITE])
    stands: dict[int, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def lane(self, worker: int) -> Lane:
        return self.lanes[worker]

    def site_at(self, worker: int, time_ns: int) -> int:
        return self.stands.get(worker, 0)

    def source(self, path: str) -> str | None:
        return self.sources.get(path)


def block(*rows: str) -> str:
    """A picture's text, written a row a line."""
    return "\n".join(rows)


def run(dids: Mapping[str, Did], end_ns: int, homes: Mapping[int, int] | None = None, **fields: Any) -> Timeline:
    """A run of these workers, numbered from 1 in that order. `homes`: the processes of those that do not live in process 1."""
    workers = [NO_WORKER, *(replace(NO_WORKER, index=at, process=(homes or {}).get(at, 1), name=name) for at, name in enumerate(dids, 1))]
    lanes = [Lane(0, lambda: NOTHING), *(_lane(at, did, end_ns) for at, did in enumerate(dids.values(), 1))]
    return cast("Timeline", Written(workers, lanes, end_ns, **fields))


def looks(process: int, *rows: tuple[int, int, int, int], into: Looks | None = None) -> Looks:
    """Looks at a process: (time_ns, kind, worker, arg), in order."""
    found = into or Looks()
    times, kinds, workers, args = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    zeros = np.zeros(len(times), dtype=np.int64)
    found.add(process, {"time": times, "kind": kinds, "worker": workers, "resource": zeros, "site": zeros, "arg": args})
    return found


def _lane(worker: int, did: Did, end_ns: int) -> Lane:
    lane = Lane(worker, lambda: NOTHING)
    lane.end_ns = end_ns
    if did:
        times, states = np.array([at for at, _ in did]), np.array([int(state) for _, state in did], dtype=np.uint8)
        zeros = np.zeros(len(did), dtype=np.int64)
        lane.rewrite(0, dict.fromkeys(SPAN_COLUMNS, zeros) | {"time": times, "state": states})
    return lane
