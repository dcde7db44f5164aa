from __future__ import annotations

from concviz.drawing.cells import line
from concviz.drawing.fallback import in_ascii
from concviz.drawing.palette import BARS, LOOKS


def test_every_glyph_has_one_in_ascii_that_takes_as_many_cells() -> None:
    glyphs = "".join(look.glyph for look in LOOKS.values()) + BARS + "▶▸│▼▪▫▮▯◆✗×…µ·"

    shown = in_ascii(line([(glyphs, "text")], len(glyphs)))

    assert shown.to_text().isascii()
    assert "?" not in shown.to_text()
    assert shown.runs(0) == [(shown.runs(0)[0][0], "text")]


def test_letters_lose_their_accents_and_others_become_question_marks() -> None:
    assert in_ascii(line([("né 日本 ☃", "")], 10)).to_text() == "ne ? ?  ?"


def test_a_picture_without_cells_stays_one() -> None:
    assert in_ascii(line([], 0)).width == 0
