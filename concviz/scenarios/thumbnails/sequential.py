"""Thumbnails, one after another."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import paint, shrink

with TemporaryDirectory() as folder:
    for path in paint(Path(folder)):
        shrink(path)
