"""The options of `concviz run` about runs that last long: how long they may, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from concviz.errors import UsageError
from concviz.verbs import terminal
from concviz.verbs.numbers import COUNT, seconds

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from concviz.recordings.redaction import Redaction
    from concviz.stage import Conditions, Stage

PARTS = 8
"""As `runs.launch.PARTS`."""

LEAST_BYTES = 100_000
"""A part is no smaller."""

MOST_BYTES = 8 << 30
"""Nor larger: so large a recording is at most."""

LEAST_EVENTS = 1000
"""Fewer show nothing."""

AROUND_S = 5.0
"""As `triggers.watch.AROUND_S`, without loading that."""

WORDS = """"lock wait > 50ms", "queue wait > 1s", "gil wait > 20ms", "loop lag > 100ms", "task step > 50ms", 'event "NAME"', \
"finding NAME", exception"""
"""What may be said, by example."""

POWERS = {"k": 1000, "M": 1_000_000, "G": 1_000_000_000}
"""What may stand behind a number."""


def describe(parser: ArgumentParser) -> None:
    """Their words."""
    ends = "then the programs are asked to end, as by Ctrl-C; those that go on are ended 3 s later"
    parser.add_argument("--duration", metavar="SECONDS", type=seconds(), help=ends)
    fires = "keep only the time around what it says (may be given several times): " + WORDS
    parser.add_argument("--trigger", metavar="WORDS", action="append", default=[], help=fires)
    around = f"how much is kept before and after what fires (default: {AROUND_S:g})"
    parser.add_argument("--around", metavar="SECONDS", type=seconds(), help=around)
    describe_memory(parser)
    turns = "write the recording in parts of about that size, each of which can be opened alone: as 500k, 64M, 2G (of one program)"
    parser.add_argument("--rotate", metavar="SIZE", type=size, help=turns)
    parser.add_argument("--parts", metavar="N", type=COUNT, help=f"with --rotate: how many of the newest parts are kept (default: {PARTS})")


def describe_memory(parser: ArgumentParser) -> None:
    """What stays in memory."""
    from concviz.runs.launch import KEEP

    words = f"how many of a program's newest events stay in memory, or all; all are on disk (default: {KEEP:,})"
    parser.add_argument("--keep", metavar="EVENTS", type=events, default=KEEP, help=words)


def lasting(conditions: Conditions, options: Namespace) -> Conditions:
    """With what was asked for. UsageError for a trigger that makes no sense."""
    if options.around is not None and not options.trigger:
        raise UsageError("--around goes with --trigger", 'as --trigger "lock wait > 50ms"')
    if options.parts is not None and options.rotate is None:
        raise UsageError("--parts goes with --rotate", "as --rotate 64M --parts 4")
    from concviz.triggers.language import parsed

    triggers = tuple(parsed(text) for text in options.trigger)
    asked = replace(conditions, duration_s=options.duration, keep=options.keep, triggers=triggers, rotate_bytes=options.rotate)
    asked = asked if options.parts is None else replace(asked, parts=options.parts)
    return asked if options.around is None else replace(asked, around_s=options.around)


def check(options: Namespace, panes: int) -> None:
    """UsageError for what goes with one program only."""
    if options.rotate is not None and panes > 1:
        raise UsageError("--rotate goes with one program", "choose a pane with --only")


def save(stage: Stage, path: Path, redaction: Redaction | None) -> None:
    """Keep the recording, or its parts, or what triggers say of it; which files that makes goes to standard error."""
    if not stage.watches:
        files = stage.save(path, redaction)
        if len(files) > 1:
            gone = sum(run.parts_gone for run in stage.runs)
            terminal.note(f"kept in parts: {', '.join(map(str, files))}{f'; {gone:,} older ones are gone' if gone else ''}")
        return
    files = stage.save(path, redaction) if any(watch.kept for watch in stage.watches) else ()
    terminal.note(f"kept: {', '.join(map(str, files))}" if files else "no trigger fired: nothing is kept")
    for watch in stage.watches:
        if watch.left_out or watch.trouble:
            terminal.note(watch.trouble or f"{watch.left_out:,} more times something fired, which are not kept")


def events(text: str) -> int | None:
    """As "500000", "500k", "2M"; "all" is None. ValueError for anything else, and for fewer than LEAST_EVENTS."""
    if text == "all":
        return None
    value = _number(text)
    if not LEAST_EVENTS <= value < float("inf"):
        raise ValueError(text)
    return round(value)


def size(text: str) -> int:
    """Bytes, as "500k", "64M", "2G". ValueError for anything else, and beyond LEAST_BYTES and MOST_BYTES."""
    value = _number(text)
    if not LEAST_BYTES <= value <= MOST_BYTES:
        raise ValueError(text)
    return round(value)


def _number(text: str) -> float:
    return float(text[:-1]) * POWERS[text[-1]] if text[-1:] in POWERS else float(text)


events.__name__ = f"number of events from {LEAST_EVENTS:,} on, as 500k or 2M, nor all"
size.__name__ = "size from 100k to 8G"
