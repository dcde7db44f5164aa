"""Note one event: a clock read and one `pack_into`. No lock, no allocation, no system call, no waiting.

A ring belongs to one thread at a time, so that its writer needs no atomic operation, with or without the GIL.
Between reserving a slot and committing it the interpreter runs no other bytecode of this thread (CPython checks
for signals after a call, at a function's start and at backward jumps), so a signal handler that notes events
itself cannot leave a hole.
"""

from __future__ import annotations

import mmap
import os
import sys
import time

from concviz.events import RECORD, RECORD_BYTES
from concviz.ring.layout import (
    DROPPED_AT,
    HEADER,
    HEADER_BYTES,
    LAPS,
    MAGIC,
    TAKEN_AT,
    VERSION,
)

TYPE_CHECKING = False  # typing itself is not imported in the watched process: it takes 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable

    Emit = Callable[..., None]
    """emit(kind, resource=0, site=0, arg=0, who=0): notes an event of `who`, 0 the current worker, now. Ids are u32, arg is i64."""


STEP_BYTES = 64 << 10
"""A ring's blocks are taken in steps of this size, as it fills for the first time: a thread that says little starts
0.3 ms sooner."""


def create_file(path: str, size_bytes: int, reserve_bytes: int) -> mmap.mmap:
    """A new mapped file of zeros, readable by its owner only.

    The blocks of its first `reserve_bytes` are taken at once, so that a full file system is an OSError here and
    not a fatal signal at a later write.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.ftruncate(fd, size_bytes)
        if reserve_bytes and hasattr(os, "posix_fallocate"):
            os.posix_fallocate(fd, 0, reserve_bytes)
        if sys.version_info >= (3, 13):  # before, each mapping keeps a descriptor of its own
            return mmap.mmap(fd, size_bytes, trackfd=False)
        return mmap.mmap(fd, size_bytes)
    except BaseException:
        os.unlink(path)
        raise
    finally:
        os.close(fd)


class Cursor:
    """Where the next record of a ring goes. `emit` moves it; so may a probe that cannot afford the call, in the same way."""

    __slots__ = ("at", "lap", "limit", "memory", "room")
    at: int
    """Offset of the next record, in bytes; RECORD_BYTES further once it is taken."""
    lap: int
    """What commits a record now."""
    limit: int
    """Offset at which `room` must be asked, and `at` and `lap` be read anew."""
    memory: mmap.mmap
    """What the record is packed into."""
    room: Callable[[], bool]
    """Whether a record may be written; a drop is counted."""

    def __init__(self, memory: mmap.mmap, at: int, room: Callable[[], bool]) -> None:
        self.memory, self.at, self.room = memory, at, room


class Ring:
    """Owns one ring file of this process; leased to one thread at a time by `emitter`."""

    __slots__ = ("_capacity", "_laps_done", "_memory", "_path", "_reserved", "_size", "_words", "cursor")

    def __init__(self, path: str, capacity: int) -> None:
        """Create the file with room for `capacity` records. OSError when it cannot be had."""
        self._path = path
        self._size = HEADER_BYTES + capacity * RECORD_BYTES
        self._reserved = min(self._size, STEP_BYTES)
        self._memory = create_file(path, self._size, self._reserved)
        HEADER.pack_into(self._memory, 0, MAGIC, VERSION, capacity, 0, 0)
        self._words = memoryview(self._memory)[:HEADER_BYTES].cast("Q")
        self._capacity = capacity
        self._laps_done = 0
        self.cursor = Cursor(self._memory, HEADER_BYTES, self._room)
        """Where the next record goes; moved by the leasing thread only."""

    def _reserve(self) -> bool:
        """Take the blocks of one more step. False: the file system is full."""
        from_, until = self._reserved, min(self._size, self._reserved + STEP_BYTES)
        try:
            if hasattr(os, "posix_fallocate"):
                fd = os.open(self._path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
                try:
                    os.posix_fallocate(fd, from_, until - from_)
                finally:
                    os.close(fd)
        except OSError:
            return False
        self._reserved = max(self._reserved, until)  # a signal handler that came in between may have got further
        return True

    def note_first(self, time_ns: int, kind: int, worker: int, site: int, arg: int) -> None:
        """Note what happened before this new ring was there. Called before anybody leases it."""
        RECORD.pack_into(self._memory, self.cursor.at, time_ns, arg, worker, 0, site, kind, 1)
        self.cursor.at += RECORD_BYTES

    def _room(self) -> bool:
        """Go round at the end; find how far writing is allowed. False: full, and the drop is counted.

        A signal handler that notes events can come in wherever something is called; so nothing that was read before a call is
        used after it. True is a promise for that moment: the caller looks again.
        """
        cursor, words, capacity = self.cursor, self._words, self._capacity
        if cursor.at >= self._size:
            cursor.at = HEADER_BYTES
            self._laps_done += 1
            cursor.lap = self._laps_done % LAPS + 1
        reserved = cursor.at + RECORD_BYTES <= self._reserved or self._reserve()
        at = cursor.at
        free = words[TAKEN_AT // 8] + capacity - self._laps_done * capacity - (at - HEADER_BYTES) // RECORD_BYTES
        if free <= 0 or not reserved:
            words[DROPPED_AT // 8] += 1
            cursor.limit = at
            return False
        left = (self._reserved - at) // RECORD_BYTES
        cursor.limit = at + (free if free < left else left) * RECORD_BYTES  # noqa: FURB136 - `min` is a call
        return True

    def emitter(self, worker: int) -> tuple[Emit, Callable[[int], None], Callable[..., None], Callable[[], None]]:
        """Four closures over this ring: emit; switch (whose events follow); hand_over; and give_back.

        hand_over(other, kind, arg=0, who=0, resource=0, site=0) notes as `emit` does, and then switches to the other.

        Only the leasing thread may call them. After give_back the ring can be leased again.
        """
        memory, cursor, room = self._memory, self.cursor, self._room
        pack, clock = RECORD.pack_into, time.monotonic_ns
        cursor.lap = self._laps_done % LAPS + 1
        cursor.limit = 0  # forces the first look at what the reader has taken

        def emit(kind: int, resource: int = 0, site: int = 0, arg: int = 0, who: int = 0) -> None:
            now = clock()
            while (at := cursor.at) >= cursor.limit:  # again: a signal handler may have used up what `room` gave
                if not room():
                    return
            cursor.at = at + 32
            pack(memory, at, now, arg, who or worker, resource, site, kind, cursor.lap)

        def switch(other: int) -> None:
            nonlocal worker
            worker = other

        def hand_over(  # noqa: PLR0913, PLR0917 - an argument that is an object would have to be made each time
            other: int, kind: int, arg: int = 0, who: int = 0, resource: int = 0, site: int = 0
        ) -> None:
            nonlocal worker
            now = clock()
            while (at := cursor.at) >= cursor.limit:
                if not room():
                    break
            else:
                cursor.at = at + 32
                pack(memory, at, now, arg, who or worker, resource, site, kind, cursor.lap)
            worker = other

        def give_back() -> None:
            cursor.limit = 0

        return emit, switch, hand_over, give_back
