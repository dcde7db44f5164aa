"""threading.Semaphore and BoundedSemaphore: who took one, who gave one back, and the value after.

Taking is done here anew, line for line, since the value can be told only inside the semaphore's own lock.
"""

from __future__ import annotations

import time

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.labels import place
from concviz.probes.notes import Note, note_of, pin
from concviz.probes.sites import caller, maker, standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any


def install(module: Any) -> None:
    """Put our methods into `threading.Semaphore` and `threading.BoundedSemaphore`."""
    seam.replace(module.Semaphore, "__init__", lambda original: _make_init(original, "Semaphore"))
    seam.replace(module.BoundedSemaphore, "__init__", lambda original: _make_init(original, "BoundedSemaphore"))
    module.Semaphore.__enter__ = seam.replace(module.Semaphore, "acquire", _make_acquire)


class SemaphoreNote(Note):
    """A semaphore, and who holds how many of it."""

    __slots__ = ("_holders",)

    def __init__(self, kind: str, face: Any, frame: FrameType) -> None:
        super().__init__(kind, face, place(frame), face._value)
        self._holders: list[int] = []

    def took(self, value: int, frame: FrameType) -> None:
        """The calling worker has one; so many are left."""
        self._holders.append(here.mine.me.worker)
        self.emit(Kind.ACQUIRED, frame, value)

    def begins(self, condition: Any, frame: FrameType | None) -> None:
        """It waits for one; for whom is known when only one worker holds any."""
        holders = set(self._holders)
        self.emit(Kind.REQUESTED, frame, holders.pop() if len(holders) == 1 else 0)

    def ends(self, frame: FrameType | None, woken: bool | None, by: int) -> None:
        """Woken is not served yet: `took` or REFUSED follows, but after an exception."""
        if woken is None:
            self.emit(Kind.REFUSED, frame)

    def notifies(self, condition: Any, count: int, frame: FrameType | None) -> None:
        """The calling worker has given back; its own first, since a semaphore may be released by anyone."""
        worker = here.mine.me.worker
        if self._holders:
            self._holders.remove(worker if worker in self._holders else self._holders[0])
        face = self.face
        self.emit(Kind.RELEASED, frame, face._value if face is not None else 0)


def _make_init(original: Callable[..., None], kind: str) -> Callable[..., None]:
    def __init__(self: Any, value: int = 1) -> None:  # noqa: N807 - it becomes one
        original(self, value)
        frame = maker()
        if not standard_file(frame.f_code.co_filename):
            note = SemaphoreNote(kind, self, frame)
            pin(self, note)
            pin(self._cond, note)

    return __init__


def _make_acquire(original: Callable[..., bool]) -> Callable[..., bool]:
    def acquire(self: Any, blocking: bool = True, timeout: float | None = None) -> bool:
        note = note_of(self)
        if note is None or (not blocking and timeout is not None):
            return original(self, blocking, timeout)
        frame = caller()
        end = None
        with self._cond:
            while self._value == 0:
                if not blocking:
                    break
                if timeout is not None:
                    if end is None:
                        end = time.monotonic() + timeout
                    else:
                        timeout = end - time.monotonic()
                        if timeout <= 0:
                            break
                self._cond.wait(timeout)
            else:
                self._value -= 1
                note.took(self._value, frame)
                return True
            note.emit(Kind.REFUSED, frame)
        return False

    return acquire
