"""asyncio's connections and sockets: when a task waits for the other side, and for which."""

from __future__ import annotations

import sys

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.async_sites import inner
from concviz.probes.sites import standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import FrameType
    from typing import Any

    Call = Callable[..., Awaitable[Any]]

ON_SOCKETS = ("sock_recv", "sock_recv_into", "sock_recvfrom", "sock_sendall", "sock_sendto", "sock_accept", "sock_connect")
"""Methods of a loop that wait for a socket, their first argument; some Pythons have fewer."""

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our methods into the loops of `asyncio.base_events` or `asyncio.selector_events`."""
    if hasattr(module, "BaseSelectorEventLoop"):
        for name in ON_SOCKETS:
            seam.replace(module.BaseSelectorEventLoop, name, _make_on_socket)
    else:
        seam.replace(module.BaseEventLoop, "create_connection", _make_create_connection)


def _make_on_socket(original: Call) -> Call:
    async def on_socket(self: Any, sock: Any, *args: Any, **settings: Any) -> Any:
        frame = _frame(1)
        if standard_file(frame.f_code.co_filename):
            return await original(self, sock, *args, **settings)
        return await waiting(original(self, sock, *args, **settings), peer(sock), frame)

    return on_socket


def _make_create_connection(original: Call) -> Call:
    async def create_connection(self: Any, protocol_factory: Any, host: Any = None, port: Any = None, **settings: Any) -> Any:
        name = words((host, port)) if host is not None else peer(settings.get("sock"))
        return await waiting(original(self, protocol_factory, host, port, **settings), name, _frame(1))

    return create_connection


async def waiting(original: Awaitable[Any], name: str, frame: FrameType | None) -> Any:
    """Await the original; meanwhile the task waits for the other side of this name, used by this frame."""
    ident = here.process().names.intern(Table.RESOURCE, "", "Socket", name, "", 0) if name else 0
    where = inner(frame)
    del frame
    here.mine.me.emit(Kind.IO_WAIT, ident, where)
    try:
        return await original
    finally:
        here.mine.me.emit(Kind.IO_DONE, ident, where)


def peer(sock: Any) -> str:
    """What the other side of a socket is called; for one that listens, its own side; "" when neither is known."""
    for ask in ("getpeername", "getsockname"):
        try:
            return words(getattr(sock, ask)())
        except (AttributeError, OSError):
            continue
    return ""


def words(address: Any) -> str:
    """An address as people write it: "127.0.0.1:8080", a path."""
    if isinstance(address, tuple) and len(address) > 1:
        return f"{address[0]}:{address[1]}"
    return str(address) if address else ""
