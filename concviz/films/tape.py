"""A tape: what a demo does, a step a line, kept as text. A mistake in one is told with its line and column.

# comments and empty lines count for nothing
caption "Two locks, taken in opposite order"
press space right*5
until "deadlock"
wait 2
"""

from __future__ import annotations

import math
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from concviz.errors import ConcvizError
from concviz.films.steps import ALONE, FASTEST, MOST_SECONDS, MOST_TIMES, NAMED_KEYS, SLOWEST, STEPS, Step, is_key, size_of

if TYPE_CHECKING:
    from pathlib import Path

LIMIT_BYTES = 1 << 20
"""No tape is larger."""

_WORD = re.compile(r"\S+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TIMES = re.compile(r"(.+)\*(\d+)")


class TapeError(ConcvizError):
    """A tape that cannot be played."""


class _Reader:
    """Reads steps from one text; knows what to call it when it is wrong."""

    def __init__(self, name: str) -> None:
        self._name = name

    def wrong(self, words: str, line: int, column: int, hint: str = "") -> TapeError:
        """What to raise."""
        return TapeError(f"{self._name}:{line}:{column}: {words}", hint)

    def step(self, text: str, line: int) -> Step | None:
        """One line; None: nothing is to be done."""
        found = _WORD.search(text)
        if found is None or found[0].startswith("#"):
            return None
        kind, column = found[0], found.start() + 1
        if kind not in STEPS:
            near = get_close_matches(kind, STEPS, 1, 0.5)
            raise self.wrong(
                f"there is no step {kind!r}", line, column, f"did you mean {near[0]}?" if near else f"there are: {', '.join(STEPS)}"
            )
        rest = text[found.end() :]
        start = found.end() + len(rest) - len(rest.lstrip()) + 1
        rest = rest.strip()
        if not rest and kind not in {"caption", *ALONE}:
            raise self.wrong(f"{kind} wants {STEPS[kind]}", line, column)
        return self.told(kind, rest, line, start)

    def told(self, kind: str, rest: str, line: int, column: int) -> Step:
        """A step and what follows it."""
        if rest and kind in ALONE:
            raise self.wrong(f"{rest!r} is too much: {kind} wants nothing", line, column)
        if kind == "press":
            keys = [key for found in _WORD.finditer(rest) for key in self.keys(found[0], line, column + found.start())]
            return Step(kind, " ".join(keys), line=line, column=column)
        if kind == "wait":
            return Step(kind, seconds=self.seconds(rest, line, column), line=line, column=column)
        if kind == "speed":
            return Step(kind, seconds=self.speed(rest, line, column), line=line, column=column)
        if kind == "resize":
            size = size_of(rest)
            if size is None:
                raise self.wrong(f"{rest!r} is no size from 80x24 to 400x120", line, column)
            return Step(kind, size=size, line=line, column=column)
        words = self.unquoted(rest, line, column)
        if kind == "screenshot" and not words.lower().endswith((".svg", ".png")):
            raise self.wrong(f"{words}: a screenshot is an .svg or a .png", line, column)
        return Step(kind, words, line=line, column=column)

    def keys(self, word: str, line: int, column: int) -> list[str]:
        """The keys that "right*5" stands for."""
        times = _TIMES.fullmatch(word)
        key, count = (times[1], int(times[2])) if times else (word, 1)
        if not is_key(key):
            near = get_close_matches(key, NAMED_KEYS, 1, 0.6)
            raise self.wrong(
                f"no key is called {key!r}", line, column, f"did you mean {near[0]}?" if near else "such as enter, q, right*5, ctrl+p"
            )
        if not 1 <= count <= MOST_TIMES:
            raise self.wrong(f"{word}: a key can be pressed 1 to {MOST_TIMES} times", line, column)
        return [key] * count

    def seconds(self, word: str, line: int, column: int) -> float:
        """A time to wait."""
        value = _number(word)
        if not 0 <= value <= MOST_SECONDS:
            raise self.wrong(f"{word!r} is not a number of seconds from 0 to {MOST_SECONDS:g}", line, column)
        return value

    def speed(self, word: str, line: int, column: int) -> float:
        """How many times as fast."""
        value = _number(word)
        if not SLOWEST <= value <= FASTEST:
            raise self.wrong(f"{word!r} is not a number from {SLOWEST:g} to {FASTEST:g}", line, column)
        return value

    def unquoted(self, rest: str, line: int, column: int) -> str:
        """Words with or without quotes around them."""
        if not rest.startswith('"'):
            return rest
        found = _QUOTED.match(rest)
        if found is None:
            raise self.wrong("the quotes are not closed", line, column)
        if found.end() < len(rest):
            raise self.wrong(f"{rest[found.end() :].strip()!r} is too much", line, column + found.end())
        return re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] == "n" else escaped[1], found[1])


def _number(word: str) -> float:
    """NaN for what is none."""
    try:
        return float(word)
    except ValueError:
        return math.nan


def parsed(text: str, name: str = "tape") -> tuple[Step, ...]:
    """The steps of a tape. TapeError for the first that is wrong, by this name."""
    reader = _Reader(name)
    found = (reader.step(line, number) for number, line in enumerate(text.splitlines(), 1))
    return tuple(step for step in found if step is not None)


def read(path: Path) -> tuple[Step, ...]:
    """The steps of a tape in a file. TapeError when it cannot be read, or is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TapeError(f"{path} cannot be read: {error.strerror}", "check the path") from error
    if len(data) > LIMIT_BYTES:
        raise TapeError(f"{path} is too large to be a tape", f"{LIMIT_BYTES:,} bytes at most")
    try:
        return parsed(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise TapeError(f"{path} is not text in UTF-8", f"byte {error.start} is none") from error


def from_keys(text: str) -> tuple[Step, ...]:
    """The steps of "enter wait:2 space right*5 q": keys, and others as name:words. TapeError for the first that is wrong."""
    reader, found = _Reader("--keys"), []
    for word in _WORD.finditer(text):
        kind, colon, rest = word[0].partition(":")
        column = word.start() + 1
        if colon and kind in STEPS and (rest or kind in ALONE):
            found.append(reader.told(kind, rest, 1, column + len(kind) + 1))
        else:
            found.append(reader.told("press", word[0], 1, column))
    return tuple(found)


def least_seconds(steps: tuple[Step, ...], key_s: float) -> float:
    """How long the film of them is without what they wait for on the screen; a key takes `key_s`."""
    shown_s, speed, hidden = 0.0, 1.0, False
    for step in steps:
        if step.kind in {"hide", "show"}:
            hidden = step.kind == "hide"
        elif step.kind == "speed":
            speed = step.seconds
        elif not hidden:
            pressed = len(step.words.split()) if step.kind == "press" else len(step.words) if step.kind == "type" else 0
            shown_s += (pressed * key_s + step.seconds) / speed
    return shown_s
