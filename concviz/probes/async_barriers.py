"""asyncio.Barrier: who waits at it, and who came last and let them go. Its condition inside is silent."""

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
    """Put our methods into `asyncio.locks.Barrier`."""
    barrier = module.Barrier
    remember(barrier, lambda _: "Barrier", lambda self: self._parties)
    seam.replace(barrier, "wait", lambda original: _make_wait(original, module._BarrierState.FILLING))
    seam.replace(barrier, "_release", _make_letting_go)
    seam.replace(barrier, "abort", _make_letting_go)
    seam.replace(barrier, "reset", _make_reset)


def _make_wait(original: Callable[[Any], Awaitable[int]], filling: Any) -> Callable[[Any], Awaitable[int]]:
    async def wait(self: Any) -> int:
        note = self._concviz
        comes_last = self._state is filling and self._count + 1 == self._parties
        if note is None or comes_last or self.broken:
            return await original(self)
        frame = _frame(1)
        ident = note.ident or note.announce(frame)
        where = inner(frame)
        del frame
        here.mine.me.emit(Kind.WAIT, ident, where, self._count + 1)
        try:
            return await original(self)
        finally:
            note.woke(ident, where)

    return wait


def _make_letting_go(original: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    """All have come, or there is no more waiting: said by who brings it about."""

    async def let_go(self: Any) -> None:
        note = self._concviz
        if note is not None:
            waiters = self._cond._waiters
            note.notifies(waiters, len(waiters), _frame(1))
        await original(self)

    return let_go


def _make_reset(original: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    async def reset(self: Any) -> None:
        note = self._concviz
        if note is not None:
            note.emit(Kind.CLEARED, _frame(1))
        await original(self)

    return reset
