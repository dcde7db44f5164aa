"""Paths for files that are made without asking what to call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST = 10_000
"""Files of one name in one folder."""


def free_paths(folder: Path, stem: str, suffixes: Sequence[str]) -> tuple[Path, ...]:
    """A path for each suffix, all with the same number, none of which exists: primes.svg primes.png, primes-2.svg ..."""
    stems = (stem, *(f"{stem}-{number}" for number in range(2, MOST)))
    wanted = (tuple(folder / f"{one}{suffix}" for suffix in suffixes) for one in stems)
    return next((paths for paths in wanted if not any(path.exists() for path in paths)), tuple(folder / f"{stem}{end}" for end in suffixes))
