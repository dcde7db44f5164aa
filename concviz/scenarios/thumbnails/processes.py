"""Thumbnails by a pool of processes: only a path is sent to each, and what it computes is written by itself."""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import paint, shrink

WORKERS = int(os.environ.get("WORKERS", 2))

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        paths = paint(Path(folder))
        with ProcessPoolExecutor(WORKERS) as pool:
            list(pool.map(shrink, paths))
