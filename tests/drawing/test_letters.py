from __future__ import annotations

import unicodedata

import pytest
from rich.cells import get_character_cell_size

from concviz.drawing.letters import clipped, letters, shortened, width

ESCAPE = "\x1b"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("plain", list("plain")),
        ("日本", ["日", "", "本", ""]),
        ("a🎉b", ["a", "🎉", "", "b"]),
        ("e\N{COMBINING ACUTE ACCENT}", ["é"]),
        ("q\N{COMBINING DOT BELOW}!", ["q\N{COMBINING DOT BELOW}", "!"]),
        ("\N{COMBINING DOT BELOW}a", ["a"]),
        ("日\N{COMBINING DOT BELOW}", ["日\N{COMBINING DOT BELOW}", ""]),
        ("a\tb", ["a", " ", " ", " ", "b"]),
        ("", []),
    ],
)
def test_a_cell_holds_a_character_and_what_combines_with_it(text: str, cells: list[str]) -> None:
    assert letters(text) == cells


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{ESCAPE}[2J{ESCAPE}]0;title\x07", "␛[2J␛]0;title␇"),
        ("a\rb\nc\x00", "a␍b␊c␀"),
        ("\x7f\x9b1m", "␡\N{REPLACEMENT CHARACTER}1m"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "ab"),
        ("\udcff\ue000", "\N{REPLACEMENT CHARACTER}" * 2),
        ("a\N{LINE SEPARATOR}b", "a\N{REPLACEMENT CHARACTER}b"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_and_not_sent(text: str, shown: str) -> None:
    assert "".join(letters(text)) == shown


def test_no_text_at_all_brings_a_control_character_into_a_picture() -> None:
    everything = "".join(map(chr, range(0x3000)))

    assert {unicodedata.category(character) for cell in letters(everything) for character in cell} & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


def test_colours_are_left_out() -> None:
    assert "".join(letters(f"{ESCAPE}[1;31mred{ESCAPE}[0m")) == "red"


def test_widths_are_those_that_rich_counts_with() -> None:
    def known(code: int) -> bool:
        return unicodedata.category(chr(code))[0] in "LNPSM"

    different = [
        hex(code) for code in range(0x20, 0x20000) if known(code) and width("-" + chr(code)) != 1 + get_character_cell_size(chr(code))
    ]

    assert different == []


@pytest.mark.parametrize(
    ("cells", "shown"),
    [(20, "producer-consumer"), (17, "producer-consumer"), (8, "pro…umer"), (7, "pro…mer"), (2, "…r"), (1, "…"), (0, "")],
)
def test_a_long_name_keeps_both_ends(cells: int, shown: str) -> None:
    assert shortened("producer-consumer", cells) == shown


def test_a_long_text_keeps_its_beginning() -> None:
    assert [clipped("2,262 primes", cells) for cells in (12, 8, 1, 0)] == ["2,262 primes", "2,262 p…", "…", ""]


@pytest.mark.parametrize("cells", range(9))
def test_half_a_wide_character_is_never_left(cells: int) -> None:
    assert width(shortened("日本日本日本", cells)) == width(clipped("日本日本日本", cells)) == min(cells, 12)
