"""What event loops and the interpreter complained of, by their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.events import Event
    from concviz.timeline.timeline import Timeline


def complaints(timeline: Timeline) -> Iterator[tuple[Event, str]]:
    """(event, its words), in order."""
    for row in np.flatnonzero(timeline.events.kind == Kind.COMPLAINT).tolist():
        event = timeline.event(row)
        yield event, timeline.texts[event.arg]
