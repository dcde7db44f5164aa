from __future__ import annotations

from concviz.drawing.styles import HOLDERS, MODIFIERS, STYLES, holder_style, style_id, style_name


def test_every_style_and_modifier_has_a_number_and_comes_back_from_it() -> None:
    styles = [f"{style} {modifier}".rstrip() for style in STYLES for modifier in ("", *MODIFIERS, " ".join(MODIFIERS))]

    names = [" ".join(style.split(" ")) for style in styles]

    assert [style_name(style_id(name)) for name in names] == names
    assert len({style_id(name) for name in names}) == len(set(names))
    assert max(style_id(name) for name in names) < 1 << 16


def test_holders_take_turns_with_the_styles() -> None:
    assert [holder_style(place) for place in (0, 1, HOLDERS)] == ["holder.1", "holder.2", "holder.1"]
