"""The Python in a process that nobody watches from inside: its version, its threads' states, where its GIL lies. Read from its memory.

From 3.13 on `_PyRuntime` begins with a table of offsets for debuggers (Include/internal/pycore_debug_offsets.h). Before, what
is looked for tells itself by its shape: an interpreter that lies in `_PyRuntime`; a list of thread states that each name it; the
system's numbers of these threads; and a GIL, which is the interval, a thread state, and 0 or 1, side by side (see `gil.GIL`).
"""

from __future__ import annotations

import os
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from concviz.sampling.elf import places
from concviz.sampling.gil import GIL, REFUSED
from concviz.sampling.thread_names import ThreadNames

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TYPES = ("PyDict_Type", "PyUnicode_Type")
SYMBOLS = ("_PyRuntime", "Py_Version", *TYPES)
"""What is looked up in the symbol tables."""

COOKIE = b"xdebugpy"
"""What the table begins with."""

COLUMNS = {(3, 13): (5, 9, 14, 15, 18, 25), (3, 14): (5, 9, 15, 16, 19, 28), (3, 15): (5, 9, 15, 16, 19, 31)}
"""Version -> where in the table, in words of 8 bytes from its start, stand: the first interpreter; in it the first thread, the
pointer to its GIL, the GIL that it has itself, its holder; in a thread state the native id."""

FREE_AT, TABLE_WORDS = 2, 40
"""Likewise: whether it was built to run without the GIL; and how many words are read."""

MOST_THREADS = 4096
"""A longer list was changed while it was read."""

STATE_BYTES = 512
"""So near a thread state's begin is its native id."""

USUAL_MICROSECONDS, LONGEST_MICROSECONDS = 5000, 1_000_000_000
"""The switch interval that a program has which does not change it; and the longest."""

HEAPS = 1 << 16
"""No pointer is as small."""

THREE, WORD = Struct("<QQQ"), 8
"""previous, next, interpreter: what a thread state begins with; the bytes of a word."""

OLDEST = (3, 11)
"""What lies where in older ones was never looked into."""


OWN_GILS_SINCE = (3, 12)
"""Before, other interpreters share the main one's."""


class NoPythonError(LookupError):
    """The process runs no Python, as far as can be seen."""


class Where(NamedTuple):
    """What was found in the memory."""

    main: int
    """The main interpreter's address."""
    newest_at: int
    """Where the newest interpreter's address stands."""
    head_at: int
    """Where the first thread state's address stands."""
    native_at: int
    """Where in a thread state its native id stands; 0: not known yet."""


