"""asyncio.Queue, LifoQueue and PriorityQueue: who put, who took, who waits for room or for an item.

In a loop's thread nothing comes between a look at a queue and its use. So what a call will do is known before, and is noted
before others hear of it. A subclass may do otherwise: what became of it is noted after.
"""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.async_notes import remember, unwatched
from concviz.probes.async_sites import inner
from concviz.probes.sites import known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

    from concviz.probes.async_notes import Note

_PUT_WAIT, _PUT, _GET_WAIT, _GOT = int(Kind.PUT_WAIT), int(Kind.PUT), int(Kind.GET_WAIT), int(Kind.GOT)
_REFUSED = int(Kind.QUEUE_REFUSED)
_frame = sys._getframe
_known = known.get
_plain: set[type] = set()
"""The library's own kinds of queue."""


def install(module: Any) -> None:
    """Put our methods into `asyncio.queues.Queue`, which the other two inherit."""
    queue = module.Queue
    kinds = ((module.PriorityQueue, "PriorityQueue"), (module.LifoQueue, "LifoQueue"))

    def kind_of(self: Any) -> str:
        return next((name for kind, name in kinds if isinstance(self, kind)), "Queue")

    seam.replace(queue, "__init__", lambda original: _make_init(original, unwatched(module.locks.Event, ("clear", "set", "wait"))))
    _plain.update({queue, module.LifoQueue, module.PriorityQueue})
    remember(queue, kind_of, lambda self: self._maxsize if self._maxsize > 0 else "")
    put_now, get_now, can_shut_down = queue.put_nowait, queue.get_nowait, hasattr(queue, "shutdown")
    seam.replace(queue, "put", lambda original: _make_put(original, put_now, can_shut_down))
    seam.replace(queue, "get", lambda original: _make_get(original, get_now))
    seam.replace(queue, "put_nowait", lambda original: _make_put_nowait(original, can_shut_down))
    seam.replace(queue, "get_nowait", _make_get_nowait)
    seam.replace(queue, "task_done", _make_task_done)
    seam.replace(queue, "join", _make_join)
    seam.replace(queue, "shutdown", _make_shutdown)


def _make_init(original: Callable[..., None], silent: type) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **settings: Any) -> None:  # noqa: N807 - it becomes one
        original(self, *args, **settings)
        self._finished.__class__ = silent  # each put touches it

    return __init__


def _make_put(
    original: Callable[..., Awaitable[None]], put_now: Callable[[Any, Any], None], can_shut_down: bool
) -> Callable[..., Awaitable[None]]:
    async def put(self: Any, item: Any) -> None:
        note = self._concviz
        if note is None:
            return await original(self, item)
        if self.full():
            frame = _frame(1)
            note.emit(_PUT_WAIT, frame, self.qsize())
            await _waiting(note, original(self, item), inner(frame))
            return None
        if type(self) not in _plain or (can_shut_down and self._is_shutdown):
            return self.put_nowait(item)  # type: ignore[no-any-return]  # as the original does
        frame = _frame(1)
        where = _known(id(frame.f_code) + frame.f_lasti) or inner(frame)
        here.mine.me.emit(_PUT, note.ident or note.announce(frame), where, len(self._queue) + 1)
        return put_now(self, item)

    return put


def _make_get(original: Callable[[Any], Awaitable[Any]], get_now: Callable[[Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    async def get(self: Any) -> Any:
        note = self._concviz
        if note is None:
            return await original(self)
        if self.empty():
            frame = _frame(1)
            note.emit(_GET_WAIT, frame, self.qsize())
            return await _waiting(note, original(self), inner(frame))
        if type(self) not in _plain:
            return self.get_nowait()  # as the original does
        frame = _frame(1)
        where = _known(id(frame.f_code) + frame.f_lasti) or inner(frame)
        here.mine.me.emit(_GOT, note.ident or note.announce(frame), where, len(self._queue) - 1)
        return get_now(self)

    return get


async def _waiting(note: Note, original: Awaitable[Any], where: int) -> Any:
    """The wait ends with PUT or GOT, which the original comes to; or it does not come to it."""
    try:
        return await original
    except BaseException:
        here.mine.me.emit(_REFUSED, note.ident, where)
        raise


def _make_put_nowait(original: Callable[[Any, Any], None], can_shut_down: bool) -> Callable[[Any, Any], None]:
    def put_nowait(self: Any, item: Any) -> None:
        note = self._concviz
        if note is None:
            return original(self, item)
        if type(self) in _plain and not self.full() and not (can_shut_down and self._is_shutdown):
            note.emit(_PUT, _frame(1), len(self._queue) + 1)
            return original(self, item)
        try:
            original(self, item)
        except BaseException:
            note.emit(_REFUSED, _frame(1))
            raise
        note.emit(_PUT, _frame(1), self.qsize())
        return None

    return put_nowait


def _make_get_nowait(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def get_nowait(self: Any) -> Any:
        note = self._concviz
        if note is None:
            return original(self)
        if type(self) in _plain and self._queue:
            note.emit(_GOT, _frame(1), len(self._queue) - 1)
            return original(self)
        try:
            item = original(self)
        except BaseException:
            note.emit(_REFUSED, _frame(1))
            raise
        note.emit(_GOT, _frame(1), self.qsize())
        return item

    return get_nowait


def _make_task_done(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def task_done(self: Any) -> None:
        note = self._concviz
        if note is not None and self._unfinished_tasks > 0:  # else the original says that it was called too often
            note.emit(Kind.TASK_DONE, _frame(1), self._unfinished_tasks - 1)
            if self._unfinished_tasks == 1:
                note.marks(self._finished._waiters, len(self._finished._waiters))
        original(self)

    return task_done


def _make_join(original: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    async def join(self: Any) -> None:
        note = self._concviz
        if note is None or self._unfinished_tasks <= 0:
            return await original(self)
        frame = _frame(1)
        ident = note.ident or note.announce(frame)
        where = inner(frame)
        del frame
        here.mine.me.emit(Kind.WAIT, ident, where, len(self._finished._waiters) + 1)
        try:
            return await original(self)
        finally:
            note.woke(ident, where)

    return join


def _make_shutdown(original: Callable[..., None]) -> Callable[..., None]:
    def shutdown(self: Any, immediate: bool = False) -> None:
        note = self._concviz
        if note is not None:
            note.emit(Kind.NOTIFIED, _frame(1), len(self._getters) + len(self._putters))
        original(self, immediate)

    return shutdown
