"""One server, from its first visitor to the signal that ends it."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from concviz.serving.guard import Guard
    from concviz.serving.sockets import Listening

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What ends it."""


def run(listening: Listening, guard: Guard, limit: int, command: Sequence[str], complain: Callable[[str], None]) -> None:
    """Serve until a signal comes; returns when all visits have ended. The sockets are closed then."""
    logging.getLogger("aiohttp").addHandler(logging.NullHandler())  # whoever talks nonsense to us is none of a person's business
    asyncio.run(_run(listening, guard, limit, command, complain))


async def _run(listening: Listening, guard: Guard, limit: int, command: Sequence[str], complain: Callable[[str], None]) -> None:
    from aiohttp import web

    from concviz.serving.server import Server

    told = asyncio.Event()
    for number in SIGNALS:
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
    server = Server(guard, limit, command, complain)
    runner = web.AppRunner(server.web(), access_log=None)
    await runner.setup()
    try:
        for one in listening.sockets:
            await web.SockSite(runner, one).start()
        await told.wait()
    finally:
        await server.close()
        await runner.cleanup()
