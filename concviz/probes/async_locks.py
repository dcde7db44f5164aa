"""asyncio.Lock: which task holds it, who waits for it, and for whom."""

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
    """Put our methods into `asyncio.locks.Lock`; `async with` goes through them too."""
    remember(module.Lock, lambda _: "Lock", lambda _: "")
    seam.replace(module.Lock, "acquire", _make_acquire)
    seam.replace(module.Lock, "release", _make_release)


def _make_acquire(original: Callable[[Any], Awaitable[bool]]) -> Callable[[Any], Awaitable[bool]]:
    async def acquire(self: Any) -> bool:
        note = self._concviz
        if note is None:
            return await original(self)
        frame = _frame(1)
        ident = note.ident or note.announce(frame)
        where = inner(frame)
        del frame
        waits = self._locked or self._waiters
        if waits:
            here.mine.me.emit(_REQUESTED, ident, where, note.holders[0] if note.holders else 0)
        taken = False
        try:
            taken = await original(self)
        finally:
            me = here.mine.me
            if taken:
                note.holders.append(me.worker)
                me.emit(_ACQUIRED, ident, where, 1)
            elif waits:
                me.emit(_REFUSED, ident, where)
        return taken

    return acquire


def _make_release(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def release(self: Any) -> None:
        note = self._concviz
        if note is not None and self._locked:  # else the original says that it is not
            note.released()
            note.emit(_RELEASED, _frame(1))
        original(self)

    return release
