"""Recordings of runs, also of such that still grow, put together into one file for keeping."""

from __future__ import annotations

import contextlib
import os
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from concviz.errors import RecordingError
from concviz.recordings.follow import RUNS, damaged, foreign, parsed, runs_of
from concviz.recordings.format import FRAME, FRAME_LIMIT_BYTES, HEAD_LIMIT_BYTES, MAGIC, SIZE, Frame, prelude_of
from concviz.recordings.format import head as packed
from concviz.recordings.printed import Printed
from concviz.recordings.redaction import Redaction, usual

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def save(recordings: Sequence[Path], target: Path, redaction: Redaction | None = None, **fields: Any) -> None:
    """Write the runs of these recordings, numbered in their order, to a file that must not exist yet.

    `fields` go into its head (scenario, parameters ...). `redaction`: what is left out; None: the usual. The file appears
    whole or not at all. RecordingError when it exists, cannot be written, or a recording is none.
    """
    _save(recordings, target, redaction or usual(), fields, os.link)


def save_over(recordings: Sequence[Path], target: Path, redaction: Redaction | None = None, **fields: Any) -> None:
    """The same, in the place of a file that may exist: with the person's leave only."""
    _save(recordings, target, redaction or usual(), fields, os.replace)


def head_of(recording: Path) -> dict[str, Any]:
    """What its head says besides its runs: title, parameters, the machine. RecordingError when it is none; OSError."""
    with recording.open("rb") as file:
        return {key: value for key, value in _head(recording, file).items() if key not in {"format", "stage", "launch"}}


def _save(recordings: Sequence[Path], target: Path, redaction: Redaction, fields: dict[str, Any], put: Any) -> None:
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as out:
            _write(recordings, out, redaction, fields)
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


def _write(recordings: Sequence[Path], out: BinaryIO, redaction: Redaction, fields: dict[str, Any]) -> None:
    heads: list[dict[str, Any]] = []
    firsts = []
    for path in recordings:
        with path.open("rb") as file:
            firsts.append(len(heads))
            heads += runs_of(_head(path, file))
    if len(heads) > RUNS:
        raise RecordingError(f"{len(heads)} runs are too many for one file", f"save {RUNS} at most")
    out.write(packed(format=1, stage=[redaction.head(head) for head in heads], **redaction.head(fields)))
    for path, first in zip(recordings, firsts, strict=True):
        printed = Printed(partial(_frames, path), redaction.printed)
        for run, kind, process, time_ns, payload in _frames(path):
            if run + first >= RUNS:
                raise damaged(path)
            kept = _redacted(path, redaction, kind, payload)
            if kept is not None and kind == Frame.OUTPUT:
                kept = printed.output(run, payload)
            elif kind == Frame.EVENTS:
                kept = printed.events(run, payload)
            if kept is not None:
                out.write(FRAME.pack(len(kept), run + first, kind, process, time_ns) + kept)


def _redacted(path: Path, redaction: Redaction, kind: int, payload: bytes) -> bytes | None:
    try:
        return redaction.frame(kind, payload)
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error


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


def _prelude(path: Path) -> Iterator[tuple[int, int, int, int, bytes]]:
    """Likewise, of a part: what must come first."""
    with contextlib.suppress(FileNotFoundError):
        data, at = prelude_of(path).read_bytes(), 0
        while at < len(data):
            size, run, kind, process, time_ns = FRAME.unpack_from(data, at)
            at += FRAME.size + size
            yield run, kind, process, time_ns, data[at - size : at]


def _frames(path: Path) -> Iterator[tuple[int, int, int, int, bytes]]:
    """(run, kind, process, time_ns, payload) of every whole frame."""
    with path.open("rb") as file:
        _head(path, file)
        yield from _prelude(path)
        while len(start := file.read(FRAME.size)) == FRAME.size:
            size, run, kind, process, time_ns = FRAME.unpack(start)
            if size > FRAME_LIMIT_BYTES:
                raise damaged(path)
            payload = file.read(size)
            if len(payload) < size:
                return
            yield run, kind, process, time_ns, payload
