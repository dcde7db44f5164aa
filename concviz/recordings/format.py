"""The .cvz file: a JSON head, then frames as they came. Nothing in it is ever executed.

    b"CVZ1", u32 size of the head, the head (JSON, UTF-8), then frames:
    u32 payload bytes, u8 run, u8 type, u16 process, i64 time_ns, payload

`run` tells panes of one stage apart; `process` counts a run's watched processes from 1, 0 is the run itself.
Times are `time.monotonic_ns` of the machine that recorded. A file that ends inside a frame was cut off by a crash:
what is whole before it counts. Standard library only, and no numpy: a supervisor writes these.
"""

from __future__ import annotations

import json
from enum import IntEnum
from struct import Struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"CVZ1"
"""The first four bytes; the digit is the version."""

SIZE = Struct("<I")
"""Size of the head in bytes."""

FRAME = Struct("<IBBHq")
"""payload bytes, run, type, process, time_ns."""

HEAD_LIMIT_BYTES, FRAME_LIMIT_BYTES = 1 << 24, 1 << 28
"""Larger ones are refused: no recording of ours has them."""


def part(recording: Path, number: int) -> Path:
    """Where the first, the second ... part of a recording lies that is written in parts."""
    return recording if number == 1 else recording.with_name(f"{recording.stem}-{number}{recording.suffix}")


def prelude_of(recording: Path) -> Path:
    """Where the frames lie that must be read after the head of a part, before all others; not there: none must."""
    return recording.with_suffix(".prelude")


class Frame(IntEnum):
    """What a frame's payload is."""

    EVENTS = 1  # records of one process, 32 bytes each, as its ring had them
    NAMES = 2  # entries of one process's names file; always before the events that use them
    OUTPUT = 3  # u8 stream, then bytes that the program wrote, at the time they were read
    META = 4  # a JSON object with "what": see below
    SOURCE = 5  # JSON: {"path", "text"}: a file of the program as it was


META_WORDS = """
launch   {argv, python, cwd, script, title, model, lines}: what was asked for
process  {pid, ppid, key}: a watched process was seen (the frame's process index is its)
attached {pid, inside, why, unseen}: it ran already; whether it is watched from inside, or why not; what cannot be seen, in words
ready    {pid, pgid}: the program waits for GO, its probes loaded
go       {}: the common zero, GO was given at the frame's time
gone     {}: the frame's process has ended (seen within 0.1 s)
silent   {limit_bytes}: the program printed more than that; what follows of its words is not kept
lost     {records, names}: so far, of the frame's process
cpu      {seconds, memory_bytes}: used so far by the program and its living children
measure  {budget, share, supervisor_cpu_s, gil_per_s, gil_every_ns, seats_per_s, seats_every_ns, hand_overs, no_gil, other_gils,
         no_seats}:
         how it was looked at from outside so far, at what cost, and what could not be seen (see timeline.measure.Measure)
interrupted  {}: it was asked to end, as by Ctrl-C
time_up  {seconds}: it had run for so long as it was to; it was asked to end, as by Ctrl-C
note     {words, worker}: what a trigger was set for happened at the frame's time; the worker's uid or ""
before   {from_ns, events, workers, where}: the recording begins there; of the time before it has only what tells how things stood
failure  {words}: our own trouble with this run, for people
exit     {code, signal, cpu_seconds, children_left, stopped, apart}: the program ended; signal 0 when it exited; apart: of one that was
         attached to: "detached", or "gone", of which only its parent knows how
close    {}: nothing follows
"""
"""The META frames, by their `what`."""


def head(**fields: Any) -> bytes:
    """The start of a file."""
    body = json.dumps(fields).encode()
    return MAGIC + SIZE.pack(len(body)) + body


def frame(kind: Frame, time_ns: int, payload: bytes, process: int = 0, run: int = 0) -> bytes:
    """One frame, whole."""
    return FRAME.pack(len(payload), run, kind, process, time_ns) + payload


def meta(what: str, time_ns: int, process: int = 0, **fields: Any) -> bytes:
    """One META frame, whole."""
    return frame(Frame.META, time_ns, json.dumps({"what": what, **fields}).encode(), process)
