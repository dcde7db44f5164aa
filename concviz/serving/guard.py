"""Who may come in. A page can start programs, so it is for whom it was meant for, however cleverly others ask.

Three ways in are closed, after OWASP's cheat sheets on cross-site websocket hijacking and DNS rebinding:
a page elsewhere that opens a websocket to us (its Origin is not ours), a name elsewhere that is made to point at this machine
(its Host is no name of ours), and whoever finds our port in a network (without the token).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

TOKEN_BYTES = 16
"""Of chance in a token."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Judges requests by their words alone."""

    token: str = ""
    """What an address must begin with; "": nothing, since only this machine can ask."""
    names: frozenset[str] = frozenset()
    """Names of this machine, beside those that everybody has, by which it may be called where no token protects it."""

    def within(self, path: str) -> str | None:
        """What is asked for, without the token ("/TOKEN/ws" is "ws"); None: the token is missing or another one."""
        if not self.token:
            return path.removeprefix("/")
        first, _, rest = path.removeprefix("/").partition("/")
        return rest if compare_digest(first.encode(errors="replace"), self.token.encode()) else None

    def meant(self, host: str) -> bool:
        """Whether a request with this Host header was meant for us. With a token, it says so itself."""
        return bool(self.token) or _loopback(name := _name(host)) or name in self.names

    def ours(self, origin: str, host: str) -> bool:
        """Whether the page that asks came from here: scheme aside, since a proxy may have added its own."""
        parts = urlsplit(origin)
        return parts.scheme in {"http", "https"} and bool(host) and parts.netloc.lower() == host.lower()


def new_token() -> str:
    """One that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _name(host: str) -> str:
    """Without its port, and as names are compared. "": that is no Host."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _loopback(name: str) -> bool:
    """Such a name can lead nowhere else, whatever a name server says."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
