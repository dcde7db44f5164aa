"""Runs written down as what each worker did from when on: for pictures of states that no single event brings about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from concviz.timeline.named import NO_WORKER, Worker
from concviz.timeline.spans import SPAN_COLUMNS, Lane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.timeline.states import State
    from concviz.timeline.timeline import Timeline

Did = list[tuple[int, "State"]]
"""(from when in ns, what) of one worker."""

NOTHING = np.zeros(0, dtype=np.int64)


@dataclass
class Written:
    """The part of a Timeline that lanes ask for."""

    workers: list[Worker]
    lanes: list[Lane]
    end_ns: int
    zero_ns: int

    def lane(self, worker: int) -> Lane:
        return self.lanes[worker]


def run(dids: Mapping[str, Did], end_ns: int, zero_ns: int = 0) -> Timeline:
    """A run of these workers, numbered from 1 in that order."""
    workers = [NO_WORKER, *(replace(NO_WORKER, index=at, name=name) for at, name in enumerate(dids, 1))]
    lanes = [Lane(0, lambda: NOTHING), *(_lane(at, did, end_ns) for at, did in enumerate(dids.values(), 1))]
    return cast("Timeline", Written(workers, lanes, end_ns, zero_ns))


def block(*rows: str) -> str:
    """A picture's text, written a row a line."""
    return "\n".join(rows)


def _lane(worker: int, did: Did, end_ns: int) -> Lane:
    lane = Lane(worker, lambda: NOTHING)
    lane.end_ns = end_ns
    if did:
        times, states = np.array([at for at, _ in did]), np.array([int(state) for _, state in did], dtype=np.uint8)
        zeros = np.zeros(len(did), dtype=np.int64)
        lane.rewrite(0, dict.fromkeys(SPAN_COLUMNS, zeros) | {"time": times, "state": states})
    return lane
