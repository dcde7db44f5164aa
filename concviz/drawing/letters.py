"""The watched program's text, made safe to show and cut into cells.

What a program prints may hold anything. Nothing that a terminal would obey reaches it: colours are left out, any other control
character is shown as its picture. A cell holds one character with what combines with it; a wide character takes two cells, the
second of which is empty. Widths follow Unicode's East Asian Width (annex 11), as terminals do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width, normalize

TAB = 4
"""Columns between tab stops."""

MOST_COMBINED = 3
"""Combining marks that a cell holds; further ones are left out."""

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for what cannot be shown: undecodable bytes, private and unassigned characters."""

PICTURES = 0x2400
"""Where Unicode's pictures of the control characters begin."""

DELETE = 0x7F

LATE_WIDE = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D356), (0x1D360, 0x1D376))
"""Wide since Unicode 16: older tables, such as those of Python up to 3.13, have them as narrow."""

COMBINING = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF))
"""Letters that combine with the one before them: the vowels and finals of Hangul."""

LEFT_OUT = ((0xFE00, 0xFE0F), (0x1F3FB, 0x1F3FF), (0x3164, 0x3164), (0xFFA0, 0xFFA0))
"""What only changes the character before it, also how wide that is, or fills its place: variants, skin tones, fillers."""

_COLOUR = re.compile(r"\x1b\[[0-9;:]*m")
_PLAIN = re.compile(r"[ -~]*")


def letters(text: str) -> list[str]:
    """The text, one string for each cell: "" follows a wide character. Line ends in it are shown as pictures."""
    if _PLAIN.fullmatch(text):
        return list(text)
    cells: list[str] = []
    for character in normalize("NFC", _COLOUR.sub("", text)):
        _append(cells, character)
    return cells


def width(text: str) -> int:
    """How many cells the text takes."""
    return len(text) if _PLAIN.fullmatch(text) else len(letters(text))


def shortened(text: str, cells: int) -> str:
    """The text if it fits, else its beginning and its end around "…": names often differ in both."""
    found = letters(text)
    if len(found) <= cells:
        return "".join(found)
    if cells < 1:
        return ""
    end = cells // 2
    tail = found[len(found) - end :]
    # Half a wide character, at the beginning, becomes a space.
    return _whole(found[: cells - 1 - end]) + "…" + "".join([tail[0] or " ", *tail[1:]] if tail else [])


def clipped(text: str, cells: int) -> str:
    """The text if it fits, else its beginning and "…"."""
    found = letters(text)
    if len(found) <= cells:
        return "".join(found)
    return _whole(found[: cells - 1]) + "…" if cells > 0 else ""


def _whole(found: list[str]) -> str:
    """Cells as text; half a wide character, at the end, becomes a space."""
    if found and found[-1] and _breadth(found[-1][0]) > 1:
        found = [*found[:-1], " "]
    return "".join(found)


def _append(cells: list[str], character: str) -> None:
    if character == "\t":
        cells.extend(" " * (TAB - len(cells) % TAB))
        return
    shown, breadth = _shown(character)
    if breadth:
        cells.append(shown)
        cells.extend([""] * (breadth - 1))
    elif shown and cells:
        at = len(cells) - 1 if cells[-1] else len(cells) - 2
        if len(cells[at]) <= MOST_COMBINED:
            cells[at] += shown


@lru_cache(maxsize=4096)
def _shown(character: str) -> tuple[str, int]:
    """What stands for a character, and in how many cells; 0: it belongs to the one before it."""
    code, kind = ord(character), category(character)
    if kind == "Cc":
        return (chr(PICTURES + code) if code < ord(" ") else "\N{SYMBOL FOR DELETE}" if code == DELETE else UNKNOWN), 1
    if kind in {"Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return ("", 0) if kind == "Cf" else (UNKNOWN, 1)
    if _within(code, LEFT_OUT):
        return "", 0
    if kind in {"Mn", "Me", "Mc"} or _within(code, COMBINING):
        return character, 0
    return character, _breadth(character)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


@lru_cache(maxsize=4096)
def _breadth(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" or _within(ord(character), LATE_WIDE) else 1
