"""asyncio.Event: who waits for it, who set it, and who cleared it."""

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

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our methods into `asyncio.locks.Event`."""
    remember(module.Event, lambda _: "Event", lambda _: "")
    seam.replace(module.Event, "wait", _make_wait)
    seam.replace(module.Event, "set", _make_set)
    seam.replace(module.Event, "clear", _make_clear)


def _make_wait(original: Callable[[Any], Awaitable[bool]]) -> Callable[[Any], Awaitable[bool]]:
    async def wait(self: Any) -> bool:
        note = self._concviz
        if note is None or self._value:
            return await original(self)
        frame = _frame(1)
        ident = note.ident or note.announce(frame)
        where = inner(frame)
        del frame
        here.mine.me.emit(Kind.WAIT, ident, where, len(self._waiters) + 1)
        try:
            return await original(self)
        finally:
            note.woke(ident, where)

    return wait


def _make_set(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def set(self: Any) -> None:  # noqa: A001 - it is called so
        note = self._concviz
        if note is not None and not self._value:
            note.notifies(self._waiters, len(self._waiters), _frame(1))
        original(self)

    return set


def _make_clear(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def clear(self: Any) -> None:
        note = self._concviz
        if note is not None:
            note.emit(Kind.CLEARED, _frame(1))
        original(self)

    return clear
