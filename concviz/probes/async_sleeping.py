"""asyncio.sleep: when a task went to sleep, for how long, and when it was up again, also by cancellation.

`sleep(0)` is no sleep: it lets others run.
"""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.async_sites import inner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

LONGEST_SECONDS = 9e9
"""What still fits the field, in ns; longer ones are noted as this long."""

_SLEEP, _SLEPT = int(Kind.SLEEP), int(Kind.SLEPT)
_frame = sys._getframe


def install(module: Any) -> None:
    """Put our sleep into `asyncio.tasks`."""
    others_first = getattr(module, "__sleep0", None) or (lambda: module.sleep.__wrapped__(0))
    seam.replace(module, "sleep", lambda original: _make_sleep(original, others_first))


def _make_sleep(original: Callable[..., Awaitable[Any]], others_first: Callable[[], Awaitable[None]]) -> Callable[..., Awaitable[Any]]:
    async def sleep(delay: float, result: Any = None) -> Any:
        if delay <= 0:
            await others_first()  # as the original does
            return result
        where = inner(_frame(1))
        here.mine.me.emit(_SLEEP, 0, where, int(min(delay, LONGEST_SECONDS) * 1e9))
        try:
            return await original(delay, result)
        finally:
            here.mine.me.emit(_SLEPT, 0, where)

    return sleep
