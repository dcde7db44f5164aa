"""Follow: a recording read into timelines, while it grows or when it is finished: the one path of live and replay."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from concviz.errors import RecordingError
from concviz.recordings.format import FRAME, FRAME_LIMIT_BYTES, HEAD_LIMIT_BYTES, MAGIC, SIZE, Frame, part, prelude_of
from concviz.timeline.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READ_BYTES = 1 << 20
"""What one `poll` reads at most, so that a screen stays awake while a large recording is opened."""


RUNS = 256
"""Runs that one file can tell apart."""


class Follow:
    """Owns the reading of one file and the timelines it fills, one a run. Used by one thread."""

    def __init__(self, path: Path, keep: int | None = None) -> None:
        """Nothing is read yet; the file need not be there yet. `keep`: events that stay in memory, as for Timeline."""
        self._path = path
        self._keep = keep
        self._file: BinaryIO | None = None
        self._rest = bytearray()
        self._number, self._headed = 1, False
        self.turned: Callable[[Path], None] | None = None
        """Called with the next part of a recording in parts when all that is before it is in the timelines."""
        self.head: dict[str, Any] = {}
        """The file's head, once it is read: {format, launch} of a run, {format, stage: [heads of runs], ...} of several."""
        self.timelines: list[Timeline] = [Timeline(keep)]
        """By the run's number in the file. There is one from the start."""

    @property
    def place(self) -> int:
        """How many of the file's bytes were taken in: where the next frame begins."""
        return self._file.tell() - len(self._rest) if self._file is not None else 0

    @property
    def cut(self) -> bool:
        """Whether the file, as far as it was read, ends inside a frame: still being written, or cut off by a crash."""
        return bool(self._rest)

    def poll(self) -> bool:
        """Take in whole frames that are new, and settle the timelines; whether there was anything.

        RecordingError when the file is not a recording, has another version, or is damaged.
        """
        data = self._read()
        more = [timeline.more for timeline in self.timelines]
        if not data and not any(more):
            return False
        self._rest += data
        known = self._take()
        if not known and not any(more):
            return bool(data)
        for number, timeline in enumerate(self.timelines):
            if number in known or timeline.more:
                timeline.settle(known.get(number, 0))
        return True

    def close(self) -> None:
        """Close the file; the timelines stay."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _read(self) -> bytes:
        if self._file is None:
            with contextlib.suppress(FileNotFoundError):
                self._file = self._path.open("rb")
        return (self._file.read(READ_BYTES) or self._next_part()) if self._file is not None else b""

    def _next_part(self) -> bytes:
        """What the next part begins with, if there is one: it is made when nothing more goes into this one."""
        following = part(self._path, self._number + 1)
        if self.turned is None or not following.exists():
            return b""
        data = self._file.read(READ_BYTES) if self._file is not None else b""
        if not data and not any(timeline.more for timeline in self.timelines):
            self.turned(following)
            self.close()
            self._rest.clear()
            self._number, self._headed, self._file = self._number + 1, False, following.open("rb")
        return data

    def _take(self) -> dict[int, int]:
        """Hand on what is whole; gives the time of the last frame of each run that had one."""
        at = 0 if self._headed else self._take_head()
        known: dict[int, int] = {}
        while len(self._rest) - at >= FRAME.size and self._headed:
            size, run, kind, process, time_ns = FRAME.unpack_from(self._rest, at)
            if size > FRAME_LIMIT_BYTES or run >= len(self.timelines):
                raise damaged(self._path)
            if len(self._rest) - at < FRAME.size + size:
                break
            at += FRAME.size
            self._hand_on(self.timelines[run], kind, process, time_ns, bytes(self._rest[at : at + size]))
            at += size
            known[run] = time_ns
        del self._rest[:at]
        return known

    def _take_head(self) -> int:
        """Read the head if it is there; gives its size in bytes."""
        start = bytes(self._rest[: len(MAGIC)])
        if not MAGIC.startswith(start):
            raise foreign(self._path, start)
        if len(self._rest) < len(MAGIC) + SIZE.size:
            return 0
        (size,) = SIZE.unpack_from(self._rest, len(MAGIC))
        if size > HEAD_LIMIT_BYTES:
            raise damaged(self._path)
        end: int = len(MAGIC) + SIZE.size + size
        if len(self._rest) < end:
            return 0
        self._headed = True
        if self.head:
            return end
        self.head = parsed(self._path, bytes(self._rest[end - size : end]))
        with contextlib.suppress(FileNotFoundError):
            self._rest[end:end] = prelude_of(self._path).read_bytes()
        heads = runs_of(self.head)
        if len(heads) > RUNS:
            raise damaged(self._path)
        self.timelines += [Timeline(self._keep) for _ in heads[1:]]
        for timeline, run in zip(self.timelines, heads, strict=True):
            launch = run.get("launch")
            self._tell(timeline, 0, 0, (launch if isinstance(launch, dict) else {}) | {"what": "launch"})
        return end

    def _tell(self, timeline: Timeline, process: int, time_ns: int, fields: dict[str, Any]) -> None:
        try:
            timeline.add_meta(process, time_ns, fields)
        except (ValueError, TypeError, OverflowError) as error:
            raise damaged(self._path) from error

    def _hand_on(self, timeline: Timeline, kind: int, process: int, time_ns: int, payload: bytes) -> None:
        if kind == Frame.EVENTS:
            timeline.add_events(process, payload)
        elif kind == Frame.NAMES:
            timeline.add_names(process, payload)
        elif kind == Frame.OUTPUT and payload:
            timeline.add_output(time_ns, payload[0], payload[1:])
        elif kind == Frame.META:
            self._tell(timeline, process, time_ns, parsed(self._path, payload))
        elif kind == Frame.SOURCE:
            source = parsed(self._path, payload)
            timeline.add_source(str(source.get("path", "")), str(source.get("text", "")))


def opened(path: Path, keep: int | None = None) -> Follow:
    """A finished recording, read to its end; one that was cut off by a crash counts as far as it goes. `keep`: as for Follow.

    RecordingError when it cannot be read, is not one, or holds nothing.
    """
    follow = Follow(path, keep)
    try:
        while follow.poll():
            pass
    except OSError as error:
        raise RecordingError(f"{path} cannot be read: {error.strerror}", "check the path") from error
    finally:
        follow.close()
    if not path.exists():
        raise RecordingError(f"there is no file {path}", "check the path")
    if not follow.head or not any(timeline.revision for timeline in follow.timelines):
        raise RecordingError(f"{path} holds nothing", "its run ended before anything was written: record it again")
    for timeline in follow.timelines:
        timeline.nothing_follows()
    return follow


def runs_of(head: dict[str, Any]) -> list[dict[str, Any]]:
    """The heads of the runs in a file: of several where it is a stage's, else its own."""
    stage = head.get("stage")
    return [run for run in stage if isinstance(run, dict)] or [head] if isinstance(stage, list) else [head]


def parsed(path: Path, payload: bytes) -> dict[str, Any]:
    """A JSON object. RecordingError for anything else."""
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(found, dict):
        raise damaged(path)
    return found


def foreign(path: Path, start: bytes) -> RecordingError:
    """What to raise for a file that begins otherwise."""
    if start[:3] == MAGIC[:3] and start[3:].isdigit():
        words = f"{path} has format {start[3:].decode()}, this concviz reads {MAGIC[3:].decode()}"
        return RecordingError(words, "open it with the concviz that wrote it")
    return RecordingError(f"{path} is not a recording", "recordings end in .cvz and are saved with the key s")


def damaged(path: Path) -> RecordingError:
    """What to raise for a file that no concviz wrote like that."""
    return RecordingError(f"{path} is damaged", "record the run again")
