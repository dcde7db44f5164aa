"""Where runs keep their shared memory and their recordings, and the removal of what a killed owner left behind."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from concviz.runs import descendants

MEMORY_WANTED_BYTES = 256 << 20
"""Free memory a shared memory file system must have; else the temporary folder serves, slower but safe."""

PREFIX = "concviz-"
"""What our folders' names begin with; then the owner's pid."""


def memory_root() -> Path:
    """Where shared memory files go: memory where there is enough of it, else the temporary folder."""
    shared = Path("/dev/shm")  # noqa: S108 - private folders are made in it
    try:
        free = os.statvfs(shared)
    except OSError:
        return Path(tempfile.gettempdir())
    roomy = free.f_bavail * free.f_frsize >= MEMORY_WANTED_BYTES and os.access(shared, os.W_OK)
    return shared if roomy else Path(tempfile.gettempdir())


def make(root: Path) -> Path:
    """A new folder of this process in `root`, for its owner's eyes only."""
    folder = root / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    return folder


def sweep() -> list[Path]:
    """Remove the shared memory that owners who were killed together with their supervisors left; gives what went.

    A supervisor whose owner is gone removes its own, so only a folder whose owner and supervisor are both dead
    is taken: the supervisor's pid lies in it.
    """
    removed = []
    for folder in memory_root().glob(PREFIX + "*-*"):
        pids = [folder.name.split("-")[1], *(path.suffix[1:] for path in folder.glob("supervisor.*"))]
        mine = folder.stat().st_uid == os.getuid() if hasattr(os, "getuid") else True
        if mine and not any(pid.isdigit() and descendants.alive(int(pid)) for pid in pids):
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder)
    return removed
