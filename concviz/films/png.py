"""The last frame as a PNG picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.films.painter import Painter, check

if TYPE_CHECKING:
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame

__all__ = ["Writer", "check"]


class Writer:
    """Owns the last frame."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._painter = Painter(film)
        self._out = out
        self._frame: Frame | None = None

    def frame(self, at_s: float, frame: Frame) -> None:
        """Only the last one counts."""
        del at_s
        self._frame = frame

    def marker(self, at_s: float, label: str) -> None:
        """A picture has no chapters."""

    def close(self, at_s: float) -> None:
        """Paint it."""
        del at_s
        if self._frame is not None:
            self._painter.paint(self._frame)
        self._painter.image.save(self._out, "PNG")
