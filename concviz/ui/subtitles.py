"""The line below a filmed screen: the caption in its middle, at its right the keys that were just pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.letters import clipped, width
from concviz.films.frame import Frame, Ink
from concviz.films.rows import columns

if TYPE_CHECKING:
    from concviz.films.frame import Film, Row

KEYS_S = 1.2
"""So long a key is shown."""

GLYPHS = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "comma": ",",
    "full_stop": ".",
    "escape": "esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "slash": "/",
}
"""Keys that have other names on a keyboard."""


class Subtitles:
    """Owns the caption and the last keys. Times are the film's, in s."""

    def __init__(self, made: Film, *, shows_keys: bool) -> None:
        self._film, self._shows_keys = made, shows_keys
        self._caption = ""
        self._key, self._times, self._until_s = "", 0, 0.0

    def say(self, words: str) -> None:
        """This is the caption from now on; "" none."""
        self._caption = " ".join(words.split())

    def pressed(self, key: str, character: str | None, at_s: float) -> None:
        """A key, by Textual's name, and what it types."""
        shown = GLYPHS.get(key) or (character if character and character.isprintable() and character != " " else key.replace("+", " "))
        self._times = self._times + 1 if shown == self._key and at_s < self._until_s else 1
        self._key, self._until_s = shown, at_s + KEYS_S

    def below(self, frame: Frame, at_s: float) -> Frame:
        """The screen as the film shows it: on its canvas, with this line below it where the film has one."""
        wide, high = self._film.columns, self._film.lines
        ground = Ink(self._film.fg, self._film.bg)
        rows = [_filled(row, wide, ground) for row in frame.rows[:high]]
        if len(rows) < high:
            empty: Row = ((" " * wide, ground),)
            rows += [empty] * (high - 1 - len(rows))
            rows.append(self._line(at_s))
        return Frame(tuple(rows))

    def _line(self, at_s: float) -> Row:
        wide, bold = self._film.columns, Ink(self._film.fg, self._film.bg, bold=True)
        keys = f" {self._key}{f' ×{self._times}' if self._times > 1 else ''} " if self._shows_keys and at_s < self._until_s else ""
        words = clipped(self._caption, wide - (2 * width(keys) + 2 if keys else 0))
        left = (wide - width(words)) // 2
        rest = wide - left - width(words) - width(keys)
        start = (" " * left + words + " " * rest, bold)
        return (start, (keys, Ink(self._film.bg, self._film.fg, bold=True))) if keys else (start,)


def _filled(row: Row, wide: int, ground: Ink) -> Row:
    missing = wide - columns(row)
    return (*row, (" " * missing, ground)) if missing > 0 else row
