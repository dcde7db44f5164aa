"""socket: when a worker waits for the other side. Sockets that never block, as an event loop's, are left alone.

Whether a call waits cannot be known without asking the system first, so a blocking call counts as a wait however
short it was.
"""

from __future__ import annotations

import _socket

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.sites import caller, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

METHODS = ("accept", "connect", "recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "send", "sendall", "sendmsg", "sendto")
"""Methods of `socket.socket` that wait, when the socket is a blocking one or has a timeout."""

ENCRYPTED = ("accept", "connect", "do_handshake", "read", "recv", "recv_into", "send", "sendall", "write")
"""Methods of `ssl.SSLSocket`, which has its own."""

FUNCTIONS = ("getaddrinfo", "gethostbyaddr", "gethostbyname", "gethostbyname_ex", "getnameinfo")
"""Functions of the module that ask a name server."""

_WAIT, _DONE = int(Kind.IO_WAIT), int(Kind.IO_DONE)


def install(module: Any) -> None:
    """Put our methods into `socket.socket` and our functions into `socket`; or our methods into `ssl.SSLSocket`."""
    if hasattr(module, "SSLSocket"):
        for name in ENCRYPTED:
            seam.replace(module.SSLSocket, name, _make_method)
        return
    for name in METHODS:
        seam.replace(module.socket, name, _make_method)
    for name in FUNCTIONS:
        seam.replace(module, name, _make_function)


def _make_method(original: Callable[..., Any]) -> Callable[..., Any]:
    timeout_of = _socket.socket.gettimeout

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        if timeout_of(self) == 0:  # asked first: an event loop does so for each message
            return original(self, *args, **kwargs) if kwargs else original(self, *args)
        me = here.mine.me
        if me.depth:
            return original(self, *args, **kwargs)
        where = site(caller())
        me.emit(_WAIT, 0, where)
        me.depth += 1
        try:
            return original(self, *args, **kwargs)
        finally:
            me.depth -= 1
            me.emit(_DONE, 0, where)

    return method


def _make_function(original: Callable[..., Any]) -> Callable[..., Any]:
    def function(*args: Any, **kwargs: Any) -> Any:
        me = here.mine.me
        if me.depth:
            return original(*args, **kwargs)
        where = site(caller())
        me.emit(_WAIT, 0, where)
        me.depth += 1
        try:
            return original(*args, **kwargs)
        finally:
            me.depth -= 1
            me.emit(_DONE, 0, where)

    return function
