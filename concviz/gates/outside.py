"""What happens outside control in the midst of a run: a step that says so, during which all is real."""

from __future__ import annotations

import os
from contextlib import contextmanager

from concviz.gates.places import own_place
from concviz.gates.worker import ANYTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from concviz.gates.scheduler import Scheduler


@contextmanager
def outside(found: Scheduler, words: str, frame: FrameType | None, *, step: bool = True) -> Iterator[None]:
    """While it lasts, primitives are real in the calling thread, and nobody else goes. `step`: whether it is one by itself."""
    worker, place = found.current, own_place(frame)
    if step and not worker.depth:
        found.point(worker, "call", words, place, ANYTHING)
    where = f" at {os.path.basename(place[0])}:{place[1]}" if place[0] else ""
    told = f"{words}{where}: real, so the same choices may come to something else"
    if told not in found.escaped:
        found.escaped.append(told)
    busy, found.busy = found.busy, True
    try:
        yield
    finally:
        found.busy = busy
