"""One frame as a picture in a file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from concviz.films import FORMATS
from concviz.recordings.exporters import target

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.films.frame import Film, Frame


def write(path: Path, film: Film, frame: Frame, *, force: bool = False) -> None:
    """As .svg or .png, as the path ends. TargetError when it exists or cannot be written, PlatformError without pillow."""
    module = import_module(f"concviz.films.{FORMATS[path.suffix.lower()]}")
    getattr(module, "check", lambda: None)()
    with target.made(path, force=force) as out:
        writer = module.Writer(film, out)
        writer.frame(0, frame)
        writer.close(0)
