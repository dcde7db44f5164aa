"""Whether one event had to come before another: along what workers did one after another, and what made what possible.

That a lock was handed on is left out: next time the other one may have it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.order import Edges, edges

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def lasting_edges(timeline: Timeline) -> Edges:
    """Those pairs of `order.edges` that come in this order each time. Costs as much: ask once for a revision."""
    every = edges(timeline)
    kinds = timeline.events.kind[every.effects]
    lasting = ~np.isin(kinds, (Kind.ACQUIRED, Kind.REFUSED))
    return Edges(every.causes[lasting], every.effects[lasting])


def comes_before(timeline: Timeline, known: Edges, first: int, second: int) -> bool:
    """Whether the event `first` had to come before the event `second`."""
    events = timeline.events
    reached = {int(events.worker[first]): first}
    target = int(events.worker[second])
    low, high = np.searchsorted(known.effects, (first, second), side="right").tolist()
    causes, effects = known.causes[low:high], known.effects[low:high]
    since = causes >= first
    pairs = zip(causes[since].tolist(), effects[since].tolist(), strict=True)
    for cause, effect in pairs:
        if reached.get(int(events.worker[cause]), effect) <= cause:
            worker = int(events.worker[effect])
            reached[worker] = min(reached.get(worker, effect), effect)
            if worker == target:
                return True
    return target in reached and reached[target] <= second
