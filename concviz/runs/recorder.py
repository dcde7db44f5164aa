"""A run's folder of shared memory into one growing .cvz file, as it comes. The file's only writer."""

from __future__ import annotations

import contextlib
import shutil
import time
from typing import TYPE_CHECKING

from concviz.events import RECORD_BYTES
from concviz.recordings.format import Frame, frame, head, meta, part
from concviz.ring.reader import FolderReader, ProcessReader
from concviz.runs import descendants
from concviz.runs.sources import Sources
from concviz.sampling.pace import BUDGET
from concviz.sampling.sampler import Sampler

if TYPE_CHECKING:
    from pathlib import Path

LIMIT_BYTES = 8 << 30
"""A recording grows no larger; what comes after is counted as lost."""

PIECE_BYTES = 2048 * RECORD_BYTES
"""Of a recording in parts no frame of events is larger, so that the smallest part holds one."""

GONE_NS = 50_000_000
"""How often it is asked which of the watched processes have ended."""

MEASURE_NS = 1_000_000_000
"""How often it is told how the program was looked at, and at what cost."""


class Recorder:
    """Owns the file and the reading ends; `drain` is called many times a second by the supervisor."""

    def __init__(self, path: Path, folder: Path, settings: dict[str, object]) -> None:
        self._path, self._part = path, 1
        self._file = path.open("ab", buffering=0)
        self._folder = folder
        self._reader = FolderReader(folder)
        self._indices: dict[str, int] = {}
        self._losses: dict[str, tuple[int, int]] = {}
        self._written = 0
        self._next_gone_ns = self._next_measure_ns = 0
        self._measured = False
        self.sources = Sources(self.write)
        """The program's own files."""
        budget = settings.get("budget", BUDGET)
        self.sampler = Sampler(budget if isinstance(budget, float | int) else BUDGET)
        """Knows from the names that pass what there is to look at."""
        rotate = settings.get("rotate_bytes")
        self._limit_bytes = rotate if isinstance(rotate, int) else LIMIT_BYTES
        self._rotates = isinstance(rotate, int)
        self._head = head(format=1, launch=settings)
        self.write(self._head)

    def write(self, data: bytes) -> None:
        """Append whole frames. A full disk loses them: the program goes on."""
        with contextlib.suppress(OSError):
            if self._rotates and self._written + len(data) > self._limit_bytes and self._written > len(self._head):
                self._turn()
            self._written += self._file.write(data)

    def _turn(self) -> None:
        """Go on in the next part. It must be read after what the one before it holds: the owner writes its prelude."""
        self._part += 1
        following = part(self._path, self._part).open("ab", buffering=0)
        self._file.close()
        self._file = following
        self._written = self._file.write(self._head)

    @property
    def pids(self) -> list[int]:
        """The watched processes that are not known to have ended."""
        return [process.pid for process in self._reader.processes.values()]

    def drain(self, *, last: bool = False) -> None:
        """Append everything new from shared memory, names before the events that use them."""
        now = time.monotonic_ns()
        self._find(now)
        for process in list(self._reader.processes.values()):
            self._copy(process, now, last=last)
        if now >= self._next_gone_ns:
            self._next_gone_ns = now + GONE_NS
            self._retire(now)
        if now >= self._next_measure_ns and not self._measured:
            self.measure()

    @property
    def _roomy(self) -> bool:
        return self._rotates or self._written < self._limit_bytes

    def measure(self) -> None:
        """Tell how the program was looked at so far."""
        now = time.monotonic_ns()
        self._next_measure_ns = now + MEASURE_NS
        self.write(meta("measure", now, **self.sampler.measured()))

    def measure_last(self) -> None:
        """Likewise for the last time, when the program has ended: what follows would only thin the figures out."""
        if not self._measured:
            self.measure()
            self._measured = True

    def _find(self, now: int) -> None:
        """Meet the processes and the rings that are new."""
        for process in self._reader.find():
            index = self._indices[process.key] = len(self._indices) + 1
            self.write(meta("process", now, index, pid=process.pid, key=process.key))

    def _copy(self, process: ProcessReader, now: int, *, last: bool) -> None:
        index = self._indices[process.key]
        names, records = process.take(last=last)
        if names:
            self.write(frame(Frame.NAMES, now, names, index))
            self.sampler.absorb(index, process.pid, names)
            self.sources.absorb(names)
        looks = self.sampler.take(index)
        if looks and self._roomy:
            self.write(frame(Frame.EVENTS, now, looks, index))
        if records and self._roomy:
            size = PIECE_BYTES if self._rotates else len(records)
            for at in range(0, len(records), size):
                self.write(frame(Frame.EVENTS, now, records[at : at + size], index))
        losses = process.losses
        if losses != self._losses.get(process.key, (0, 0)):
            self._losses[process.key] = losses
            self.write(meta("lost", now, index, records=losses[0], names=losses[1]))

    def _retire(self, now: int) -> None:
        """Read the processes that have ended to their last word, and give their memory back."""
        for process in [each for each in self._reader.processes.values() if not descendants.alive(each.pid)]:
            self._find(now)
            self._copy(process, now, last=True)
            self.write(meta("gone", now, self._indices[process.key]))
            process.close()
            self.sampler.forget(self._indices[process.key])
            del self._reader.processes[process.key]

    def close(self) -> None:
        """Everything that is left, then the end of the file; the folder's memory is given back."""
        self.drain(last=True)
        self.measure_last()
        self.write(meta("close", time.monotonic_ns()))
        self._file.close()
        for process in self._reader.processes.values():
            process.close()
        shutil.rmtree(self._folder, ignore_errors=True)
