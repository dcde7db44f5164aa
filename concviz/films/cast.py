"""asciicast, versions 2 and 3: a terminal's output with its times, a JSON line each (docs.asciinema.org).

Of a frame that is like the one before it only what differs is written, and of its look only what the pen does not have yet.
"""

from __future__ import annotations

from functools import lru_cache
from json import dumps
from typing import TYPE_CHECKING, Any

from concviz.films.rows import cells, columns, merged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from concviz.films.frame import Film, Frame, Ink, Row
    from concviz.films.rows import Cell

BEGIN, END = "\x1b[?25l\x1b[0m\x1b[2J", "\x1b[0m\x1b[?25h"
"""Before the first frame and after the last: the cursor is hidden meanwhile."""

CLEAR = "\x1b[0m\x1b[2J"
"""Before the first frame of another size."""

NEAR = 4
"""So many cells that are as they were are written again sooner than leapt over: a leap takes as many bytes."""


class Writer:
    """Owns what was shown last."""

    def __init__(self, film: Film, out: BinaryIO) -> None:
        self._out = out
        self._version = film.version
        self._rows: tuple[Row, ...] = ()
        self._size = film.columns, film.lines
        self._pen: Ink | None = None
        self._last_ms = 0
        self._line(_head(film))

    def frame(self, at_s: float, frame: Frame) -> None:
        """The cells that changed; a frame of another size begins anew."""
        size = columns(frame.rows[0]) if frame.rows else 0, len(frame.rows)
        begin = "" if self._rows else BEGIN
        if self._rows and size != self._size:
            self._event(at_s, "r", f"{size[0]}x{size[1]}")
            self._rows, self._pen, begin = (), None, CLEAR
        self._size = size
        old = self._rows or ((),) * len(frame.rows)
        changed = [self._changed(at, before, row) for at, (before, row) in enumerate(zip(old, frame.rows, strict=True), 1) if before != row]
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

    def _changed(self, line: int, old: Row, new: Row) -> str:
        """What makes the one row the other."""
        start, end = _alike(old, new)
        told, row, left = [], cells(new[start : len(new) - end]), 1 + columns(new[:start])
        for first, until in _differing(cells(old[start : len(old) - end]), row):
            told.append(f"\x1b[{line};{left + first}H")
            for text, ink in merged(row[first:until]):
                sgr = _sgr(self._pen, ink)
                told.append(f"\x1b[{sgr}m{_printable(text)}" if sgr else _printable(text))
                self._pen = ink
        return "".join(told)

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
    theme = {"theme": {"fg": film.fg, "bg": film.bg, "palette": ":".join(film.palette)}} if film.palette else {}
    env = {"env": {"TERM": "xterm-256color"}}
    if film.version > 2:
        return {"version": 3, "term": {"cols": film.columns, "rows": film.lines, "type": "xterm-256color"} | theme} | named
    return {"version": 2, "width": film.columns, "height": film.lines} | theme | named | env


def _alike(old: Row, new: Row) -> tuple[int, int]:
    """How many runs are the same at the beginning, and how many of the others at the end: rows are equally wide."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] is not new[at] and old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    return start, end


def _differing(old: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int]]:
    """Stretches of the new line that are not as in the old one; those that nearly touch count as one. Wide characters stay whole."""
    first = until = -1
    differ = [at for at, (before, cell) in enumerate(zip(old, new, strict=False)) if before != cell]
    for at in (*differ, *range(len(old), len(new))):
        if until >= 0 and at - until > NEAR:
            yield _whole(new, first, until)
            first = -1
        first = at if first < 0 else first
        until = at + 1
    if first >= 0:
        yield _whole(new, first, until)


def _whole(new: list[Cell], first: int, until: int) -> tuple[int, int]:
    while first and not new[first][0]:
        first -= 1
    while until < len(new) and not new[until][0]:
        until += 1
    return first, until


def _sgr(pen: Ink | None, ink: Ink) -> str:
    """From one look to the other; None: whatever was before."""
    was, flags = _flags(pen) if pen is not None else frozenset(), _flags(ink)
    if pen is None or was - flags:
        return ";".join(["0", *sorted(flags), _colour(38, ink.fg), _colour(48, ink.bg)])
    codes = sorted(flags - was)
    codes += [_colour(38, ink.fg)] if ink.fg != pen.fg else []
    codes += [_colour(48, ink.bg)] if ink.bg != pen.bg else []
    return ";".join(codes)


@lru_cache(maxsize=4096)
def _flags(ink: Ink) -> frozenset[str]:
    flags = {"1": ink.bold, "2": ink.dim, "3": ink.italic, "4": ink.underline, "9": ink.strike}
    return frozenset(code for code, wanted in flags.items() if wanted)


@lru_cache(maxsize=4096)
def _colour(code: int, colour: str) -> str:
    return f"{code};2;{int(colour[1:3], 16)};{int(colour[3:5], 16)};{int(colour[5:7], 16)}"


def _printable(text: str) -> str:
    """Without what a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(" " if ord(letter) < 32 or 127 <= ord(letter) < 160 else letter for letter in text)
