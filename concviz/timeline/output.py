"""The program's words, by worker: bytes as they came out of the pipe, matched with the writes that workers told of.

A worker's OUTPUT event has the size and the CRC of one text it wrote. At the place reached in a stream the next text of
some worker must follow; which one, the CRC tells. What nobody told of (C code, `os.write`, an unwatched child) stays
without a worker. Bytes and events come by different ways, so nothing is called unknown before the events of its time
are surely there.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.writers import Text, Writers

if TYPE_CHECKING:
    from concviz.timeline.columns import Batch

LINES = 5000
"""Lines that are kept; older ones are let go and counted."""

PATIENCE_NS = 50_000_000
"""So long after bytes were read, the events that tell who wrote them are surely known."""

BACKLOG_BYTES = 1 << 20
"""Of more than that which waits to be matched, nobody is asked who wrote it: a flood must not take the screen's time."""

LEFT_BYTES = 1 << 16
"""So much of a flood is kept to be matched."""

TEXTS_A_TURN = 5000
"""Texts, and lines of unknown origin, that are told in one `settle`."""

TEXTS_AT_ONCE = 20_000
"""Of more texts in one batch of events the older ones are not looked for."""

LINES_AT_ONCE = 1000
"""Lines of unknown origin that are taken at one go."""

OPEN_LINE_BYTES = 1 << 16
"""A line that is longer is cut there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that a worker wrote, without its end."""

    time_ns: int
    """When it began to write it; when it was read, for worker 0."""
    worker: int
    """0: unknown."""
    stream: int
    """`events.STDOUT` or `events.STDERR`."""
    text: str
    """Bytes that are no UTF-8 stand there as backslash escapes."""


class Output:
    """Owns the words of one run."""

    def __init__(self) -> None:
        self.let_go = 0
        """How many lines are not kept any more."""
        self._lines: list[Line] = []
        self._streams: dict[int, _Stream] = {}
        self._open: dict[tuple[int, int], tuple[int, bytes]] = {}

    @property
    def lines(self) -> list[Line]:
        """The newest lines by the time they were begun, also those that have not ended yet."""
        begun = [_line(time, *key, data) for key, (time, data) in self._open.items()]
        return list(merge(self._lines, sorted(begun, key=_time), key=_time)) if begun else self._lines

    def add_bytes(self, time_ns: int, stream: int, data: bytes) -> None:
        """Bytes at the time they were read."""
        self._stream(stream).add(time_ns, data)

    def add_events(self, batch: Batch) -> None:
        """The OUTPUT events among some events; of a flood only the newest."""
        which = np.flatnonzero(batch["kind"] == Kind.OUTPUT)[-TEXTS_AT_ONCE:]
        columns = (batch[name][which].tolist() for name in ("time", "worker", "resource", "arg"))
        for time, worker, stream, arg in zip(*columns, strict=True):
            self._stream(stream).writers.add(Text(time, worker, arg >> 32, arg & 0xFFFF_FFFF))

    def settle(self, known_ns: int) -> bool:
        """Make lines of what can be told now; whether there is more that can. `known_ns`: all before that is known."""
        more = False
        for number, stream in self._streams.items():
            for time, worker, data in stream.taken(known_ns):
                self._add(time, worker, number, data)
            more = more or stream.more
        if len(self._lines) > LINES:
            self.let_go += len(self._lines) - LINES
            del self._lines[:-LINES]
        return more

    def _stream(self, number: int) -> _Stream:
        return self._streams.setdefault(number, _Stream())

    def _add(self, time_ns: int, worker: int, stream: int, data: bytes) -> None:
        """Add to the line that this worker has begun."""
        key = (worker, stream)
        began, start = self._open.pop(key, (time_ns, b""))
        if not start:
            began = time_ns
        *ended, rest = (start + data).split(b"\n")
        if len(ended) > LINES:
            self.let_go += len(ended) - LINES
            ended = ended[-LINES:]
        for at, text in enumerate(ended):
            insort(self._lines, _line(began if at == 0 else time_ns, worker, stream, text), key=_time)
        if len(rest) > OPEN_LINE_BYTES:
            insort(self._lines, _line(time_ns, worker, stream, rest), key=_time)
        elif rest:
            self._open[key] = (time_ns if ended else began, rest)


