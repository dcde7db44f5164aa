"""Where we listen: sockets of one port, bound before anything else is started, so that what cannot be is said at once."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from concviz.errors import UsageError

ANYWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): nothing is sent there, it only tells which of our own would be used."""

ABSENT = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
"""This machine does not have that address."""

OFFERED = "127.0.0.1 is this machine itself, 0.0.0.0 all its addresses"
"""For whoever does not know what to write."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Sockets that listen: who comes, waits until somebody accepts. Whoever has them closes them."""

    host: str
    """As it was asked for."""
    port: int
    addresses: tuple[str, ...]
    """That they are bound to."""
    sockets: tuple[socket.socket, ...]

    @property
    def near(self) -> bool:
        """Whether only this machine can reach it."""
        return all(ip_address(one).is_loopback for one in self.addresses)

    @property
    def netloc(self) -> str:
        """What to write into a browser between // and /."""
        host = _own() if ip_address(self.addresses[0]).is_unspecified else self.host
        return f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"

    def close(self) -> None:
        """All of them."""
        for one in self.sockets:
            one.close()


def bound(host: str, port: int) -> Listening:
    """Every address of the host, at one port; port 0: any that is free. UsageError when that cannot be."""
    made: list[socket.socket] = []
    try:
        for family, address in _addresses(host):
            made += _one(family, address, made[0].getsockname()[1] if made else port)
    except OSError as error:
        for one in made:
            one.close()
        raise _refused(error, host, port) from None
    if not made:
        raise UsageError(f"--host {host}: this machine has no such address", OFFERED)
    return Listening(host, made[0].getsockname()[1], tuple(map(_bare, made)), tuple(made))


def _addresses(host: str) -> list[tuple[socket.AddressFamily, str]]:
    try:
        found = socket.getaddrinfo(host or " ", None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise UsageError(f"--host {host}: there is no host of this name", OFFERED) from None
    return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))


def _one(family: socket.AddressFamily, address: str, port: int) -> list[socket.socket]:
    """None, where this machine does not have it: `localhost` may have an address of IPv6 that is switched off."""
    try:
        made = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        if error.errno in ABSENT:
            return []
        raise
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(64)
    except OSError as error:
        made.close()
        if error.errno in ABSENT:
            return []
        raise
    return [made]


def _refused(error: OSError, host: str, port: int) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(f"port {port} of {host} is taken", "--port N chooses another, --port 0 any that is free")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return UsageError(f"port {port} is not for everyone", "choose one above 1023")
    return UsageError(f"{host}:{port} cannot be listened at: {error.strerror or error}", "see --host and --port")


def _bare(one: socket.socket) -> str:
    """Its own address, without the name of a network card."""
    return str(one.getsockname()[0]).partition("%")[0]


def _own() -> str:
    """An address of this machine that others may know it by; its name where it has none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect(ANYWHERE)
        return _bare(asking)
    return socket.gethostname()
