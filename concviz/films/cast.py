"""asciicast, versions 2 and 3: a terminal's output with its times, a JSON line each (docs.asciinema.org).

Of a frame that is like the one before it only what differs is written, row by row.
"""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from concviz.drawing.letters import width

if TYPE_CHECKING:
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame, Ink, Row

BEGIN, END = "\x1b[?25l\x1b[0m\x1b[2J", "\x1b[0m\x1b[?25h"
"""Before the first frame and after the last: the cursor is hidden meanwhile."""


class Writer:
    """Owns what was shown last."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._out = out
        self._version = film.version
        self._rows: tuple[Row, ...] = ()
        self._last_ms = 0
        self._line(_head(film))

    def frame(self, at_s: float, frame: Frame) -> None:
        """The rows that changed."""
        begin = "" if self._rows else BEGIN
        old = self._rows or ((),) * len(frame.rows)
        changed = [_changed(at, before, row) for at, (before, row) in enumerate(zip(old, frame.rows, strict=True), 1) if before != row]
        self._rows = frame.rows
        if changed:
            self._event(at_s, "o", begin + "".join(changed))

    def marker(self, at_s: float, label: str) -> None:
        """A chapter, in players that know them."""
        self._event(at_s, "m", label)

    def close(self, at_s: float) -> None:
        """The end also tells how long the last frame stood."""
        self._event(at_s, "o", END)
        if self._version > 2:
            self._event(at_s, "x", "0")

    def _event(self, at_s: float, code: str, data: str) -> None:
        at_ms = round(at_s * 1000)
        told_ms = at_ms - self._last_ms if self._version > 2 else at_ms
        self._last_ms = at_ms
        self._line([told_ms / 1000, code, data])

    def _line(self, told: Any) -> None:
        self._out.write(dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        self._out.flush()  # a line is whole or not there, whatever happens to us


def _head(film: Film) -> dict[str, Any]:
    named = {"title": film.title} if film.title else {}
    env = {"env": {"TERM": "xterm-256color"}}
    if film.version > 2:
        return {"version": 3, "term": {"cols": film.columns, "rows": film.lines, "type": "xterm-256color"}} | named
    return {"version": 2, "width": film.columns, "height": film.lines} | named | env


def _changed(line: int, old: Row, new: Row) -> str:
    """What makes the one row the other: from the first run that differs to the last."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    until, rest = len(new), len(old)
    while min(until, rest) > first and old[rest - 1] == new[until - 1]:
        until, rest = until - 1, rest - 1
    if width("".join(text for text, _ in old[first:rest])) != width("".join(text for text, _ in new[first:until])):
        until = len(new)
    column = 1 + width("".join(text for text, _ in new[:first]))
    return f"\x1b[{line};{column}H" + "".join(f"\x1b[{_sgr(ink)}m{_printable(text)}" for text, ink in new[first:until])


def _sgr(ink: Ink) -> str:
    """The whole look; what was before does not matter."""
    flags = {"1": ink.bold, "2": ink.dim, "3": ink.italic, "4": ink.underline, "9": ink.strike}
    return ";".join(["0", *(code for code, wanted in flags.items() if wanted), _colour(38, ink.fg), _colour(48, ink.bg)])


def _colour(code: int, colour: str) -> str:
    return f"{code};2;{int(colour[1:3], 16)};{int(colour[3:5], 16)};{int(colour[5:7], 16)}"


def _printable(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(" " if ord(letter) < 32 or 127 <= ord(letter) < 160 else letter for letter in text)
