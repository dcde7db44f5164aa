"""The film as WebM: as an MP4, with another codec."""

from __future__ import annotations

from concviz.films import movie
from concviz.films.movie import check

__all__ = ["Writer", "check"]


class Writer(movie.Writer):
    """The same but for what ffmpeg is told."""

    suffix = ".webm"
