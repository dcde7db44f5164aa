"""asyncio.Semaphore and BoundedSemaphore: who waits for one, and the value after each taking and giving back."""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.async_notes import remember
from concviz.probes.async_sites import inner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

_REQUESTED, _ACQUIRED, _RELEASED, _REFUSED = int(Kind.REQUESTED), int(Kind.ACQUIRED), int(Kind.RELEASED), int(Kind.REFUSED)
_frame = sys._getframe


def install(module: Any) -> None:
    """Put our methods into `asyncio.locks.Semaphore`; the bounded one comes to them when its own check has passed."""
    remember(module.Semaphore, lambda _: "Semaphore", lambda semaphore: semaphore._value)
    remember(module.BoundedSemaphore, lambda _: "BoundedSemaphore", lambda semaphore: semaphore._value)
    seam.replace(module.Semaphore, "acquire", _make_acquire)
    seam.replace(module.Semaphore, "release", _make_release)


def _make_acquire(original: Callable[[Any], Awaitable[bool]]) -> Callable[[Any], Awaitable[bool]]:
    async def acquire(self: Any) -> bool:
        note = self._concviz
        if note is None:
            return await original(self)
        frame = _frame(1)
        ident = note.ident or note.announce(frame)
        where = inner(frame)
        del frame
        waits = self.locked()
        if waits:  # for whom is known when only one holds any
            holders = set(note.holders)
            here.mine.me.emit(_REQUESTED, ident, where, holders.pop() if len(holders) == 1 else 0)
        taken = False
        try:
            taken = await original(self)
        finally:
            me = here.mine.me
            if taken:
                note.holders.append(me.worker)
                me.emit(_ACQUIRED, ident, where, self._value)
            elif waits:
                me.emit(_REFUSED, ident, where)
        return taken

    return acquire


def _make_release(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def release(self: Any) -> None:
        note = self._concviz
        if note is not None:
            note.released()
            note.emit(_RELEASED, _frame(1), self._value + 1)
        original(self)

    return release
