"""Protocol Buffers by the thousand: columns of numbers become messages without a loop over them.

A number's bytes (varint) may be padded, as the format's own writers do for lengths: so each field takes equally many bytes
in all messages of a batch, and a batch is a matrix of bytes, a row a message. Fields that not all messages have are masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers = npt.NDArray[Any]
"""A whole number, not below 0, a message."""

Mask = npt.NDArray[np.bool_]
"""Which messages have a field."""

VARINT, FIXED64, LENGTH = 0, 1, 2
"""Wire types."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of every message of a batch, or of those of them that the mask says."""

    data: npt.NDArray[np.uint8]
    """[message, byte]"""
    mask: Mask | None = None

    def sizes(self) -> npt.NDArray[np.int64]:
        """The bytes that each message gets of it."""
        rows, width = self.data.shape
        return np.full(rows, width) if self.mask is None else self.mask * width


def number(field: int, values: Numbers, mask: Mask | None = None) -> Piece:
    """A whole number a message."""
    digits = _varints(values)
    return Piece(np.hstack((_tags(field, VARINT, len(values)), digits)), mask)


def fixed64(field: int, values: Numbers, mask: Mask | None = None) -> Piece:
    """A whole number a message, in eight bytes."""
    data = values.astype("<u8").view(np.uint8).reshape(-1, 8)
    return Piece(np.hstack((_tags(field, FIXED64, len(values)), data)), mask)


def message(field: int, pieces: Sequence[Piece]) -> list[Piece]:
    """A message within each message, of these pieces."""
    sizes = np.sum([piece.sizes() for piece in pieces], axis=0)
    return [Piece(np.hstack((_tags(field, LENGTH, len(sizes)), _varints(sizes)))), *pieces]


def joined(pieces: Sequence[Piece]) -> bytes:
    """The messages one after the other."""
    data = np.hstack([piece.data for piece in pieces])
    if all(piece.mask is None for piece in pieces):
        return data.tobytes()
    masks = [
        np.ones(piece.data.shape, bool) if piece.mask is None else np.repeat(piece.mask[:, None], piece.data.shape[1], 1)
        for piece in pieces
    ]
    return bytes(data[np.hstack(masks)])


def one(field: int, value: int | str | bytes) -> bytes:
    """A single field: a number not below 0, a text, or a message that is made already."""
    if isinstance(value, int):
        return _varint(field << 3 | VARINT) + _varint(value)
    data = value.encode("utf-8", "replace") if isinstance(value, str) else value
    return _varint(field << 3 | LENGTH) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _tags(field: int, wire: int, rows: int) -> npt.NDArray[np.uint8]:
    tag = np.frombuffer(_varint(field << 3 | wire), dtype=np.uint8)
    return np.broadcast_to(tag, (rows, len(tag)))


def _varints(values: Numbers) -> npt.NDArray[np.uint8]:
    """As [message, byte], as wide as the largest needs."""
    wide = values.astype(np.uint64)
    width = len(_varint(int(wide.max()))) if len(wide) else 1
    found = np.empty((len(wide), width), dtype=np.uint8)
    for at in range(width):
        found[:, at] = (wide >> np.uint64(7 * at)) & np.uint64(0x7F)
    found[:, : width - 1] |= 0x80
    return found