def _time(line: Line) -> int:
    return line.time_ns


def _line(time_ns: int, worker: int, stream: int, data: bytes) -> Line:
    return Line(time_ns, worker, stream, data.removesuffix(b"\r").decode("utf-8", "backslashreplace"))


Piece = tuple[int, int, bytes]
"""time_ns, worker, bytes."""


class _Stream:
    """Owns what of one stream has not been told yet."""

    def __init__(self) -> None:
        self.writers = Writers()
        self.more = False
        """Whether the last `taken` left what it could have told."""
        self._data = bytearray()
        self._reads: deque[list[int]] = deque()

    def add(self, time_ns: int, data: bytes) -> None:
        self._data += data
        self._reads.append([time_ns, len(data)])

    def taken(self, known_ns: int) -> list[Piece]:
        """The pieces that can be told now, in the order they were written."""
        pieces = self._flooded()
        at, left, reads = 0, TEXTS_A_TURN, _Reads(self._reads)
        while at < len(self._data) and left > 0:
            text = self.writers.at(self._data, at)
            if (text is None or not self.writers.goes_on(self._data, text, at)) and not self._decided(at, reads, known_ns):
                break
            text = text or self.writers.later_at(self._data, at)
            if text is None:
                size, lines = self._unknown(at)
                left -= lines
                pieces.append((reads.at(at), 0, bytes(self._data[at : at + size])))
            else:
                self.writers.take(text)
                left -= 1
                size = text.size_bytes
                pieces.append((text.time_ns, text.worker, bytes(self._data[at : at + size])))
            at += size
        self._let_go(at)
        self.more = left <= 0
        return pieces

    def _flooded(self) -> list[Piece]:
        """All but the newest bytes, as nobody's, when there is too much."""
        if len(self._data) <= BACKLOG_BYTES:
            return []
        surplus = self._data.find(b"\n", len(self._data) - LEFT_BYTES) + 1 or len(self._data)
        reads = _Reads(self._reads)
        piece = reads.at(0), 0, bytes(self._data[:surplus])
        self.writers.forget(reads.at(surplus - 1))
        self._let_go(surplus)
        return [piece]

    def _decided(self, at: int, reads: _Reads, known_ns: int) -> bool:
        """Whether the events that could tell who wrote this are surely known."""
        longer = self.writers.may_be_longer(len(self._data) - at)
        read_ns = self._reads[-1][0] if longer else reads.at(at)
        return read_ns + PATIENCE_NS <= known_ns

    def _unknown(self, start: int) -> tuple[int, int]:
        """(bytes, lines) that nobody told of: up to the next line that somebody did tell of."""
        at = start
        for lines in range(1, LINES_AT_ONCE):
            end = self._data.find(b"\n", at) + 1
            if not end:
                return len(self._data) - start, lines
            at = end
            if self.writers.at(self._data, at) is not None:
                return at - start, lines
        return at - start, LINES_AT_ONCE

    def _let_go(self, count: int) -> None:
        del self._data[:count]
        while self._reads and count >= self._reads[0][1]:
            count -= self._reads.popleft()[1]
        if self._reads:
            self._reads[0][1] -= count


class _Reads:
    """Owns a place in the reads of a stream; asked for rising places only."""

    def __init__(self, reads: deque[list[int]]) -> None:
        self._left = iter(reads)
        self._time_ns = self._until = 0

    def at(self, place: int) -> int:
        """When the byte there was read."""
        while place >= self._until:
            self._time_ns, size = next(self._left)
            self._until += size
        return self._time_ns
