from __future__ import annotations

import pytest

from concviz.drawing.syntax import styled_lines


def test_words_have_the_style_of_their_kind() -> None:
    source = 'async def add(n):  # one\n    return f"{n}" + 0x1f\n'

    assert styled_lines(source) == (
        (
            ("async", "code.keyword"),
            (" ", "code"),
            ("def", "code.keyword"),
            (" ", "code"),
            ("add", "code.name"),
            ("(n):  ", "code"),
            ("# one", "code.comment"),
        ),
        (
            ("    ", "code"),
            ("return", "code.keyword"),
            (" ", "code"),
            ('f"{n}"', "code.string"),
            (" + ", "code"),
            ("0x1f", "code.number"),
        ),
        (),
    )


def test_a_string_over_several_lines_is_one_on_each_of_them() -> None:
    assert styled_lines("x = '''a\nif b'''\n1") == (
        (("x = ", "code"), ("'''a", "code.string")),
        (("if b'''", "code.string"),),
        (("1", "code.number"),),
    )


def test_nothing_is_found_inside_a_longer_word() -> None:
    assert styled_lines("classic = format1 + iffy.for_") == ((("classic = format1 + iffy.for_", "code"),),)


@pytest.mark.parametrize(
    "source", ["", "\n\n", "def", "'''never closed\n if", "'no end\nif x", '"\\', "class  X", "0x 1e5 ☃ \x00", "rb'\\x00' + F'''{'''"]
)
def test_any_text_comes_back_whole(source: str) -> None:
    assert "\n".join("".join(text for text, _ in line) for line in styled_lines(source)) == source


def test_a_source_is_cut_up_once() -> None:
    before = styled_lines.cache_info().hits

    styled_lines("only_here = 1")
    styled_lines("only_here = 1")

    assert styled_lines.cache_info().hits == before + 1
