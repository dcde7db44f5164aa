"""threading.Condition: who waits, who notified, and who has the lock meanwhile.

A program's own condition shows as one resource: its waits, and, where it made its lock itself, that lock too.
"""

from __future__ import annotations

from concviz.probes import seam
from concviz.probes.labels import place
from concviz.probes.locks import Lock
from concviz.probes.notes import Note, note_of, pin
from concviz.probes.rlocks import RLock
from concviz.probes.sites import caller, maker, standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install(module: Any) -> None:
    """Put our methods into `threading.Condition`, through which all else waits too."""
    condition = module.Condition
    seam.replace(condition, "__init__", _make_init)
    seam.replace(condition, "wait", _make_wait)
    notify = seam.replace(condition, "notify", _make_notify)
    seam.replace(condition, "notify_all", lambda original: _make_notify_all(original, notify.__wrapped__))


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any, lock: Any = None) -> None:  # noqa: N807 - it becomes one
        frame = maker()
        if standard_file(frame.f_code.co_filename):
            original(self, lock)
            return
        note = Note("Condition", self, place(frame))
        original(self, RLock._of(note) if lock is None else lock)
        if type(lock) is Lock:
            self._is_owned = lock.locked  # what Condition would find out by trying to take it
        pin(self, note)

    return __init__


def _make_wait(original: Callable[..., bool]) -> Callable[..., bool]:
    def wait(self: Any, timeout: float | None = None) -> bool:
        note = note_of(self)
        if note is None:
            return original(self, timeout)
        return note.wait(self, timeout, caller())  # type: ignore[no-any-return]

    return wait


def _make_notify(original: Callable[..., None]) -> Callable[..., None]:
    def notify(self: Any, n: int = 1) -> None:
        note = note_of(self)
        if note is not None and self._is_owned():
            note.notifies(self, n, caller())
            note.marks(self, n)
        original(self, n)

    return notify


def _make_notify_all(original: Callable[..., None], bare_notify: Callable[..., None]) -> Callable[..., None]:
    def notify_all(self: Any) -> None:
        note = note_of(self)
        if note is None or not self._is_owned():
            original(self)
            return
        note.notifies_all(self, caller())
        waiting = len(self._waiters)
        note.marks(self, waiting)
        bare_notify(self, waiting)

    return notify_all
