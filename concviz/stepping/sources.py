"""The program's files as text, read once each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

MOST_BYTES = 1 << 20
"""A larger file is not shown."""


@lru_cache(maxsize=64)
def text_of(file: str) -> str | None:
    """A file's text; None for one that cannot be read, or is too large."""
    path = Path(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        return path.read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError):
        return None
