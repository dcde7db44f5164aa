"""Pipes between processes: what is sent waits for room, what is received for something to be there; asked of the real pipe.

A message that is larger than the pipe's room goes in pieces, each a step: nobody ever blocks in the kernel while others are to go.
"""

from __future__ import annotations

import io
import os
import select
import sys
import weakref
from array import array

from concviz.gates import scheduler, sharing
from concviz.gates.choice import Access, Option
from concviz.gates.monitors import Call, wrapped
from concviz.gates.outside import outside
from concviz.gates.places import called_by_program, own_place
from concviz.gates.worker import ANYTHING, Inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.scheduler import Scheduler

MADE_BY = frozenset({"context.py", "connection.py"})

PIECE_BYTES = 4096
"""A pipe that can be written to has room for so much, and a socket too (PIPE_BUF, pipe(7))."""

_OUTSIDE = Inside("get", "a connection", "*")


def put_in() -> None:
    """All of them, once in a process; imports `multiprocessing.connection`."""
    from multiprocessing import connection

    owner: Any = connection.Connection
    owner._concviz_shared = True
    send, receive = Call("put", name=_sent), Call("get", readable, name=_received)
    calls = {
        "send": send,
        "send_bytes": send,
        "recv": receive,
        "recv_bytes": receive,
        "recv_bytes_into": receive,
        "poll": Call("read", write=False, name=_received),
    }
    for name, call in calls.items():
        original = getattr(owner, name)
        setattr(owner, name, _known(wrapped(original, call), original))
    owner._send, owner._recv, owner._poll = _sending(owner._send), _receiving(owner._recv), _polling(owner._poll)
    connection.reduction.register(connection.Connection, _reduced(connection.reduce_connection))  # type: ignore[attr-defined]
    connection.Pipe = _pipe(connection.Pipe)
    connection.wait = _wait(connection.wait)


def _known(stand_in: Any, original: Any) -> Any:
    """Only a pipe of `Pipe()` is between controlled processes alone; on others real things happen, and that is said."""

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        found = scheduler.run()
        if found is None or found.over or hasattr(self, "_concviz_hidden"):
            return stand_in(self, *args, **kwargs)
        with outside(found, f"Connection.{original.__name__}", sys._getframe(1), step=called_by_program(1)):
            return original(self, *args, **kwargs)

    call.__name__, call.__qualname__, call.__doc__ = original.__name__, original.__qualname__, original.__doc__
    return call


def readable(thing: Any) -> bool:
    """Whether something can be read, the end included. A number is a descriptor."""
    return _ready(thing, select.POLLIN)


def writable(thing: Any) -> bool:
    """Whether `PIECE_BYTES` can be written, or nobody reads."""
    return _ready(thing, select.POLLOUT)


def _ready(thing: Any, event: int) -> bool:
    poll = select.poll()
    poll.register(thing, event)
    return bool(poll.poll(0))


# What a pipe is called


def _pipe(original: Any) -> Any:
    def pipe(duplex: bool = True) -> Any:
        one, other = original(duplex)
        found = scheduler.run()
        for end, far in ((one, other), (other, one)):
            end._concviz_hidden = not sharing.made(end, 1, MADE_BY)
            end._concviz_far = weakref.ref(far)
            if found is not None and not end._concviz_hidden:
                found.family.pipes = True
        return one, other

    return pipe


def _reduced(original: Any) -> Any:
    def reduce(end: Any) -> Any:
        return _rebuilt, (original(end), getattr(end, "_concviz_route", None), getattr(end, "_concviz_hidden", False))

    return reduce


def _rebuilt(made: Any, route: Any, hidden: bool) -> Any:
    """In another process: it is called as it was."""
    make, args = made
    end = make(*args)
    end._concviz_hidden = hidden
    found = scheduler.run()
    if found is not None and not hidden:
        found.family.pipes = True
    if route is not None:
        end._concviz_route = route
    return end


