"""Thumbnails by a pool of threads: reading and writing can overlap, the computing cannot, with a GIL."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import paint, shrink

WORKERS = int(os.environ.get("WORKERS", 2))

with TemporaryDirectory() as folder:
    paths = paint(Path(folder))
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="worker") as pool:
        list(pool.map(shrink, paths))
