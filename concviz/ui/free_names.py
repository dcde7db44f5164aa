"""Names for what a person saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".cvz"
"""What a recording's name ends with."""


def free_name(folder: Path, name: str) -> str:
    """A name for a recording that no file in the folder has yet: "primes.cvz", "primes-2.cvz"."""
    names = (f"{name}{SUFFIX}", *(f"{name}-{number}{SUFFIX}" for number in range(2, 1000)))
    return next((one for one in names if not (folder / one).exists()), names[0])
