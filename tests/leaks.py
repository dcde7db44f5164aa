"""What a test leaves behind: threads, processes, shared memory. Only its own counts, whatever else this machine does."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path

MARK = "CONCVIZ_TEST"
"""An environment variable that every process started during a test inherits, however it is related to us later."""

LIMIT_SECONDS = 5.0
"""What is on its way out may take this long."""

STANDARD_LIBRARYS_OWN = (b"multiprocessing.resource_tracker", b"multiprocessing.forkserver")
"""Helpers that multiprocessing starts once and keeps until the interpreter ends."""

PROC = Path("/proc")


class Before:
    """What there was when a test began."""

    def __init__(self, mark: str) -> None:
        self._mark = f"{MARK}={mark}".encode()
        self._threads = set(threading.enumerate())
        self._processes = self._of_ours()
        self._folders = _folders()

    def left(self, limit_seconds: float = LIMIT_SECONDS) -> list[str]:
        """What the test has left, in words; empty as soon as there is nothing."""
        end = time.monotonic() + limit_seconds
        while (found := self._now()) and time.monotonic() < end:
            time.sleep(0.01)
        return found

    def _now(self) -> list[str]:
        threads = [f"thread {thread.name}" for thread in threading.enumerate() if thread not in self._threads]
        processes = [f"process {pid}: {words}" for pid, words in self._of_ours().items() if pid not in self._processes]
        folders = [f"folder {folder}" for folder in _folders() - self._folders]
        return threads + processes + folders

    def _of_ours(self) -> dict[int, str]:
        """Our children, and whoever carries the mark: pid -> command line. Empty where there is no /proc."""
        found = {}
        for folder in PROC.glob("[0-9]*"):
            try:
                if not (_parent(folder) == os.getpid() or self._mark in (folder / "environ").read_bytes().split(b"\0")):
                    continue
                words = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if not any(name in words for name in STANDARD_LIBRARYS_OWN):
                found[int(folder.name)] = words.replace(b"\0", b" ").decode(errors="replace") or "ended, but nobody waited for it"
        return found


def _parent(folder: Path) -> int:
    return int((folder / "stat").read_bytes().rpartition(b")")[2].split()[1])


def _folders() -> set[Path]:
    """Folders of runs that this process owns: their names hold its pid."""
    roots = {Path("/dev/shm"), Path(tempfile.gettempdir())}
    return {folder for root in roots for folder in root.glob(f"concviz-{os.getpid()}-*")}