def _route(found: Scheduler, end: Any, frame: Any) -> tuple[str, str]:
    """The names of this end and the other one."""
    route: tuple[str, str] | None = getattr(end, "_concviz_route", None)
    if route is None:
        far = getattr(end, "_concviz_far", lambda: None)()
        names = [found.names.of(one, "Connection", frame) if one is not None else "another" for one in (end, far)]
        route = end._concviz_route = (names[0], names[1])
        if far is not None:
            far._concviz_route = (names[1], names[0])
    return route


def _sent(found: Scheduler, end: Any, frame: Any) -> str:
    return "->".join(_route(found, end, frame))


def _received(found: Scheduler, end: Any, frame: Any) -> str:
    return "->".join(reversed(_route(found, end, frame)))


def settle(found: Scheduler) -> None:
    """Before a fork: both ends are to be called the same in all processes."""
    for thing, _ in found.names.shared:
        if hasattr(thing, "_concviz_far"):
            _route(found, thing, sys._getframe(1))


# Reading and writing


def _sending(original: Any) -> Any:
    def send(self: Any, buf: Any, *write: Any) -> None:
        found = scheduler.run()
        if found is None or found.over or write:
            original(self, buf, *write)
            return
        left = memoryview(buf)
        while left:
            if not writable(self._handle):
                _stand(found, lambda: writable(self._handle), "has no room", None)
            left = left[os.write(self._handle, left[:PIECE_BYTES]) :]

    return send


def _receiving(original: Any) -> Any:
    def receive(self: Any, size: int, *read: Any) -> Any:
        found = scheduler.run()
        if found is None or found.over or read:
            return original(self, size, *read)
        got = io.BytesIO()
        left = size
        while left > 0:
            if not readable(self._handle):
                _stand(found, lambda: readable(self._handle), "is empty", None)
            part = os.read(self._handle, left)
            if not part:
                if left == size:
                    raise EOFError
                raise OSError("got end of file during message")
            got.write(part)
            left -= len(part)
        return got

    return receive


def _polling(original: Any) -> Any:
    def poll(self: Any, timeout: float | None) -> bool:
        found = scheduler.run()
        if found is None or found.over:
            return bool(original(self, timeout))
        if readable(self._handle) or (timeout is not None and timeout <= 0):
            return readable(self._handle)
        return _stand(found, lambda: readable(self._handle), "is empty", timeout)

    return poll


def _stand(found: Scheduler, ready: Any, why: str, timeout: float | None) -> bool:
    """Wait in the midst of a call."""
    worker = found.current
    inside = worker.inside or _OUTSIDE
    access = Access(inside.key, True) if timeout is None else ANYTHING
    option = Option(worker.number, worker.name, inside.operation, inside.resource, *own_place(sys._getframe(2)), access)
    return found.wait(worker, option, ready, lambda: (f"`{inside.resource}` {why}", ()), timeout)


def _wait(original: Any) -> Any:
    def wait(object_list: Any, timeout: float | None = None) -> list[Any]:
        found = scheduler.run()
        if found is None or found.over:
            return list(original(object_list, timeout))
        things = list(object_list)
        worker, place = found.current, own_place(sys._getframe(1))
        # A part of the standard library that is told of what it leaves there, again and again, would never let others go.
        futile = None if called_by_program(1) else found.family.told.get(worker.number)

        def ready() -> bool:
            return any(readable(thing) for thing in things) and (futile is None or futile != (len(found.taken), _waiting(things)))

        if timeout is not None and timeout <= 0:
            found.point(worker, "read", "", place, ANYTHING)
        else:
            option = Option(worker.number, worker.name, "wait", "", *place, ANYTHING)
            found.wait(worker, option, ready, lambda: ("nothing has come for it", ()), timeout)
        if found.taken:
            found.family.told[worker.number] = len(found.taken), _waiting(things)
        return [thing for thing in things if readable(thing)]

    return wait


def _waiting(things: list[Any]) -> list[int]:
    """How many bytes are there to be read, of each; -1 for none, and no end either."""
    from fcntl import ioctl  # not there where there is no fork, either
    from termios import FIONREAD

    found = []
    for thing in things:
        count = array("i", [0])
        if readable(thing):
            ioctl(thing if isinstance(thing, int) else thing.fileno(), FIONREAD, count)
            found.append(count[0])
        else:
            found.append(-1)
    return found
