"""asyncio.Condition: who waits, who notified, and who has the lock meanwhile.

A program's own condition shows as one resource: its waits and, where it made its lock itself, that lock too.
"""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here, labels, seam
from concviz.probes.async_notes import Note
from concviz.probes.async_sites import inner
from concviz.probes.sites import standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our methods into `asyncio.locks.Condition`; `notify_all` and `wait_for` go through them."""
    module.Condition._concviz = None
    seam.replace(module.Condition, "__init__", _make_init)
    seam.replace(module.Condition, "wait", _make_wait)
    seam.replace(module.Condition, "notify", _make_notify)


class ConditionNote(Note):
    """A condition, and who waits for its word."""

    __slots__ = ("waiting",)

    def __init__(self, face: Any, made: labels.Place) -> None:
        super().__init__("Condition", face, made, "")
        self.waiting: dict[int, int] = {}
        """Worker -> the site where it waits."""


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any, lock: Any = None, **settings: Any) -> None:  # noqa: N807 - it becomes one
        original(self, lock, **settings)
        frame = _frame(1)
        if standard_file(frame.f_code.co_filename):
            return
        note = self._concviz = ConditionNote(self, labels.place(frame))
        if lock is None:
            self._lock._concviz = note
        self.acquire = _make_acquire(note, self.acquire)

    return __init__


def _make_acquire(note: ConditionNote, original: Callable[[], Awaitable[bool]]) -> Callable[[], Awaitable[bool]]:
    """Of one condition: its `wait` comes here when it has been woken, and wants the lock again."""

    async def acquire() -> bool:
        where = note.waiting.pop(here.mine.me.worker, None)
        if where is not None:
            note.woke(note.ident, where)
        return await original()

    seam.dress(acquire, original)
    return acquire


def _make_wait(original: Callable[[Any], Awaitable[bool]]) -> Callable[[Any], Awaitable[bool]]:
    async def wait(self: Any) -> bool:
        note = self._concviz
        if note is not None and self.locked():  # else the original says that it is not
            note.announce(_frame(1))
            me = here.mine.me
            where = note.waiting[me.worker] = inner(_frame(1))
            me.emit(Kind.WAIT, note.ident, where, len(self._waiters) + 1)
        return await original(self)

    return wait


def _make_notify(original: Callable[..., None]) -> Callable[..., None]:
    def notify(self: Any, n: int = 1) -> None:
        note = self._concviz
        if note is not None and self.locked():
            note.notifies(self._waiters, n, _frame(1))
        original(self, n)

    return notify
