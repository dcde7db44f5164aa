from __future__ import annotations

from concviz.drawing.letters import width
from concviz.drawing.palette import BARS, LOOKS, OTHER_ASCII, look_of
from concviz.drawing.styles import STYLES
from concviz.timeline.states import ALIVE, State


def test_every_state_has_a_look_whose_styles_exist() -> None:
    assert set(LOOKS) == set(State)
    assert {style for look in LOOKS.values() for style in (look.style, look.mixed)} <= set(STYLES)


def test_states_are_told_apart_without_colour_and_without_unicode() -> None:
    assert len({LOOKS[state].glyph for state in ALIVE}) == len(ALIVE)
    assert len({LOOKS[state].ascii for state in ALIVE}) == len(ALIVE)


def test_what_is_not_alive_is_blank() -> None:
    assert {LOOKS[state].glyph for state in set(State) - ALIVE} == {" "}


def test_every_glyph_is_one_cell_and_has_an_ascii_one() -> None:
    glyphs = [look.glyph for look in LOOKS.values()] + list(BARS) + list(OTHER_ASCII)

    assert {width(glyph) for glyph in glyphs} == {1}
    assert all(len(plain) == 1 and plain.isascii() for plain in [look.ascii for look in LOOKS.values()] + list(OTHER_ASCII.values()))
    assert set(BARS) <= {look.glyph for look in LOOKS.values()} | set(OTHER_ASCII)


def test_a_number_that_is_no_state_is_blank() -> None:
    assert (look_of(200).glyph, look_of(-1).glyph, look_of(State.RUNNING).glyph) == (" ", " ", "█")
