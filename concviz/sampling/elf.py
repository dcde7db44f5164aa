"""Where a name of a process's own code lies in its memory: /proc/PID/maps, and the symbol tables of the ELF files that are mapped.

elf(5), 64 bits, little-endian. Only the main executable and libraries whose name has "python" in it are looked through.
"""

from __future__ import annotations

import contextlib
import mmap
from pathlib import Path
from struct import Struct, unpack_from
from struct import error as too_short
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\x7fELF\x02\x01"
"""64 bits, little-endian."""

SECTION = Struct("<IIQQQQIIQQ")
"""name, type, flags, address, offset, size, link, info, alignment, size of an entry."""

SEGMENT = Struct("<IIQQQQQQ")
"""type, flags, offset, virtual address, physical address, bytes in the file, bytes in memory, alignment."""

SYMBOL = Struct("<IBBHQQ")
"""name, info, other, section, value, size."""

SYMTAB, DYNSYM, LOAD, FIXED = 2, 11, 1, 2
"""Types: of a section with symbols, of one with those that are exported, of a segment that is mapped; and of a file with fixed places."""

PAGE = 4096


class Place(NamedTuple):
    """Where a symbol lies."""

    address: int
    size: int
    """In bytes, as its file says."""


def places(pid: int, names: tuple[str, ...]) -> dict[str, Place]:
    """Those of the names that the process has, all from the file that has the first of them. OSError when that cannot be read."""
    for path, start in _files(pid):
        with contextlib.suppress(ValueError, too_short), _opened(pid, path) as file:
            found = _symbols(file, names)
            if names[0] in found:
                base = 0 if unpack_from("<H", file, 16)[0] == FIXED else start - _lowest(file)
                return {name: Place(base + value, size) for name, (value, size) in found.items()}
    return {}


def _files(pid: int) -> Iterator[tuple[str, int]]:
    """(path, where its first byte is mapped) of those looked through."""
    seen = set()
    executable = str(Path(f"/proc/{pid}/exe").readlink())
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="surrogateescape") as maps:
        for line in maps:
            words = line.rstrip("\n").split(maxsplit=5)
            path = words[5] if len(words) == 6 else ""
            if path in seen or not (path == executable or "python" in path.rpartition("/")[2]):
                continue
            if int(words[2], 16) == 0:
                seen.add(path)
                yield path, int(words[0].partition("-")[0], 16)


@contextlib.contextmanager
def _opened(pid: int, path: str) -> Iterator[mmap.mmap]:
    """The file as the process sees it, which may have another root, or have lost the file's name."""
    inside = f"/proc/{pid}/exe" if path == str(Path(f"/proc/{pid}/exe").readlink()) else f"/proc/{pid}/root{path}"
    with open(inside, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        if mapped[:6] != MAGIC:
            raise ValueError(path)
        yield mapped


def _lowest(file: mmap.mmap) -> int:
    """The address, within the file's own count, of its first mapped page."""
    at, size, count = unpack_from("<Q", file, 32)[0], *unpack_from("<HH", file, 54)
    loads = [SEGMENT.unpack_from(file, at + number * size) for number in range(count)]
    return int(min(load[3] for load in loads if load[0] == LOAD)) // PAGE * PAGE


def _symbols(file: mmap.mmap, names: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Name -> (value, size), of those that are defined here."""
    at, size, count = unpack_from("<Q", file, 40)[0], *unpack_from("<HH", file, 58)
    sections = [SECTION.unpack_from(file, at + number * size) for number in range(count)]
    found: dict[str, tuple[int, int]] = {}
    for section in sections:
        if section[1] in {SYMTAB, DYNSYM}:
            words = sections[section[6]]
            texts = file[words[4] : words[4] + words[5]]
            wanted = {texts.find(b"\0" + name.encode() + b"\0") + 1: name for name in names}
            data = file[section[4] : section[4] + section[5]]
            for text, _, _, home, value, length in SYMBOL.iter_unpack(data):
                if text and home and text in wanted:
                    found.setdefault(wanted[text], (value, length))
    return found
