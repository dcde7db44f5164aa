"""What Python calls the threads of another process: `threading._active`, read from its memory. Costs some ten reads a thread.

Dictionaries, strings and instances lie as Objects/dictobject.c, Include/cpython/unicodeobject.h and Objects/object.c of 3.11 to 3.15
lay them out. What is changed while it is read, or lies otherwise, has no name then.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORD = 8
"""Bytes of a word."""

KEYS = Struct("<QBBBBIqq")
"""references, log2 of the size, log2 of the index's bytes, kind, -, version, usable, entries: the head of a dictionary's keys."""

GENERAL, SPLIT = 0, 2
"""Kinds of keys: any, with their hashes; and those of a class's instances, whose values lie elsewhere."""

MOST_ENTRIES, MOST_LETTERS, MOST_WORDS = 20_000, 200, 4096
"""Of a dictionary, of a name, and of an interpreter's or a class's state so much is read."""

HEAPS = 1 << 16
"""No pointer is as small."""

NAME, NATIVE = "_name", "_native_id"
"""The attributes of a `threading.Thread`."""


class ThreadNames:
    """Knows where the table of threads lies, once it was found."""

    def __init__(self, read: Callable[[int, int], bytes], types: tuple[int, int], version: tuple[int, int], *, free: bool) -> None:
        """`read`: (address, bytes) of that process; `types`: addresses of `dict` and `str`; `free`: built without the GIL."""
        self._read, self._version = read, version
        self._dict, self._str = types
        self._head = 4 * WORD if free else 2 * WORD
        self._managed = WORD if free else 3 * WORD
        self._active = 0
        self._places: dict[int, dict[str, int]] = {}

    def names(self, interpreter: int) -> dict[int, str]:
        """Native id -> name, of the threads that `threading` knows. `interpreter`: the address of the main one's state."""
        self._active = self._active or self._found(interpreter)
        if not self._active:
            return {}
        told = {}
        for _, thread in self._items(self._active):
            fields = self._fields(thread)
            native, name = fields.get(NATIVE, 0), self._text(fields.get(NAME, 0))
            if native and name:
                told[self._word(native + self._head + WORD) & 0xFFFFFFFF] = name
        return told

    def _found(self, interpreter: int) -> int:
        """The table's address; 0: `threading` is not loaded, or lies otherwise."""
        for at in range(MOST_WORDS):
            address = self._word(interpreter + at * WORD)
            if self._is(address, self._dict):
                module = self._value(address, "threading")
                names = self._word(module + self._head) if module else 0
                active = self._value(names, "_active") if self._is(names, self._dict) else 0
                if self._is(active, self._dict):
                    return active
        return 0

    def _value(self, table: int, key: str) -> int:
        return next((value for name, value in self._items(table) if self._text(name) == key), 0)

    def _items(self, table: int) -> Iterator[tuple[int, int]]:
        """(key, value) of a dictionary, as addresses."""
        keys, values = self._word(table + self._head + 2 * WORD), self._word(table + self._head + 3 * WORD)
        for at, (name, value) in enumerate(self._entries(keys)):
            its = self._word(values + self._values_at + at * WORD) if values else value
            if name and its:
                yield name, its

    def _entries(self, keys: int) -> Iterator[tuple[int, int]]:
        head = self._read(keys, KEYS.size)
        if len(head) != KEYS.size:
            return
        _, _, index, kind, _, _, _, count = KEYS.unpack(head)
        words = 3 if kind == GENERAL else 2
        if index > 32 or not 0 <= count <= MOST_ENTRIES:
            return
        data = self._read(keys + KEYS.size + (1 << index), count * words * WORD)
        for at in range(len(data) // (words * WORD)):
            entry = data[at * words * WORD : (at + 1) * words * WORD]
            yield int.from_bytes(entry[-2 * WORD : -WORD], "little"), int.from_bytes(entry[-WORD:], "little")

    @property
    def _values_at(self) -> int:
        """Where among an instance's values the first one stands."""
        return WORD if self._version >= (3, 13) else 0

    def _fields(self, thread: int) -> dict[str, int]:
        """Attribute -> address of its value, of those two."""
        table, values = self._instance(thread)
        if table:
            return {name: value for key, value in self._items(table) if (name := self._text(key)) in {NAME, NATIVE}}
        places = self._places_of(self._word(thread + self._head - WORD)) if values else {}
        return {name: self._word(values + self._values_at + at * WORD) for name, at in places.items()}

    def _instance(self, thread: int) -> tuple[int, int]:
        """(its dictionary, its values without one); 0: it has not."""
        managed = self._word(thread - self._managed)
        if self._version >= (3, 13):
            size = self._word(self._word(thread + self._head - WORD) + self._head + 2 * WORD)
            return (managed, 0) if managed else (0, thread + size)
        if self._version == (3, 12):
            return (0, managed + 1) if managed & 1 else (managed, 0)
        return managed, self._word(thread - self._managed - WORD)

    def _places_of(self, kind: int) -> dict[str, int]:
        """Where among the values of a class's instances the two attributes stand."""
        if kind not in self._places:
            self._places[kind] = next(self._shared(kind), {})
        return self._places[kind]

    def _shared(self, kind: int) -> Iterator[dict[str, int]]:
        """The class's state holds the keys that its instances share."""
        for at in range(self._head // WORD, MOST_WORDS // 16):
            keys = self._word(kind + at * WORD)
            head = self._read(keys, KEYS.size) if keys >= HEAPS and keys % WORD == 0 else b""
            if len(head) == KEYS.size and KEYS.unpack(head)[3] == SPLIT:
                texts = [self._text(name) for name, _ in self._entries(keys)]
                if NAME in texts and NATIVE in texts:
                    yield {name: texts.index(name) for name in (NAME, NATIVE)}

    def _text(self, address: int) -> str:
        """A string of ASCII; "" for all others."""
        if not self._is(address, self._str):
            return ""
        length = self._word(address + self._head)
        at = self._head + (4 if self._version < (3, 12) else 3) * WORD
        data = self._read(address + at, length) if 0 < length <= MOST_LETTERS else b""
        text = data.decode("ascii", "replace")
        return text if text.isprintable() and text.isascii() else ""

    def _is(self, address: int, kind: int) -> bool:
        return address >= HEAPS and address % WORD == 0 and self._word(address + self._head - WORD) == kind

    def _word(self, address: int) -> int:
        return int.from_bytes(self._read(address, WORD), "little")
