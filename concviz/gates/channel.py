"""The pipe between a controlled process and the scheduler: whole messages, both ways, one side speaking at a time.

A message is a tuple of plain values, marshalled, behind its length in four bytes: a step costs one message each way.
"""

from __future__ import annotations

import marshal
import os
import socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HEAD = 4
_READ = 1 << 16
_MARK = b"+"

_open: set[int] = set()
"""Descriptors of this process's channels; a forked child has no use for them."""


class Channel:
    """Owns one end. `closed` once the other side is gone."""

    __slots__ = ("_got", "closed", "fd")

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.closed = False
        self._got = b""
        _open.add(fd)

    def send(self, *message: Any) -> None:
        """One message. Where nobody listens, it is lost, and the next `receive` tells."""
        body = marshal.dumps(message)
        left = memoryview(len(body).to_bytes(_HEAD, "big") + body)
        try:
            while left:
                left = left[os.write(self.fd, left) :]
        except OSError:
            self.closed = True

    def receive(self) -> tuple[Any, ...] | None:
        """The next message; None: the other side is gone."""
        while True:
            got = self._got
            if len(got) >= _HEAD:
                end = _HEAD + int.from_bytes(got[:_HEAD], "big")
                if len(got) >= end:
                    self._got = got[end:]
                    return marshal.loads(got[_HEAD:end])  # type: ignore[no-any-return]  # noqa: S302 - from our own process
            try:
                more = os.read(self.fd, _READ)
            except OSError:
                more = b""
            if not more:
                self.closed = True
                return None
            self._got = got + more

    def send_end(self, fd: int) -> None:
        """Hand a descriptor over; the other side must be at `receive_end`."""
        with socket.socket(fileno=os.dup(self.fd)) as line:
            socket.send_fds(line, [_MARK], [fd])

    def receive_end(self) -> int:
        """The descriptor that is handed over; -1 where the other side is gone."""
        with socket.socket(fileno=os.dup(self.fd)) as line:
            fds = socket.recv_fds(line, 1, 1)[1]
        return fds[0] if fds else -1

    def close(self) -> None:
        """Let go of it."""
        if self.fd in _open:
            _open.discard(self.fd)
            os.close(self.fd)


def pair() -> tuple[int, int]:
    """Two ends that are connected, for the scheduler and for the new process; neither is inherited by other programs."""
    one, other = socket.socketpair()
    return one.detach(), other.detach()


def close_all() -> None:
    """In a forked child: what its parent spoke over is none of its business."""
    for fd in _open:
        os.close(fd)
    _open.clear()
