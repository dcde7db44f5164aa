"""The words of a trigger: `lock wait > 50ms`, `loop lag > 100ms`, `event "hit"`, `finding deadlock`, `exception`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from concviz.errors import UsageError
from concviz.findings.search import checks
from concviz.timeline.states import State

WAITS = {"lock": State.LOCK, "queue": State.QUEUE, "event": State.EVENT, "io": State.IO, "gil": State.GIL}
"""What can be waited for -> the state of whoever does."""

PAIRS = {**dict.fromkeys(WAITS, "wait"), "loop": "lag", "task": "step"}
"""The first word of what has a length -> its second."""

NOTED = "trigger"
"""The check that tells of triggers: none for itself."""

UNITS_NS = {"ns": 1, "us": 1000, "µs": 1000, "ms": 1_000_000, "s": 1_000_000_000, "min": 60_000_000_000}
"""Behind a number."""

TOKEN = re.compile(r'\s*("[^"]*"?|[0-9.]+|[^\W\d][\w-]*|\S)')
"""A quoted name, a number, a word, or a sign."""

EXAMPLE = 'as "lock wait > 50ms", or see `concviz run --help`'
"""What to write."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What is looked for."""

    text: str
    """As it was written."""
    subject: str
    """One of PAIRS, with its second word: "lock wait"; or "event", "finding", "exception"."""
    over_ns: int = 0
    """Longer than that."""
    name: str = ""
    """Of the event, or of the finding's check."""


def parsed(text: str) -> Trigger:
    """UsageError, with the place, for what makes no sense."""
    return _Reader(text).trigger()


class _Reader:
    """Owns a place in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [(match.start(1) + 1, match.group(1)) for match in TOKEN.finditer(text)]
        self._at = 0

    def trigger(self) -> Trigger:
        first = self._next(f"one of {', '.join([*PAIRS, 'finding', 'exception'])}", lambda word: word in {*PAIRS, "finding", "exception"})
        if first == "exception":
            found = Trigger(self._text, first)
        elif first == "finding":
            names = [check.name for check in checks() if check.name != NOTED]
            found = Trigger(self._text, first, name=self._next(f"one of {', '.join(names)}", lambda word: word in names))
        elif first == "event" and self._peek().startswith('"'):
            found = Trigger(self._text, first, name=self._next("a name in double quotes", _quoted)[1:-1])
        else:
            found = self._length(first)
        self._end()
        return found

    def _length(self, first: str) -> Trigger:
        second = PAIRS[first]
        self._next(f'"{second}"' + (" or a name in double quotes" if first == "event" else ""), lambda word: word == second)
        self._next('">"', lambda word: word == ">")
        number = float(self._next("a number above 0", _positive))
        unit = self._next(f"one of {', '.join(UNITS_NS)}", lambda word: word in UNITS_NS)
        return Trigger(self._text, f"{first} {second}", round(number * UNITS_NS[unit]))

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _next(self, wanted: str, fits: object) -> str:
        word = self._peek()
        if not word or not callable(fits) or not fits(word):
            raise self._wrong(wanted)
        self._at += 1
        return word

    def _end(self) -> None:
        if self._peek():
            raise self._wrong("nothing more")

    def _wrong(self, wanted: str) -> UsageError:
        place, word = self._tokens[self._at] if self._at < len(self._tokens) else (len(self._text) + 1, "")
        there = f"not {word!r}" if word else "but it ends"
        return UsageError(f"--trigger {self._text!r}, character {place}: {wanted} should stand there, {there}", EXAMPLE)


def _quoted(word: str) -> bool:
    return len(word) > len('""') and word.startswith('"') and word.endswith('"')


def _positive(word: str) -> bool:
    try:
        return 0 < float(word) < float("inf")
    except ValueError:
        return False
