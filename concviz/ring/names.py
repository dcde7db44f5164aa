"""Strings to small ids, each sent once: the append-only names file of one watched process."""

from __future__ import annotations

import itertools
import os
import sys
from _thread import RLock

from concviz.events import FIELD_SEPARATOR, Table
from concviz.ring.layout import ENTRY, HEADER, HEADER_BYTES, LOST_AT, MAGIC, NAMES_BYTES, USED_AT, VERSION
from concviz.ring.writer import create_file

STEP_BYTES = 256 << 10
"""Blocks of the file are taken in steps of this size."""


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Names:
    """Owns the names file of this process; any of its threads may call it.

    Guarded by an RLock of the interpreter itself: a signal handler on the same thread may come in between.
    """

    __slots__ = ("_counters", "_ids", "_lock", "_memory", "_path", "_reserved", "_size", "_used", "_words")

    def __init__(self, path: str, size_bytes: int = NAMES_BYTES) -> None:
        """Create the file. OSError when it cannot be had."""
        self._size = size_bytes
        self._memory = create_file(path, size_bytes, 0)
        self._path = path
        self._reserved = 0
        self._used = 0  # as in the file's header, but a fork has its own copy of it
        self._reserve(STEP_BYTES)
        HEADER.pack_into(self._memory, 0, MAGIC, VERSION, 0, 0, 0)
        self._words = memoryview(self._memory)[:HEADER_BYTES].cast("Q")
        self._lock = RLock()
        self._counters = [itertools.count(1) for _ in range(max(Table) + 1)]  # by table: an Enum is slow to hash
        self._ids: dict[object, int] = {}

    def new(self, table: Table, *fields: object) -> int:
        """A fresh id for these fields, sent at once. Ids count from 1 in each table."""
        ident = self.take(table)
        self.rename(table, ident, *fields)
        return ident

    def take(self, table: Table) -> int:
        """A fresh id that stands for nothing until `rename` says what."""
        return next(self._counters[table])

    def rename(self, table: Table, ident: int, *fields: object) -> None:
        """Send fields for an id that exists: the last ones sent hold."""
        text = FIELD_SEPARATOR.join(map(str, fields))
        if text.count(FIELD_SEPARATOR) >= len(fields):
            text = FIELD_SEPARATOR.join([str(field).replace(FIELD_SEPARATOR, " ") for field in fields])
        self.send(table, ident, text)

    def send(self, table: Table, ident: int, text: str) -> None:
        """As `rename`, for fields that are joined already."""
        payload = text.encode("utf-8", "backslashreplace")[:65536]
        self._put(ENTRY.pack(ENTRY.size + len(payload), ident, table) + payload)

    def _put(self, entry: bytes) -> None:
        memory, words, size = self._memory, self._words, len(entry)
        with self._lock:
            while HEADER_BYTES + self._used + size > self._reserved:
                if not self._reserve(HEADER_BYTES + self._used + size + STEP_BYTES):
                    words[LOST_AT // 8] += 1
                    return
            # No call from here on: with the GIL nothing comes between, no other thread and no signal handler
            at = HEADER_BYTES + self._used
            memory[at : at + size] = entry
            words[USED_AT // 8] = self._used = at + size - HEADER_BYTES

    def teller(self, table: Table, first: str) -> Callable[[str], int]:
        """tell(rest): as `new`, for fields joined already: `first`, the id itself, `rest`. For what comes by the thousand.

        A new task takes an event loop 4 µs; `new` would take 2 more.
        """
        counter, memory, words, pack = self._counters[table], self._memory, self._words, ENTRY.pack
        head, kind, used_at, start = ENTRY.size, int(table), USED_AT // 8, HEADER_BYTES

        def tell(rest: str) -> int:
            ident = next(counter)
            payload = f"{first}{ident}{rest}".encode("utf-8", "backslashreplace")
            size = head + len(payload)
            entry = pack(size, ident, kind) + payload
            at = start + self._used
            if at + size > self._reserved:
                self._put(entry)
            else:
                memory[at : at + size] = entry
                words[used_at] = self._used = at + size - start
            return ident

        def tell_alone(rest: str) -> int:
            with self._lock:
                return tell(rest)

        return tell if getattr(sys, "_is_gil_enabled", lambda: True)() else tell_alone

    def inherit(self, parent: Names) -> None:
        """In a forked child, after its PROCESS entry: take over all that the parent had named when it forked.

        Ids that objects from before the fork carry then mean the same here, and new ones go on after them. `parent`
        is the copy that came over with the fork, still mapped; whatever the parent names later is not in `_used`.
        """
        first = ENTRY.unpack_from(parent._memory, HEADER_BYTES)[0] if parent._used else 0
        named = parent._memory[HEADER_BYTES + first : HEADER_BYTES + parent._used]
        with self._lock:
            at = HEADER_BYTES + self._used
            self._reserve(at + len(named) + STEP_BYTES)
            if at + len(named) > self._reserved:
                self._words[LOST_AT // 8] += 1
                return
            self._memory[at : at + len(named)] = named
            self._words[USED_AT // 8] = self._used = self._used + len(named)
        self._ids = parent._ids
        processes = self._counters[Table.PROCESS]
        self._counters = [*parent._counters]
        self._counters[Table.PROCESS] = processes

    def _reserve(self, to_bytes: int) -> bool:
        """Take the blocks up to there, so that a full file system is a lost name and not a fatal signal. False: it is full.

        Opened anew each time: a program may close every descriptor that it did not open itself, and take their numbers.
        """
        to_bytes = min(to_bytes, self._size)
        if to_bytes <= self._reserved:
            return False
        try:
            if hasattr(os, "posix_fallocate"):
                fd = os.open(self._path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
                try:
                    os.posix_fallocate(fd, self._reserved, to_bytes - self._reserved)
                finally:
                    os.close(fd)
        except OSError:
            return False
        self._reserved = to_bytes
        return True

    def intern(self, table: Table, *fields: object) -> int:
        """The id of these fields: the same one each time, sent the first time."""
        key = (table, fields)
        ident = self._ids.get(key)
        if ident is None:
            with self._lock:
                ident = self._ids.get(key)
                if ident is None:
                    ident = self._ids[key] = self.new(table, *fields)
        return ident
