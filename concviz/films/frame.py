"""One picture of a screen, and what all pictures of a film have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from typing import BinaryIO


class Ink(NamedTuple):
    """How characters look. A tuple, since films compare thousands a second."""

    fg: str
    """ "#rrggbb"."""
    bg: str
    """Likewise."""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    dim: bool = False


Run = tuple[str, Ink]
"""Characters side by side that look alike."""

Row = tuple[Run, ...]
"""One line of a screen, from its left edge to its right."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on a screen at a moment."""

    rows: tuple[Row, ...]
    """From top to bottom."""

    @property
    def text(self) -> str:
        """The characters alone, without spaces at the ends of lines."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self.rows)


@dataclass(frozen=True, slots=True)
class Film:
    """What is the same for all frames."""

    title: str
    columns: int
    lines: int
    fg: str
    """The colours of what has none of its own: "#rrggbb"."""
    bg: str
    version: int = 2
    """Of asciicast, where that is written."""
    palette: tuple[str, ...] = ()
    """The sixteen colours that a terminal has by number; none where nobody asked."""
    frames_per_s: float = 20.0
    """No more frames come than so many."""


class Writer(Protocol):
    """Takes a film as it comes, and keeps no more of it than it must. Times are in s from the start, never falling."""

    def __init__(self, film: Film, out: BinaryIO) -> None: ...

    def frame(self, at_s: float, frame: Frame) -> None:
        """This is on screen from now on."""

    def marker(self, at_s: float, label: str) -> None:
        """A place to jump to."""

    def close(self, at_s: float) -> None:
        """The film ends here; what was written is whole."""
