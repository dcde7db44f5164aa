"""One server, from its first visitor to the signal that ends it."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.serving.guard import Guard
    from concviz.serving.offer import Offer
    from concviz.serving.sockets import Listening

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What ends it."""


class Complaints(logging.Handler):
    """What aiohttp would print over many lines, said in one; nothing, where who asked talked nonsense."""

    def __init__(self, complain: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._complain = complain

    def emit(self, record: logging.LogRecord) -> None:
        """Say it."""
        error = record.exc_info[1] if record.exc_info else None
        if getattr(error, "code", 500) < 500:
            return
        self._complain(record.getMessage() + (f": {type(error).__name__}: {error}" if error else ""))


def run(listening: Listening, guard: Guard, offer: Offer, ready: Callable[[], None], complain: Callable[[str], None]) -> None:
    """Serve until a signal comes; returns when all visits have ended. The sockets are closed then.

    `ready` is called when visitors can come, and a signal would be heard; `complain` gets a line for whatever went wrong that a
    visitor could do nothing about. PlatformError without textual-serve.
    """
    logging.getLogger("aiohttp").addHandler(Complaints(complain))
    asyncio.run(_run(listening, guard, offer, ready, complain))


async def _run(listening: Listening, guard: Guard, offer: Offer, ready: Callable[[], None], complain: Callable[[str], None]) -> None:
    told = asyncio.Event()
    for number in SIGNALS:
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
    from aiohttp import web

    from concviz.serving.server import Server

    server = Server(guard, offer, complain)
    runner = web.AppRunner(server.web(), access_log=None)
    await runner.setup()
    try:
        for one in listening.sockets:
            await web.SockSite(runner, one).start()
        ready()
        await told.wait()
    finally:
        await server.close()
        await runner.cleanup()
