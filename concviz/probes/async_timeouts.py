"""asyncio.timeout and timeout_at, and from 3.12 on wait_for, which is made of it: that the time was up, where it was set."""

from __future__ import annotations

import sys

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.async_sites import inner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our method into `asyncio.timeouts.Timeout`."""
    seam.replace(module.Timeout, "__aexit__", lambda original: _make_aexit(original, module._State.EXPIRING))


def _make_aexit(original: Callable[..., Awaitable[Any]], expiring: Any) -> Callable[..., Awaitable[Any]]:
    async def __aexit__(self: Any, exc_type: Any, exc_val: Any, exc_tb: Any) -> Any:  # noqa: N807 - it becomes one
        if self._state is expiring:
            timed_out(inner(_frame(1)))
        return await original(self, exc_type, exc_val, exc_tb)

    return __aexit__


def timed_out(where: int) -> None:
    """The current worker has been stopped, since its time was up; all timeouts of one place are one resource."""
    ident = here.process().names.intern(Table.RESOURCE, "", "timeout", "timeout", "", where)
    here.mine.me.emit(Kind.TIMED_OUT, ident, where)
