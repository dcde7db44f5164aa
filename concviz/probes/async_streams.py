"""asyncio's streams: when a task waits for data, or for the other side to take what was written."""

from __future__ import annotations

import sys

from concviz.probes import seam
from concviz.probes.async_sockets import waiting, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our methods into `asyncio.streams`, where its reading and writing come to a wait."""
    seam.replace(module.StreamReader, "_wait_for_data", _make_wait_for_data)
    seam.replace(module.FlowControlMixin, "_drain_helper", _make_drain)


def _make_wait_for_data(original: Callable[[Any, str], Awaitable[None]]) -> Callable[[Any, str], Awaitable[None]]:
    async def _wait_for_data(self: Any, func_name: str) -> None:
        await waiting(original(self, func_name), _peer(self._transport), _frame(1))

    return _wait_for_data


def _make_drain(original: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    async def _drain_helper(self: Any) -> None:
        if not self._paused:
            await original(self)
        else:
            await waiting(original(self), _peer(getattr(self, "_transport", None)), _frame(1))

    return _drain_helper


def _peer(transport: Any) -> str:
    return "" if transport is None else words(transport.get_extra_info("peername"))
