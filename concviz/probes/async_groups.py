"""asyncio.TaskGroup: which tasks are made in it, when its owner waits at its end for its tasks, and which was the last."""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.async_notes import remember
from concviz.probes.async_sites import inner
from concviz.probes.tasks import groups

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our methods into `asyncio.taskgroups.TaskGroup`."""
    group = module.TaskGroup
    remember(group, lambda _: "TaskGroup", lambda _: "")
    seam.replace(group, "create_task", _make_create_task)
    seam.replace(group, "__aexit__", _make_aexit)
    seam.replace(group, "_on_task_done", _make_on_task_done)


def _make_create_task(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_task(self: Any, coro: Any, **settings: Any) -> Any:
        note = self._concviz
        if note is None:
            return original(self, coro, **settings)
        ident = here.mine.me.ident
        before = groups.get(ident, 0)
        groups[ident] = note.ident or note.announce(_frame(1))
        try:
            return original(self, coro, **settings)
        finally:
            groups[ident] = before

    return create_task


def _make_aexit(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def __aexit__(self: Any, et: Any, exc: Any, tb: Any) -> Any:  # noqa: N807 - it becomes one
        note = self._concviz
        if note is None or not self._tasks:
            return await original(self, et, exc, tb)
        frame = _frame(1)
        ident = note.ident or note.announce(frame)
        where = inner(frame)
        del frame
        here.mine.me.emit(Kind.WAIT, ident, where, 1)
        try:
            return await original(self, et, exc, tb)
        finally:
            note.woke(ident, where)

    return __aexit__


def _make_on_task_done(original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def _on_task_done(self: Any, task: Any) -> None:
        note = self._concviz
        owner = getattr(self._parent_task, "_concviz", 0)
        if note is not None and owner:
            note.by[owner] = getattr(task, "_concviz", 0)
        original(self, task)

    return _on_task_done
