"""What the watched processes wrote since the last look, as bytes: for the one process that drains a run's folder.

Standard library only. Records are handed on raw; what they mean is the timeline's business.
"""

from __future__ import annotations

import mmap
import platform
from typing import TYPE_CHECKING

from concviz.events import RECORD_BYTES
from concviz.ring.layout import (
    CAPACITY_AT,
    DROPPED_AT,
    HEADER_BYTES,
    LOST_AT,
    MAGIC,
    NAMES_SUFFIX,
    RING_SUFFIX,
    TAKEN_AT,
    USED_AT,
    VERSION,
    lap_at,
)

if TYPE_CHECKING:
    from pathlib import Path

STORES_IN_ORDER = platform.machine().lower() in {"x86_64", "amd64", "i686", "x86"}
"""Whether other cores see a record's fields before its commit. Elsewhere a record is taken one look later."""


class _Mapped:
    """A mapped file of either kind, whose header is complete."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)
        self._words = memoryview(self._memory)[:HEADER_BYTES].cast("Q")

    def close(self) -> None:
        """Unmap. The object is of no use afterwards."""
        self._words.release()
        self._memory.close()


class RingReader(_Mapped):
    """Owns the reading end of one ring."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._capacity = self._words[CAPACITY_AT // 8]
        self._taken = self._words[TAKEN_AT // 8]
        self._seen = self._taken
        self._laps = memoryview(self._memory)[HEADER_BYTES:].cast("H")

    @property
    def dropped(self) -> int:
        """Records that found no room so far."""
        return self._words[DROPPED_AT // 8]

    def take(self, *, last: bool = False) -> bytes:
        """Every committed record not yet taken, oldest first. `last`: nothing is held back for slow stores."""
        parts = []
        position = self._taken
        while (count := self._committed(position)) > 0:
            at = HEADER_BYTES + position % self._capacity * RECORD_BYTES
            parts.append(self._memory[at : at + count * RECORD_BYTES])
            position += count
            if position - self._taken >= self._capacity:
                break
        if STORES_IN_ORDER or last:
            taken = position
        else:
            taken, self._seen = self._seen, position
        data = b"".join(parts)[: (taken - self._taken) * RECORD_BYTES]
        self._taken = self._words[TAKEN_AT // 8] = taken
        return data

    def _committed(self, position: int) -> int:
        """How many records from `position` on are committed, up to the end of the lap: commits come in order."""
        lap = lap_at(position, self._capacity)
        first = position % self._capacity
        if not self._is(first, lap):
            return 0
        low, high = 0, 1
        limit = self._capacity - first
        while high < limit and self._is(first + high, lap):
            low, high = high, high * 2
        high = min(high, limit)
        while high - low > 1:
            middle = (low + high) // 2
            if self._is(first + middle, lap):
                low = middle
            else:
                high = middle
        return high

    def _is(self, slot: int, lap: int) -> bool:
        return self._laps[slot * (RECORD_BYTES // 2) + RECORD_BYTES // 2 - 1] == lap

    def close(self) -> None:
        """Unmap."""
        if hasattr(self, "_laps"):
            self._laps.release()
        super().close()


class NamesReader(_Mapped):
    """Owns the reading end of one names file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._read = 0

    @property
    def lost(self) -> int:
        """Names that found no room so far."""
        return self._words[LOST_AT // 8]

    def take(self) -> bytes:
        """The entries written since the last look, whole."""
        used = self._words[USED_AT // 8]
        data = self._memory[HEADER_BYTES + self._read : HEADER_BYTES + used]
        self._read = used
        return data


class ProcessReader:
    """Owns the reading end of all that one watched process writes."""

    def __init__(self, names: Path) -> None:
        self.key = names.name.removesuffix(NAMES_SUFFIX)
        self.pid = int(self.key.partition(".")[0])
        self._names = NamesReader(names)
        self._rings: dict[str, RingReader] = {}

    def add_ring(self, path: Path) -> None:
        """Read this ring too, from its start; nothing if it is known."""
        if path.name not in self._rings:
            self._rings[path.name] = RingReader(path)

    def take(self, *, last: bool = False) -> tuple[bytes, bytes]:
        """(names, records): every id in the records is in these names or in earlier ones."""
        records = b"".join([ring.take(last=last) for ring in self._rings.values()])
        return self._names.take(), records

    @property
    def losses(self) -> tuple[int, int]:
        """(records, names) that found no room so far."""
        return sum(ring.dropped for ring in self._rings.values()), self._names.lost

    def close(self) -> None:
        """Unmap and remove the files."""
        for mapped in (self._names, *self._rings.values()):
            mapped.close()
            mapped.path.unlink(missing_ok=True)


class FolderReader:
    """Owns the reading end of a run's folder: finds processes and rings as they appear."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: dict[str, ProcessReader] = {}

    def find(self) -> list[ProcessReader]:
        """Look for new files; gives the processes that are new."""
        new = []
        for path in sorted(self._folder.iterdir(), key=lambda path: path.suffix):
            if path.suffix == NAMES_SUFFIX and path.name.removesuffix(NAMES_SUFFIX) not in self.processes:
                process = _opened(path)
                if process is not None:
                    self.processes[process.key] = process
                    new.append(process)
            elif path.suffix == RING_SUFFIX:
                self._add_ring(path)
        return new

    def _add_ring(self, path: Path) -> None:
        process = self.processes.get(path.name.rsplit(".", 2)[0])
        if process is not None and _complete(path):
            process.add_ring(path)


def _complete(path: Path) -> bool:
    """Whether the writer has finished the header: the file is made first, then given its size and words."""
    with path.open("rb") as file:
        start = file.read(CAPACITY_AT + 8)
    words_there = path.suffix == NAMES_SUFFIX or any(start[CAPACITY_AT:])
    return words_there and start[:8] == (MAGIC | VERSION << 32).to_bytes(8, "little")


def _opened(path: Path) -> ProcessReader | None:
    return ProcessReader(path) if _complete(path) else None
