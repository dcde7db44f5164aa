"""The server: gives the page to whoever may have it, and each visitor an app for as long as they stay."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from concviz.serving import files, packets
from concviz.serving.seats import Full, Seats
from concviz.serving.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from concviz.serving.guard import Guard
    from concviz.serving.offer import Offer

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    # The address may hold the token
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""With every answer: this page loads nothing from elsewhere, and is shown within no other. xterm.js writes its own styles."""

HEARTBEAT_SECONDS = 15.0
"""Who does not answer for half of that has left."""

FULL, FAILED, STOPPED = 4001, 4002, 4003
"""Why a websocket was closed, beside 1000, which says that the app ended as it should: see page.js."""

REASON_BYTES = 120
"""A websocket's reason may have 123."""


class Server:
    """Owns the visits. Lives in one event loop."""

    def __init__(self, guard: Guard, offer: Offer, complain: Callable[[str], None]) -> None:
        """`complain` gets a line when an app failed. PlatformError without textual-serve."""
        self._guard = guard
        self._offer = offer
        self._seats = Seats(offer.seats)
        self._complain = complain
        self._files = files.found()
        self._visits: dict[str, Visit] = {}
        self._closing = asyncio.Event()
        self._done = asyncio.Event()
        self._inside = 0

    def web(self) -> Any:
        """What aiohttp is to run."""
        made = web.Application()
        made.router.add_get("/{path:.*}", self._answer)
        made.on_response_prepare.append(_head)
        return made

    async def close(self) -> None:
        """Every visit ends; returns when they have."""
        self._closing.set()
        while self._inside:
            self._done.clear()
            await self._done.wait()

    async def _answer(self, request: Any) -> Any:
        """A request that may be answered."""
        if not self._guard.meant(request.host):
            return _page(403, "This is not the address of this page.", "Open the one that <code>concviz serve</code> printed.")
        path = self._guard.within(request.path)
        if path is None:
            return _page(403, "This address lacks its token.", "Open the whole address that <code>concviz serve</code> printed.")
        if not path:
            if not request.path.endswith("/"):
                raise web.HTTPFound(f"{request.path}/")
            path = "page.html"
        if path == "ws":
            return await self._visited(request)
        if path in self._files:
            return web.FileResponse(self._files[path], headers={"Content-Type": _kind(self._files[path].suffix)})
        return self._kept(path) or _page(404, "There is nothing here.", 'The screen is <a href="./">here</a>.')

    def _kept(self, path: str) -> Any | None:
        """A file that a visitor's app made; None: that is none."""
        folder, _, rest = path.partition("/")
        key, _, name = rest.partition("/")
        visit = self._visits.get(key) if folder == "kept" else None
        if visit is None or name not in visit.kept or not (visit.folder / name).is_file():
            return None
        headers = {"Content-Type": "application/octet-stream", "Content-Disposition": f"attachment; filename*=UTF-8''{_quoted(name)}"}
        return web.FileResponse(visit.folder / name, headers=headers)

    # Visits

    async def _visited(self, request: Any) -> Any:
        """A websocket, from its first message to its last."""
        if not self._guard.ours(request.headers.get("Origin", ""), request.host):
            return _page(403, "Another page may not do that.", "")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=1 << 20)
        await socket.prepare(request)
        self._inside += 1
        try:
            code, reason = await self._seated(socket, request.query)
            with suppress(ConnectionError, asyncio.TimeoutError):
                await socket.close(code=code, message=reason.encode()[:REASON_BYTES])
        finally:
            self._inside -= 1
            self._done.set()
        return socket

    async def _seated(self, socket: Any, asked: Mapping[str, str]) -> tuple[int, str]:
        """Give the visitor a seat and an app; the code and the reason to close with."""
        try:
            size = packets.size(asked.get("width", "80"), asked.get("height", "24"))
            async with self._seats.one():
                if self._closing.is_set():
                    return STOPPED, ""
                visit = Visit(self._offer.command, size, self._offer.private)
                await self._accompany(visit, socket)
        except Full:
            return FULL, str(self._seats.number)
        except ValueError:
            return FAILED, "this page said what no page says"
        except OSError as error:
            return FAILED, self._failed(f"no app could be started: {error.strerror or error}")
        if visit.failure and not socket.closed:
            return FAILED, self._failed(visit.failure)
        return (STOPPED if self._closing.is_set() else 1000), ""

    def _failed(self, words: str) -> str:
        self._complain(f"a visitor's app ended: {words}")
        return words

    async def _accompany(self, visit: Visit, socket: Any) -> None:
        """Between the visitor and the app, until one of them has enough, or we have."""
        key = secrets.token_urlsafe(16)
        self._visits[key] = visit
        tasks = []

        async def tell(kind: str, what: str) -> None:
            await socket.send_str(json.dumps([kind, f"kept/{key}/{_quoted(what)}" if kind == "kept" else what]))

        try:
            await visit.start()
            tasks = [
                asyncio.ensure_future(one)
                for one in (visit.show(socket.send_bytes, tell), self._listen(visit, socket), self._closing.wait())
            ]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            await visit.end()
            del self._visits[key]
        for one in ended:
            if isinstance(one, Exception):
                raise one

    async def _listen(self, visit: Visit, socket: Any) -> None:
        """What the visitor does. ValueError for what no page of ours says."""
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                packet = packets.from_page(message.data)
                if packet:
                    await visit.send(packet)


async def _head(request: Any, response: Any) -> None:
    """Put our headers onto every answer."""
    for name, words in HEADERS.items():
        response.headers[name] = words.format(socket=f"ws://{request.host} wss://{request.host}")


def _page(status: int, title: str, words: str) -> Any:
    """A plain page that says one thing."""
    look = "font: 18px/1.5 sans-serif; margin: 20vh auto; max-width: 34em; padding: 0 1em; color: #ddd; background: #16181d"
    told = f'<!doctype html><meta charset="utf-8"><title>concviz</title><body style="{look}"><h1>{title}</h1><p>{words}</p>'
    return web.Response(status=status, text=told, content_type="text/html")


def _kind(suffix: str) -> str:
    return files.KINDS[suffix] + ("; charset=utf-8" if suffix != ".ttf" else "")


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
