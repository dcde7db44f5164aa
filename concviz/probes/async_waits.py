"""asyncio.wait, and before 3.12 asyncio.wait_for: for how many, or for which task, and whether the time was up."""

from __future__ import annotations

import sys

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.async_sites import inner
from concviz.probes.async_timeouts import timed_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our functions into `asyncio.tasks`."""
    seam.replace(module, "wait", lambda original: _make_wait(original, module))
    if not hasattr(module, "timeouts"):  # from 3.12 on wait_for is `async with timeout()`
        seam.replace(module, "wait_for", lambda original: _make_wait_for(original, module.ensure_future))


def _make_wait(original: Callable[..., Awaitable[Any]], tasks: Any) -> Callable[..., Awaitable[Any]]:
    async def wait(fs: Any, *, timeout: float | None = None, return_when: str = tasks.ALL_COMPLETED) -> Any:  # noqa: ASYNC109
        where = inner(_frame(1))
        many = len(fs) if hasattr(fs, "__len__") else 0
        words = "wait for one" if return_when == tasks.FIRST_COMPLETED else "wait for all"
        ident = here.process().names.new(Table.RESOURCE, "", "wait", f"{words} of {many or 'some'}", many or "", where)
        here.mine.me.emit(Kind.WAIT, ident, where, 1)
        kind = Kind.WOKE
        try:
            done, pending = await original(fs, timeout=timeout, return_when=return_when)
            if timeout is not None and pending and not _satisfied(done, return_when, tasks):
                kind = Kind.TIMED_OUT
            return done, pending
        finally:
            here.mine.me.emit(kind, ident, where)

    return wait


def _satisfied(done: Any, return_when: str, tasks: Any) -> bool:
    """Whether what it waited for came before the end of all."""
    if return_when == tasks.FIRST_COMPLETED:
        return bool(done)
    return return_when == tasks.FIRST_EXCEPTION and any(not task.cancelled() and task._exception is not None for task in done)


def _make_wait_for(original: Callable[..., Awaitable[Any]], ensure_future: Callable[[Any], Any]) -> Callable[..., Awaitable[Any]]:
    async def wait_for(fut: Any, timeout: float | None) -> Any:  # noqa: ASYNC109
        if timeout is None:
            return await original(fut, timeout)
        where = inner(_frame(1))
        inside = ensure_future(fut)  # as the original does
        known = getattr(inside, "_concviz", None)
        if type(known) is int and not inside.done():
            here.mine.me.emit(Kind.AWAIT, 0, where, known)
        try:
            return await original(inside, timeout)
        except TimeoutError:
            if inside.cancelled():
                timed_out(where)
            raise

    return wait_for
