"""The entries of a names file, as the watched side wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.errors import RecordingError
from concviz.events import FIELD_SEPARATOR
from concviz.ring.layout import ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterator


def entries(names: bytes) -> Iterator[tuple[int, int, list[str]]]:
    """(table, id, fields) of each entry. RecordingError when the sizes do not add up."""
    at = 0
    while at < len(names):
        if len(names) - at < ENTRY.size:
            raise damaged()
        size, local, table = ENTRY.unpack_from(names, at)
        if size < ENTRY.size or at + size > len(names):
            raise damaged()
        text = names[at + ENTRY.size : at + size].decode("utf-8", "backslashreplace")
        yield table, local, text.split(FIELD_SEPARATOR)
        at += size


def damaged() -> RecordingError:
    """What to raise for names that no probe of ours wrote."""
    return RecordingError("the recording is damaged: its names do not add up", "record the run again")
