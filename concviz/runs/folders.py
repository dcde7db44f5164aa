"""Where runs keep their shared memory and their recordings, and the removal of what a killed owner left behind."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from concviz.runs import descendants

MEMORY_WANTED_BYTES = 256 << 20
"""Free memory a shared memory file system must have; else the temporary folder serves, slower but safe."""

RECORDING = "run.cvz"
"""The name of a run's recording in its folder."""

KEPT_SECONDS = 24 * 3600
"""So long the recording of a run whose owner was killed is kept, for whoever looks for it."""

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
    """Remove what owners who were killed left, of this user; gives what went.

    Shared memory: where the supervisor, whose pid lies in the folder, was killed too; else it removes it itself. Recordings,
    which may be all that tells of a crash: KEPT_SECONDS after they were last written. What holds neither: at once.
    """
    orphaned = [folder for root in {memory_root(), Path(tempfile.gettempdir())} for folder in _orphaned(root)]
    scratch = [folder for folder in orphaned if (folder / RECORDING).exists()]
    removed = [folder for folder in orphaned if folder not in scratch]
    removed += [folder for folder in scratch if time.time() - (folder / RECORDING).stat().st_mtime > KEPT_SECONDS]
    for folder in removed:
        shutil.rmtree(folder, ignore_errors=True)
    return removed


def _orphaned(root: Path) -> list[Path]:
    """Our folders in which nobody works any more."""
    found = []
    for folder in root.glob(PREFIX + "[0-9]*-*"):
        with contextlib.suppress(OSError):  # another concviz was quicker
            pids = [folder.name.split("-")[1], *(path.suffix[1:] for path in folder.glob("supervisor.*"))]
            mine = folder.stat().st_uid == os.getuid() if hasattr(os, "getuid") else True
            if mine and not any(pid.isdigit() and descendants.alive(int(pid)) for pid in pids):
                found.append(folder)
    return found


def remove_of(pid: int, limit_seconds: float) -> None:
    """Remove the folders of an owner that was killed, as soon as its supervisors have ended its programs, or after that time."""
    end = time.monotonic() + limit_seconds
    while _worked_in(pid) and time.monotonic() < end:
        time.sleep(0.01)
    for folder in _of(pid):
        shutil.rmtree(folder, ignore_errors=True)


def _of(pid: int) -> list[Path]:
    """Its folders."""
    return [folder for root in {memory_root(), Path(tempfile.gettempdir())} for folder in root.glob(f"{PREFIX}{pid}-*")]


def _worked_in(pid: int) -> bool:
    """Whether a supervisor of that owner lives."""
    marks = [mark.suffix[1:] for folder in _of(pid) for mark in folder.glob("supervisor.*")]
    return any(mark.isdigit() and descendants.alive(int(mark)) for mark in marks)
