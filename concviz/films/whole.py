"""A file that grows by whole lines only: what found no room on the disk is taken back, so that all before it stays valid."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class WholeLines(io.BytesIO):
    """Owns the file; each `write` goes to it whole, or not at all."""

    def __init__(self, path: Path) -> None:
        """FileExistsError for a file that exists; OSError for one that cannot be."""
        super().__init__()
        self._file = path.open("xb", buffering=0)
        self._good_bytes = 0

    @property
    def size_bytes(self) -> int:
        """How much is in it."""
        return self._good_bytes

    def write(self, data: Any) -> int:
        """OSError where there is no room: then the file is as it was."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            with contextlib.suppress(OSError):
                self._file.truncate(self._good_bytes)
                self._file.seek(self._good_bytes)
            raise
        self._good_bytes += len(data)
        return len(data)

    def close(self) -> None:
        """It stays as it is."""
        self._file.close()
        super().close()
