"""A stretch of a recording as a recording of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.recordings.format import FRAME, MAGIC, SIZE, Frame
from concviz.timeline.batches import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO

LATE_NS = 1_000_000_000
"""What happened by a time is in frames that are no later than that: they are written when memory is drained, many times a second."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is wanted of a recording."""

    from_ns: int
    to_ns: int
    first: bytes
    """Frames that come first: its prelude."""
    last: bytes
    """And last."""


def cut(recordings: Sequence[Path], at: int, stretch: Stretch, target: Path) -> None:
    """Write what there is of it in these recordings, which follow one another.

    `at`: a place between two frames of the first before which nothing of the stretch lies; 0: not known. OSError.
    """
    with target.open("xb") as out:
        for number, recording in enumerate(recordings):
            with recording.open("rb") as source:
                head = _head(source)
                out.write(b"" if number else head + stretch.first)
                source.seek(len(head) if number else max(at, len(head)))
                out.writelines(_frames(source, stretch))
        out.write(stretch.last)


def _head(source: BinaryIO) -> bytes:
    start = source.read(len(MAGIC) + SIZE.size)
    return start + source.read(SIZE.unpack(start[len(MAGIC) :])[0])


def _frames(source: BinaryIO, stretch: Stretch) -> Iterable[bytes]:
    """Names and files are in the prelude already."""
    while len(start := source.read(FRAME.size)) == FRAME.size:
        size, run, kind, process, time_ns = FRAME.unpack(start)
        if time_ns < stretch.from_ns or kind in {Frame.NAMES, Frame.SOURCE}:
            source.seek(size, 1)
        elif time_ns >= stretch.to_ns + LATE_NS:
            return
        elif kind == Frame.EVENTS:
            payload = _records(source.read(size), stretch)
            yield FRAME.pack(len(payload), run, kind, process, min(time_ns, stretch.to_ns)) + payload
        elif time_ns < stretch.to_ns:
            yield start + source.read(size)
        else:
            source.seek(size, 1)


def _records(payload: bytes, stretch: Stretch) -> bytes:
    records = np.frombuffer(payload, dtype=RECORDS, count=len(payload) // RECORDS.itemsize)
    return records[(records["time"] >= stretch.from_ns) & (records["time"] < stretch.to_ns)].tobytes()
