"""What programs printed, with words masked in it: equally many bytes, and the sums by which its texts are told apart with it.

A worker's OUTPUT event has the size and the CRC of a text that it wrote (see timeline.output): where a text is masked, its
event gets the sum of what stands there now, so that it still says who wrote it.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING
from zlib import crc32

from concviz.events import Kind
from concviz.recordings.format import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RECORD = Struct("<8xq4xI4xH2x")
"""Of a ring's record: arg, resource, kind."""

ARG = Struct("<q")
ARG_AT = 8
"""Where a record has its arg."""

FrameParts = tuple[int, int, int, int, bytes]
"""run, kind, process, time_ns, payload"""

Key = tuple[int, int]
"""A run and one of its streams."""


class Printed:
    """Owns the masked words of one recording; asked for them frame by frame, in its order."""

    def __init__(self, frames: Callable[[], Iterable[FrameParts]], mask: Callable[[bytes], bytes]) -> None:
        """`mask` gives equally many bytes."""
        parts: dict[Key, list[bytes]] = {}
        for run, kind, _, _, payload in frames():
            if kind == Frame.OUTPUT and payload:
                parts.setdefault((run, payload[0]), []).append(payload[1:])
        whole = {key: b"".join(found) for key, found in parts.items()}
        masked = {key: mask(data) for key, data in whole.items()}
        self._masked = {key: data for key, data in masked.items() if data != whole[key]}
        self._at = dict.fromkeys(self._masked, 0)
        self._args: dict[Key, dict[int, int]] = {}
        if self._masked:
            told = _told(frames())
            self._args = {key: _sums(whole[key], data, told.get(key, set())) for key, data in self._masked.items()}

    def output(self, run: int, payload: bytes) -> bytes:
        """The next OUTPUT frame's payload."""
        key = run, payload[0] if payload else 0
        data = self._masked.get(key)
        if data is None:
            return payload
        at = self._at[key]
        self._at[key] = at + len(payload) - 1
        return payload[:1] + data[at : at + len(payload) - 1]

    def events(self, run: int, payload: bytes) -> bytes:
        """An EVENTS frame's payload."""
        if not any(self._args.get((run, stream)) for stream in (1, 2)):
            return payload
        changed = bytearray(payload)
        for place, arg, stream in _outputs(payload):
            new = self._args.get((run, stream), {}).get(arg)
            if new is not None:
                ARG.pack_into(changed, place * RECORD.size + ARG_AT, new)
        return bytes(changed)


def _told(frames: Iterable[FrameParts]) -> dict[Key, set[int]]:
    """The args of all OUTPUT events."""
    found: dict[Key, set[int]] = {}
    for run, kind, _, _, payload in frames:
        if kind == Frame.EVENTS:
            for _, arg, stream in _outputs(payload):
                found.setdefault((run, stream), set()).add(arg)
    return found


def _outputs(payload: bytes) -> Iterator[tuple[int, int, int]]:
    """(place, arg, stream) of the OUTPUT events in a frame."""
    whole = len(payload) - len(payload) % RECORD.size
    for place, (arg, stream, kind) in enumerate(RECORD.iter_unpack(memoryview(payload)[:whole])):
        if kind == Kind.OUTPUT:
            yield place, arg, stream


def _sums(old: bytes, new: bytes, args: set[int]) -> dict[int, int]:
    """The arg of each text that is masked -> its arg now."""
    sizes = sorted({arg >> 32 for arg in args})
    found: dict[int, int] = {}
    for first, until in _differing(old, new):
        for size in sizes:
            for at in range(max(until - size, 0), min(first, len(old) - size) + 1):
                arg = size << 32 | crc32(old[at : at + size])
                if arg in args:
                    found[arg] = size << 32 | crc32(new[at : at + size])
    return found


def _differing(old: bytes, new: bytes) -> Iterator[tuple[int, int]]:
    """Lines that are not as they were: the first and the last byte that differ, from and until."""
    at = 0
    for was, now in zip(old.splitlines(keepends=True), new.splitlines(keepends=True), strict=True):
        if was != now:
            places = [place for place, (one, other) in enumerate(zip(was, now, strict=True)) if one != other]
            yield at + places[0], at + places[-1] + 1
        at += len(was)
