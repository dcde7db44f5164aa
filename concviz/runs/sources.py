"""The program's own files, as they were while it ran: each written to the recording once, when it is first named."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.events import FIELD_SEPARATOR, Table
from concviz.recordings.format import Frame, frame
from concviz.ring.layout import ENTRY

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_FILES, MOST_BYTES = 200, 1 << 20
"""So many files are kept, none of them larger."""


class Sources:
    """Knows which files are in the recording already."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._seen: set[str] = set()

    def add(self, path: str) -> None:
        """Keep a file's text. One that cannot be read, or is too large, is shown without its source."""
        if path in self._seen or len(self._seen) >= MOST_FILES:
            return
        self._seen.add(path)
        with contextlib.suppress(OSError, ValueError):
            if Path(path).stat().st_size <= MOST_BYTES:
                text = Path(path).read_bytes().decode("utf-8", "replace")
                self._write(frame(Frame.SOURCE, time.monotonic_ns(), json.dumps({"path": path, "text": text}).encode()))

    def absorb(self, names: bytes) -> None:
        """Keep the files of the sites among a process's names as they pass by."""
        at = 0
        while at < len(names):
            size, _, table = ENTRY.unpack_from(names, at)
            if table == Table.SITE:
                self.add(names[at + ENTRY.size : at + size].decode(errors="replace").partition(FIELD_SEPARATOR)[0])
            at += size
