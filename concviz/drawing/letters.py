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
    end = (cells - 1) // 2
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
    if kind in {"Mn", "Me", "Mc"}:
        # Variation selectors would change how wide what precedes them is.
        return ("", 0) if 0xFE00 <= code <= 0xFE0F else (character, 0)  # noqa: PLR2004
    return character, _breadth(character)


@lru_cache(maxsize=4096)
def _breadth(character: str) -> int:
    code = ord(character)
    if east_asian_width(character) in "WF" or any(first <= code <= last for first, last in LATE_WIDE):
        return 2
    return 1