class Interpreter:
    """Owns the open memory of one process; `close` it."""

    def __init__(self, pid: int) -> None:
        """NoPythonError; OSError when this machine does not permit such reading, or the process is gone."""
        found = places(pid, SYMBOLS)
        if "_PyRuntime" not in found:
            raise NoPythonError(f"process {pid} runs no Python")
        self._runtime = found["_PyRuntime"]
        try:
            self._memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise type(error)(error.errno, f"{REFUSED} ({error.strerror})") from None
        number = self._word(found["Py_Version"].address) if "Py_Version" in found else 0
        self.version = (number >> 24 & 255, number >> 16 & 255, number >> 8 & 255)
        """Major, minor, micro; zeros before 3.11."""
        table = self._read(self._runtime.address, WORD * TABLE_WORDS)
        known = table.startswith(COOKIE) and self.version[:2] in COLUMNS
        self._table = _words(table) if known else ()
        self.free = bool(self._table) and bool(self._table[FREE_AT]) and not self._enabled()
        """Whether it runs without the GIL."""
        self._where: Where | None = None
        self._gil = 0
        types = tuple(found[name].address if name in found else 0 for name in TYPES)
        built_free = bool(self._table) and bool(self._table[FREE_AT])
        self._names = ThreadNames(self._read, (types[0], types[1]), self.version[:2], free=built_free)

    def states(self, natives: Collection[int]) -> dict[int, int]:
        """Native id -> address of its thread state, of the threads that are the main interpreter's. `natives`: all there are."""
        where = self._where = self._where or self._found()
        if where is None:
            return {}
        listed = list(self._listed(where))
        if not where.native_at and listed:
            where = self._where = where._replace(native_at=self._native_at(listed, natives))
        if not where.native_at:
            return {}
        told = {self._word(state + where.native_at): state for state in listed}
        return {native: state for native, state in told.items() if native in natives}

    def names(self) -> dict[int, str]:
        """Native id -> what Python calls that thread, as far as it can be read; to be called after `states`."""
        return self._names.names(self._where.main) if self._where is not None and self.version[:2] >= OLDEST else {}

    def place(self, states: Collection[int]) -> str:
        """As `probes.gil.place` tells it of itself: addresses in hex, or in words why there is none; "" when it may be found later."""
        if self.free:
            return "this interpreter runs without the GIL"
        if self.version[:2] < OLDEST:
            return "in a Python before 3.11 nobody has looked for it"
        if self._where is None or not states:
            return ""
        self._gil = self._gil or self._gil_at(self._where, states)
        if not self._gil:
            return ""
        others = (self._where.newest_at, self._where.main) if self.version >= OWN_GILS_SINCE else ()
        return " ".join(map(hex, (self._gil, *others)))

    def close(self) -> None:
        """Close it."""
        if self._memory >= 0:
            os.close(self._memory)
            self._memory = -1

    def _enabled(self) -> bool:
        """Whether one that can do without has its GIL on."""
        head, _, _, own, _, _ = (self._table[at] for at in COLUMNS[self.version[:2]])
        main = self._word(self._runtime.address + head + WORD)
        return bool(self._word(main + own) & 0xFFFFFFFF)

    def _found(self) -> Where | None:
        if self._table:
            head, first = (self._table[at] for at in COLUMNS[self.version[:2]][:2])
            newest_at = self._runtime.address + head
            main = self._word(newest_at + WORD)
            native_at = self._table[COLUMNS[self.version[:2]][5]]
            return Where(main, newest_at, main + first, native_at) if main else None
        return self._searched()

    def _searched(self) -> Where | None:
        """By their shapes, of 3.11 and 3.12."""
        start, size = self._runtime.address, self._runtime.size
        words = _words(self._read(start, size))
        for at in range(len(words) - 2):
            newest, main, following = words[at : at + 3]
            inside = start <= main < start + size and main % WORD == 0
            if inside and newest >= HEAPS and 0 < following < HEAPS:
                for low in range((main - start) // WORD, len(words)):
                    if words[low] >= HEAPS and self._is_first(words[low], main):
                        return Where(main, start + at * WORD, start + low * WORD, 0)
        return None

    def _is_first(self, state: int, main: int) -> bool:
        data = self._read(state, THREE.size) if state % WORD == 0 else b""
        return len(data) == THREE.size and THREE.unpack(data)[::2] == (0, main)

    def _listed(self, where: Where) -> Iterator[int]:
        """The thread states, newest first, as far as the list is whole while it is read."""
        state = self._word(where.head_at)
        for _ in range(MOST_THREADS):
            data = self._read(state, THREE.size) if state else b""
            if len(data) != THREE.size or THREE.unpack(data)[2] != where.main:
                return
            yield state
            state = THREE.unpack(data)[1]

    def _native_at(self, states: list[int], natives: Collection[int]) -> int:
        """Where each of them has one of these numbers, behind the C library's handle; 0: nowhere, or in several places."""
        found: set[int] | None = None
        for state in states:
            words = _words(self._read(state, STATE_BYTES))
            here = {at for at in range(1, len(words)) if words[at] in natives and words[at - 1] >= HEAPS}
            if here:  # else it has just begun, or ended
                found = here if found is None else found & here
        return found.pop() * WORD if found is not None and len(found) == 1 else 0

    def _gil_at(self, where: Where, states: Collection[int]) -> int:
        if self._table:
            pointer, own, holder = (self._table[at] for at in COLUMNS[self.version[:2]][2:5])
            its = self._word(where.main + pointer) + holder - own - WORD
            return its if self._is_gil(self._read(its, GIL.size), states) else 0
        start, size = self._runtime.address, self._runtime.size
        data = self._read(start, size)
        places = range(0, len(data) - GIL.size, WORD)
        shaped = [at for at in places if start + at + WORD != where.head_at and self._is_gil(data[at : at + GIL.size], states)]
        usual = [at for at in shaped if GIL.unpack_from(data, at)[0] == USUAL_MICROSECONDS]
        only = usual or shaped
        return start + only[0] if len(only) == 1 else 0

    def _is_gil(self, data: bytes, states: Collection[int]) -> bool:
        if len(data) != GIL.size:
            return False
        interval, holder, locked, _, _ = GIL.unpack(data)
        return 0 < interval <= LONGEST_MICROSECONDS and locked in {0, 1} and holder in states

    def _read(self, address: int, size: int) -> bytes:
        try:
            return os.pread(self._memory, size, address)
        except (OSError, OverflowError):
            return b""

    def _word(self, address: int) -> int:
        return int.from_bytes(self._read(address, WORD), "little")


def _words(data: bytes) -> tuple[int, ...]:
    return tuple(memoryview(data[: len(data) // WORD * WORD]).cast("Q"))
