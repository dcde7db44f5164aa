"""Where every thread stands, seen from outside: the line of each worker, when it has changed since the last look."""

from __future__ import annotations

import sys
from itertools import islice

from concviz.events import Kind
from concviz.probes import gil, here
from concviz.probes.sites import site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from weakref import ref

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
        self._others = others()

    def sweep(self) -> None:
        """Look at every thread that ever noted something.

        Without a GIL frames run on while one reads, and so do those of another interpreter, all of which one would get: then
        not at all.
        """
        if self._free or self._others():
            return
        speakers = here.process().speakers
        idents = list(speakers)
        start = self._turn % len(idents) if len(idents) > MANY else 0
        self._turn = start + MANY
        frames = sys._current_frames()
        try:
            for ident in islice(idents, start, start + MANY):
                self._look(ident, speakers.get(ident), frames)
        finally:
            frames.clear()  # this one is among them: all would live, with all that they hold, until the next garbage collection
        if len(self._seen) > 2 * len(idents) + MANY:
            self._seen = {ident: last for ident, last in self._seen.items() if ident in speakers}

    def _look(self, ident: int, speaker: ref[here.Me] | None, frames: dict[int, FrameType]) -> None:
        me, frame = speaker() if speaker is not None else None, frames.get(ident)
        if me is None or frame is None:
            return
        worker = me.worker
        where = site(frame)
        if where and worker == me.worker and self._seen.get(ident) != (worker, where):
            self._seen[ident] = worker, where
            self._note(worker, where)

    def _note(self, worker: int, where: int) -> None:
        if self._emit is None:
            ring = here.process().ring()
            if ring is None:
                return
            self._emit = ring.emitter(0)[0]
        self._emit(Kind.SWEPT, 0, where, 0, worker)


def others() -> Callable[[], bool]:
    """What tells whether this process has other interpreters now, which may have GILs of their own."""
    if sys.version_info < gil.OWN_GIL_SINCE:
        return lambda: False
    words = gil.place().split()
    if len(words) == 3 and words[0].startswith("0x"):
        from ctypes import c_size_t

        newest, main = c_size_t.from_address(int(words[1], 16)), int(words[2], 16)
        return lambda: newest.value != main
    return lambda: not _MAKERS.isdisjoint(sys.modules)


_MAKERS = {"_interpreters", "_xxsubinterpreters"}
"""The modules that make interpreters."""
