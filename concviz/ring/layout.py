"""Offsets, in bytes, of the two kinds of file that the watched side writes and ours reads.

A run has one folder. Each watched process writes `KEY.names` (strings, append-only) and one or more
`KEY.N.ring` (records); KEY is `PID.START` (start in ns, hex), so that a reused pid is another process.

Ring: a header of 64 bytes, then `capacity` records of 32 bytes, used round and round by one thread at a
time. There is no head word: a slot is committed when its `lap` field equals the lap expected there (1 in the
first round; see `lap_at`). The reader publishes how many records it has taken, so that the writer never
overwrites what was not read; what it then has to drop, it counts.

Names: a header of 64 bytes, then entries of (bytes in all, id, table, UTF-8 fields).
"""

from __future__ import annotations

from struct import Struct

MAGIC = 0x5A56_4343
"""First word of both files ("CCVZ")."""

VERSION = 1
"""Second word of both files; a reader refuses any other."""

HEADER_BYTES = 64
"""Size of the header of both files."""

HEADER = Struct("<IIQQQ")
"""magic, version, then the words below."""

CAPACITY_AT, TAKEN_AT, DROPPED_AT = 8, 16, 24
"""Ring: records it holds; records the reader has taken so far; records dropped so far (u64 each)."""

USED_AT, LOST_AT = 16, 24
"""Names: bytes of entries written so far, after the header; entries that did not fit (u64 each)."""

ENTRY = Struct("<IIBxxx")
"""Head of a name: size in bytes with this head, id, table."""

LAPS = 65535
"""Laps are counted 1 to LAPS and then again from 1; 0 means never written."""

NAMES_BYTES = 64 << 20
"""Size of a names file: sparse, so that only what is written takes memory."""

RING_SUFFIX, NAMES_SUFFIX = ".ring", ".names"
"""How the files' names end."""


def lap_at(position: int, capacity: int) -> int:
    """The lap that commits the record at `position` (records since the ring was made, from 0)."""
    return position // capacity % LAPS + 1
