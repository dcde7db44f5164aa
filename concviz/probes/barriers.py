"""threading.Barrier: who waits at it, and who came last and let them go."""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import seam
from concviz.probes.labels import place
from concviz.probes.notes import Note, note_of, pin
from concviz.probes.sites import caller, maker, standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

_DRAINING, _BROKEN = 1, -2
"""States of a barrier, as `threading` has them: all have come; aborted or timed out."""


def install(module: Any) -> None:
    """Put our methods into `threading.Barrier`."""
    seam.replace(module.Barrier, "__init__", _make_init)
    seam.replace(module.Barrier, "reset", _make_reset)


class BarrierNote(Note):
    """A barrier wakes for three reasons; only the last to come, and who breaks it, let others go."""

    __slots__ = ()

    def begins(self, condition: Any, frame: FrameType | None) -> None:
        """The calling worker is about to wait; with it so many have come."""
        face = self.face
        self.emit(Kind.WAIT, frame, face._count if face is not None else 0)

    def notifies(self, condition: Any, count: int, frame: FrameType | None) -> None:
        """Said when all have come or the barrier broke; not when the last has left."""
        face = self.face
        if face is not None and face._state in {_DRAINING, _BROKEN}:
            super().notifies(condition, count, frame)


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any, parties: int, action: Any = None, timeout: float | None = None) -> None:  # noqa: N807 - it becomes one
        original(self, parties, action, timeout)
        frame = maker()
        if not standard_file(frame.f_code.co_filename):
            note = BarrierNote("Barrier", self, place(frame), parties)
            pin(self, note)
            pin(self._cond, note)

    return __init__


def _make_reset(original: Callable[..., None]) -> Callable[..., None]:
    def reset(self: Any) -> None:
        note = note_of(self)
        if note is not None:
            note.emit(Kind.CLEARED, caller())
        original(self)

    return reset
