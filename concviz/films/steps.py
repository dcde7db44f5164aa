"""What a tape can ask for, and what each step wants to be told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS: Mapping[str, str] = {
    "press": "keys: press right*5 space",
    "type": 'words: type "my.py"',
    "wait": "seconds: wait 1.5",
    "until": 'words on the screen, or what happened: until "deadlock found", until "threads ended"',
    "end": "nothing: it waits until all programs have ended, and what plays has stopped",
    "speed": "a number: speed 2 shows what follows twice as fast",
    "resize": "columns and lines: resize 100x30",
    "hide": "nothing: what follows is done, but not filmed",
    "show": "nothing: it is filmed again",
    "caption": 'words below the screen, none for no more: caption "Two locks"',
    "marker": 'a name to jump to: marker "the deadlock"',
    "screenshot": "a file, .svg or .png: screenshot deadlock.svg",
}
"""A step's first word -> what follows it."""

NAMED_KEYS = frozenset(
    (
        *("enter", "escape", "space", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
        *("left", "right", "up", "down", "comma", "full_stop", "left_square_bracket", "right_square_bracket"),
        *("question_mark", "slash", "plus", "minus", "equals_sign"),
    )
)
"""Keys that have names; all others are a single character, or f1 to f12."""

KEY_S = 0.2
"""So long what a key did is shown before the next one is pressed."""

MODIFIERS = ("ctrl+", "shift+", "alt+")

MOST_TIMES, MOST_SECONDS = 1000, 3600.0
"""What one step can ask for at most."""

ALONE = frozenset({"end", "hide", "show"})
"""Steps that nothing follows."""

SLOWEST, FASTEST = 0.05, 100.0
"""What `speed` can be."""

LEAST_SIZE, MOST_SIZE = (80, 24), (400, 120)
"""Columns and lines that a filmed screen can have."""

_SIZE = re.compile(r"(\d{1,4})x(\d{1,4})")
_FUNCTION = re.compile(r"f([1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    kind: str
    """One of STEPS."""
    words: str = ""
    """What is typed, awaited, said or named; for `press` the keys, a space between."""
    seconds: float = 0.0
    """Of `wait`; of `speed`, how many times as fast."""
    size: tuple[int, int] = (0, 0)
    """Of `resize`: columns and lines."""
    line: int = 1
    """Where it stands, counted from 1."""
    column: int = 1
    """Likewise."""
    must: bool = True
    """Whether it is a mistake when what is awaited does not come."""


def is_key(word: str) -> bool:
    """Whether a key is called so: "enter", "q", "ctrl+p"."""
    for modifier in MODIFIERS:
        if word.startswith(modifier) and len(word) > len(modifier):
            return is_key(word[len(modifier) :])
    return len(word) == 1 or word in NAMED_KEYS or bool(_FUNCTION.fullmatch(word))


def size_of(word: str) -> tuple[int, int] | None:
    """The columns and lines that "120x36" means; None: no screen is of that size."""
    found = _SIZE.fullmatch(word)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    return size if all(least <= one <= most for least, one, most in zip(LEAST_SIZE, size, MOST_SIZE, strict=True)) else None
