"""Recordings of runs, also of such that still grow, put together into one file for keeping."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING, Any, BinaryIO

from concviz.errors import RecordingError
from concviz.recordings.follow import RUNS, damaged, foreign, parsed, runs_of
from concviz.recordings.format import FRAME, FRAME_LIMIT_BYTES, HEAD_LIMIT_BYTES, MAGIC, SIZE
from concviz.recordings.format import head as packed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def save(recordings: Sequence[Path], target: Path, **fields: Any) -> None:
    """Write the runs of these recordings, numbered in their order, to a file that must not exist yet.

    `fields` go into its head (scenario, parameters ...). The file appears whole or not at all. RecordingError when it
    exists, cannot be written, or a recording is none.
    """
    _save(recordings, target, fields, os.link)


def save_over(recordings: Sequence[Path], target: Path, **fields: Any) -> None:
    """The same, in the place of a file that may exist: with the person's leave only."""
    _save(recordings, target, fields, os.replace)


def _save(recordings: Sequence[Path], target: Path, fields: dict[str, Any], put: Any) -> None:
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as out:
            _write(recordings, out, fields)
            out.flush()
            os.fsync(out.fileno())
        put(beside, target)
    except FileExistsError as error:
        raise RecordingError(f"{target} exists", "choose another name, or agree to replace it") from error
    except OSError as error:
        raise RecordingError(f"{target} cannot be written: {error.strerror}", "choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _write(recordings: Sequence[Path], out: BinaryIO, fields: dict[str, Any]) -> None:
    heads: list[dict[str, Any]] = []
    firsts = []
    for path in recordings:
        with path.open("rb") as file:
            firsts.append(len(heads))
            heads += runs_of(_head(path, file))
    if len(heads) > RUNS:
        raise RecordingError(f"{len(heads)} runs are too many for one file", f"save {RUNS} at most")
    out.write(packed(format=1, stage=heads, **fields))
    for path, first in zip(recordings, firsts, strict=True):
        with path.open("rb") as file:
            _head(path, file)
            _copy(path, file, out, first)


def _head(path: Path, file: BinaryIO) -> dict[str, Any]:
    """Read past the head; gives it."""
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        raise foreign(path, magic)
    rest = file.read(SIZE.size)
    size = SIZE.unpack(rest)[0] if len(rest) == SIZE.size else HEAD_LIMIT_BYTES + 1
    if size > HEAD_LIMIT_BYTES:
        raise damaged(path)
    return parsed(path, file.read(size))


def _copy(path: Path, file: BinaryIO, out: BinaryIO, first: int) -> None:
    """Every whole frame, its run counted from `first`."""
    while len(start := file.read(FRAME.size)) == FRAME.size:
        size, run, kind, process, time_ns = FRAME.unpack(start)
        if size > FRAME_LIMIT_BYTES or run + first >= RUNS:
            raise damaged(path)
        payload = file.read(size)
        if len(payload) < size:
            return
        out.write(FRAME.pack(size, run + first, kind, process, time_ns))
        out.write(payload)
