"""Terminals with sixteen colours, or with none: what is drawn keeps to them, and says the same."""

from __future__ import annotations

import re

from tests.walls.tree import ROOT
from tests.whole.terminal import Terminal

RUN = str(ROOT / "screenshots" / "runs" / "deadlock.cvz")

LOOKS = re.compile(r"\x1b\[([0-9;]*)m")
"""What says how the following letters look."""

SIXTEEN = {*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108), 39, 49}
"""The codes of sixteen colours, in front and behind, and of the terminal's own."""


def codes(**environment: str) -> tuple[set[int], set[str]]:
    """(all codes of looks that it was sent; of them those of colours that are told by number or by red, green and blue)."""
    with Terminal("replay", RUN, environment=environment) as terminal:
        terminal.shows("Opposite o", "╳", "deadlock", "quit")
        found = LOOKS.findall(terminal.raw)
        terminal.type("q")
        terminal.ended()
    wide = {one for look in found for one in re.findall(r"(?:^|;)([34]8;(?:5;\d+|2;\d+;\d+;\d+))", look)}
    plain = (code for look in found for code in re.sub(r"[34]8;(?:5;\d+|2;\d+;\d+;\d+)", "", look).split(";") if code)
    return {int(code) for code in plain}, wide


def test_a_terminal_of_sixteen_colours_is_told_of_no_others() -> None:
    sent, wide = codes(TERM="xterm-16color", COLORTERM="")

    assert wide == set()
    assert len(sent & SIXTEEN - {39, 49}) >= 4
    assert sent - SIXTEEN <= set(range(30))  # bold, dim, underlined ...


def test_a_terminal_of_all_colours_is_told_of_many() -> None:
    _, wide = codes(TERM="xterm-256color", COLORTERM="truecolor")

    assert len(wide) > 16


def test_who_wants_no_colours_gets_greys() -> None:
    _, wide = codes(TERM="xterm-256color", COLORTERM="truecolor", NO_COLOR="1")

    shades = [tuple(map(int, one.split(";")[2:])) for one in wide]
    assert shades
    assert all(max(shade) - min(shade) <= 1 for shade in shades)
