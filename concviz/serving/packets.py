"""What goes between app, server and page, in textual-serve's protocol of 1.1: packets to and from the app, messages from the page.

A packet is a letter (D: what a terminal would get or send; M: an object), four bytes of length, the greatest first, and so many bytes.
A message is a list in JSON: what it is, and what with.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import StreamReader

HELLO = b"__GANGLION__\n"
"""An app's first words, before all packets."""

DATA, META = b"D", b"M"

LEAST, MOST = (10, 4), (600, 300)
"""Cells that a page may ask for, across and down: beyond that it is no window, but an attempt to use up memory."""


def data(typed: bytes) -> bytes:
    """A packet of what was typed."""
    return _packet(DATA, typed)


def meta(**told: Any) -> bytes:
    """A packet with an object."""
    return _packet(META, json.dumps(told).encode())


def _packet(letter: bytes, payload: bytes) -> bytes:
    return letter + len(payload).to_bytes(4, "big") + payload


async def read(stream: StreamReader) -> tuple[bytes, bytes]:
    """The next packet's letter and payload. asyncio.IncompleteReadError at the end."""
    head = await stream.readexactly(5)
    return head[:1], await stream.readexactly(int.from_bytes(head[1:], "big"))


def from_page(message: str) -> bytes:
    """The packet that a page's message becomes; b"" for one that is none of the app's business. ValueError: no page of ours says so."""
    try:
        kind, *rest = json.loads(message)
        match kind:
            case "stdin":
                return data(str(rest[0]).encode(errors="ignore"))
            case "resize":
                width, height = size(rest[0]["width"], rest[0]["height"])
                return meta(type="resize", width=width, height=height)
            case "focus" | "blur":
                return meta(type=kind)
    except (TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError(message[:80]) from error
    return b""


def size(width: Any, height: Any) -> tuple[int, int]:
    """What a page says of itself, in cells, within bounds. ValueError for what is no number."""
    try:
        across, down = int(width), int(height)
    except (TypeError, OverflowError) as error:
        raise ValueError(width, height) from error
    return min(max(across, LEAST[0]), MOST[0]), min(max(down, LEAST[1]), MOST[1])
