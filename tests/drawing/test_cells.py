from __future__ import annotations

import pytest

from concviz.drawing.cells import Canvas, Cells, beside, line, stacked


def test_a_picture_reads_as_its_text() -> None:
    canvas = Canvas(6, 3)
    canvas.put(0, 0, "ab")
    canvas.put(2, 3, "c")

    assert canvas.cells().to_text() == "ab\n\n   c"


def test_put_gives_the_column_after_the_text_and_cuts_off_what_does_not_fit() -> None:
    canvas = Canvas(4, 1)

    assert [canvas.put(0, 0, "ab"), canvas.put(0, 2, "cdef"), canvas.put(5, 0, "no row"), canvas.put(0, 9, "no column")] == [2, 6, 6, 18]
    assert canvas.cells().to_text() == "abcd"


def test_neighbours_of_one_style_are_one_run() -> None:
    canvas = Canvas(6, 1)
    canvas.put_parts(0, 0, [("a", "text"), ("b", "text"), ("c", "text.dim")])
    canvas.modify("cursor", slice(0, 1), slice(1, 3))

    assert canvas.cells().runs(0) == [("a", "text"), ("b", "text cursor"), ("c", "text.dim cursor"), ("   ", "")]


def test_a_picture_without_columns_has_no_runs() -> None:
    assert Canvas(0, 1).cells().runs(0) == []


def test_a_wide_character_fills_two_cells_and_is_never_halved() -> None:
    canvas = Canvas(3, 1)
    canvas.put(0, 0, "日本")
    picture = canvas.cells()

    assert picture.runs(0) == [("日 ", "")]
    assert picture.sized(1, 1).runs(0) == [(" ", "")]


def test_a_picture_cannot_be_written_to() -> None:
    canvas = Canvas(1, 1)
    picture = canvas.cells()

    with pytest.raises(ValueError, match="read-only"):
        picture.glyphs[0, 0] = "x"
    with pytest.raises(ValueError, match="read-only"):
        canvas.put(0, 0, "x")


def test_an_unknown_style_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Canvas(1, 1).put(0, 0, "x", "state.asleep")
    with pytest.raises(KeyError):
        Canvas(1, 1).modify("blink", slice(0, 1), slice(0, 1))


def test_pictures_stand_beside_and_below_each_other() -> None:
    a, bb = line([("a", "text")], 2), stacked(line([("b", "text")], 1), line([("b", "text")], 1))

    assert beside(a, bb).to_text() == "a b\n  b"
    assert stacked(a, bb).to_text() == "a\nb\nb"
    assert (beside().width, stacked().height) == (0, 0)


def test_a_picture_can_be_made_larger_and_smaller() -> None:
    picture = stacked(line([("abc", "")], 3), line([("def", "")], 3))

    assert picture.sized(2, 1).to_text() == "ab"
    assert (picture.sized(5, 4).to_text(), picture.sized(5, 4).width) == ("abc\ndef\n\n", 5)


def test_pictures_that_look_equal_are_equal() -> None:
    def one(style: str = "text") -> Cells:
        return line([("a", style)], 2)

    assert one() == one()
    assert hash(one()) == hash(one())
    assert one() != one("text.dim")
    assert one() != line([("a", "text")], 3)
    assert one() != "a "
