"""multiprocessing.Pipe, and the pipes inside multiprocessing's queues: who waits for something to read, or for room.

All that goes through a Connection passes its `_send_bytes`, `_recv_bytes` and `_poll`. A connection that carries an
End is watched there; those that multiprocessing uses for itself carry none.
"""

from __future__ import annotations

import select

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.process_notes import ProcessNote, maker
from concviz.probes.sites import outer, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

END = "_concviz"
"""The name under which a Connection carries its End."""

SMALL_BYTES = 4096
"""A message that a pipe takes at once or not at all (POSIX's PIPE_BUF on Linux)."""

_GET_WAIT, _GOT, _PUT_WAIT, _PUT, _REFUSED = (int(kind) for kind in (Kind.GET_WAIT, Kind.GOT, Kind.PUT_WAIT, Kind.PUT, Kind.QUEUE_REFUSED))
_frame = outer


class End:
    """What a watched connection is an end of: a pipe, or a queue, whose own locks let one at a time use it."""

    __slots__ = ("note", "queue", "size", "waiting")

    def __init__(self, note: ProcessNote, size: Callable[[], int] | None = None) -> None:
        self.note = note
        self.queue = size is not None
        self.size = size or _unknown
        """How many items are in it; -1 unknown."""
        self.waiting = False
        """Whether the worker whose turn it is has said already that it waits."""


def _unknown() -> int:
    return -1


def install(module: Any) -> None:
    """Put our methods into the connections of `multiprocessing.connection`, and our Pipe."""
    for name in ("Connection", "PipeConnection"):
        owner = getattr(module, name, None)
        if owner is not None:
            seam.replace(owner, "_recv_bytes", _make_recv)
            seam.replace(owner, "_send_bytes", _make_send)
            seam.replace(owner, "_poll", _make_poll)
            _carry(module, owner)
    seam.replace(module, "Pipe", _make_pipe)


def _make_pipe(original: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    def Pipe(duplex: bool = True) -> tuple[Any, Any]:  # noqa: N802 - it becomes one
        first, second = original(duplex)
        made = None if here.mine.me.depth else maker(_frame(1))[0]
        if made is not None:
            ends = (first, second) if duplex else (second, first)
            note = ProcessNote("Pipe", None, ends, made)
            note.between = " ↔ " if duplex else " → "
            first.__dict__[END], second.__dict__[END] = End(note), End(note)
        return first, second

    return Pipe


def _carry(module: Any, owner: type) -> None:
    """Let a connection that goes to another process take its pipe's uid along, as an attribute that is nobody else's."""
    pickler = module._ForkingPickler
    original = pickler._extra_reducers.get(owner)
    if original is None:
        return

    def reduce_connection(connection: Any) -> Any:
        end = connection.__dict__.get(END)
        reduced = original(connection)
        return reduced if end is None or end.queue else (*reduced[:2], {CARRIED: end.note.uid})

    pickler.register(owner, reduce_connection)


CARRIED = "_concviz_pipe"
"""The name of the attribute that says, in the process it came to, which pipe a connection belongs to."""


def end_of(connection: Any) -> End | None:
    """The End a connection carries; made now for one that came from another process."""
    held = connection.__dict__
    end: End | None = held.get(END)
    if end is None and CARRIED in held:
        end = held[END] = End(ProcessNote("Pipe", held.pop(CARRIED), (connection,), None))
    return end


def ready(descriptor: int, flag: str) -> bool:
    """Whether a read ("POLLIN") or write ("POLLOUT") would not wait; False where that cannot be asked."""
    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(descriptor, getattr(select, flag))
    found = poll.poll(0)
    return bool(found) and (flag == "POLLIN" or found[0][1] == select.POLLOUT)


def _make_recv(original: Callable[..., Any]) -> Callable[..., Any]:
    def _recv_bytes(self: Any, *args: Any) -> Any:
        end = end_of(self)
        me = here.mine.me
        if end is None or me.depth:
            return original(self, *args)
        frame = _frame(1)
        where, ident = site(frame), end.note.ident or end.note.announce(frame)
        if not end.waiting and not ready(self._handle, "POLLIN"):
            me.emit(_GET_WAIT, ident, where, end.size())
        end.waiting = False
        try:
            data = original(self, *args)
        except BaseException:
            me.emit(_REFUSED, ident, where)
            raise
        size = end.size()
        me.emit(_GOT, ident, where, size - 1 if size > 0 else size)
        return data

    return _recv_bytes


def _make_send(original: Callable[..., Any]) -> Callable[..., Any]:
    """What goes at once is noted before, so that nobody is seen to take what was not put."""

    def _send_bytes(self: Any, data: Any) -> Any:
        end = end_of(self)
        me = here.mine.me
        if end is None or me.depth:
            return original(self, data)
        frame = _frame(1)
        where, ident = site(frame), end.note.ident or end.note.announce(frame)
        at_once = len(data) <= SMALL_BYTES and ready(self._handle, "POLLOUT")
        if at_once:
            me.emit(_PUT, ident, where, -1)
        elif not end.waiting:
            me.emit(_PUT_WAIT, ident, where, -1)
        end.waiting = False
        try:
            sent = original(self, data)
        except BaseException:
            me.emit(_REFUSED, ident, where)
            raise
        if not at_once:
            me.emit(_PUT, ident, where, -1)
        return sent

    return _send_bytes


def _make_poll(original: Callable[..., bool]) -> Callable[..., bool]:
    """A pipe's poll is a wait of its own; a queue's is the first part of its get."""

    def _poll(self: Any, timeout: float | None) -> bool:
        end = end_of(self)
        me = here.mine.me
        if end is None or me.depth:
            return original(self, timeout)
        waits = (timeout is None or timeout > 0) and not ready(self._handle, "POLLIN")
        frame = _frame(1)
        where, ident = site(frame), end.note.ident or end.note.announce(frame)
        if waits and not end.waiting:
            me.emit(_GET_WAIT if end.queue else Kind.WAIT, ident, where, end.size() if end.queue else 1)
        found = False
        me.depth += 1
        try:
            found = original(self, timeout)
        finally:
            me.depth -= 1
            if not end.queue:
                if waits:
                    me.emit(Kind.WOKE if found else Kind.TIMED_OUT, ident, where)
            elif frame.f_back is not None and frame.f_back.f_code.co_name == "get":  # and not "empty"
                end.waiting = found and (waits or end.waiting)
                if not found:
                    me.emit(_REFUSED, ident, where)
        return found

    return _poll
