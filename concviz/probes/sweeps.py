"""Where every thread stands, seen from outside: the line of each worker, when it has changed since the last look."""

from __future__ import annotations

import sys
from itertools import islice

from concviz.events import Kind
from concviz.probes import here
from concviz.probes.sites import site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concviz.ring.writer import Emit

MANY = 64
"""Threads looked at in one sweep; of more, each has its turn later."""


class Sweeper:
    """Owns a ring for what it sees; used by the ticking thread only, which is no worker itself."""

    def __init__(self) -> None:
        self._emit: Emit | None = None
        self._seen: dict[int, tuple[int, int]] = {}
        self._turn = 0
        self._free = not getattr(sys, "_is_gil_enabled", lambda: True)()

    def sweep(self) -> None:
        """Look at every thread that ever noted something. Without a GIL frames run on while one reads: then not at all."""
        if self._free:
            return
        speakers = here.process().speakers
        idents = list(speakers)
        start = self._turn % len(idents) if len(idents) > MANY else 0
        self._turn = start + MANY
        frames = sys._current_frames()
        for ident in islice(idents, start, start + MANY):
            speaker = speakers.get(ident)
            me = speaker() if speaker is not None else None
            frame = frames.get(ident)
            if me is None or frame is None:
                continue
            worker = me.worker
            where = site(frame)
            if where and worker == me.worker and self._seen.get(ident) != (worker, where):
                self._seen[ident] = worker, where
                self._note(worker, where)
        if len(self._seen) > 2 * len(idents) + MANY:
            self._seen = {ident: last for ident, last in self._seen.items() if ident in speakers}

    def _note(self, worker: int, where: int) -> None:
        if self._emit is None:
            ring = here.process().ring()
            if ring is None:
                return
            self._emit = ring.emitter(0)[0]
        self._emit(Kind.SWEPT, 0, where, 0, worker)
