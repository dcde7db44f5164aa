from __future__ import annotations

import subprocess
import sys

import pytest
from textual.color import Color

from concviz.drawing.palette import LOOKS
from concviz.drawing.styles import MODIFIERS, STYLES
from concviz.ui.inks import INKS, variable_of
from concviz.ui.legend import legend
from concviz.ui.themes import DARK, LIGHT, THEMES
from tests.ui.opened import Opened
from tests.ui.stand_ins import settled

STATES = ("running", "gil", "ready", "lock", "waiting", "sleeping", "child", "failed")


def test_every_style_of_the_drawing_has_an_ink() -> None:
    assert {name for name in (*STYLES, *MODIFIERS) if name} == set(INKS) - {"banner"}


def test_every_variable_of_the_inks_is_in_both_themes() -> None:
    ours = {word.strip(";$") for ink in INKS.values() for word in ink.split() if word.startswith("$")} - {"foreground", "accent", "error"}

    for theme in THEMES:
        assert ours - set(theme.variables) <= {"warning", "panel"}
    assert set(DARK.variables) == set(LIGHT.variables)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_state_stands_out_from_the_ground(theme: object) -> None:
    ground = Color.parse(theme.background)  # type: ignore[attr-defined]

    for state in STATES:
        assert ground.get_contrast_text().a, state
        assert contrast(ground, Color.parse(theme.variables[f"state-{state}"])) > 3, state  # type: ignore[attr-defined]


def contrast(one: Color, other: Color) -> float:
    """As WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_legend_has_every_glyph_of_the_lanes_once() -> None:
    drawn = {look.glyph for look in LOOKS.values() if look.glyph.strip()}

    glyphs = [glyph for glyph, _, _ in legend()]

    assert drawn <= set(glyphs)
    assert len(glyphs) == len(set(glyphs))


def test_a_style_with_a_modifier_has_the_colour_of_the_style() -> None:
    assert variable_of("state.gil chosen") == "$state-gil"
    assert variable_of("") == ""


async def test_without_colours_the_glyphs_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Opened() as opened:
        coloured = opened.text
    monkeypatch.setenv("NO_COLOR", "1")
    async with Opened() as opened:
        plain = opened.text
        shades = {segment.style.color.triplet for strip in opened.strips for segment in strip if segment.style and segment.style.color}

    assert plain == coloured
    assert "╳" in plain
    assert all(shade is None or max(shade) - min(shade) <= 1 for shade in shades)


async def test_an_ascii_terminal_gets_nothing_else_on_any_screen() -> None:
    async with Opened(ascii_only=True) as opened:
        seen = [opened.text]
        for keys in (["left"], ["s"], ["escape", "question_mark"], ["escape", "p"], ["escape", "escape"]):
            await opened.pilot.press(*keys)
            await settled(opened.pilot)
            seen.append(opened.text)

    assert {glyph for text in seen for glyph in text if not glyph.isascii()} == set()
    assert "X" in seen[0]
    assert not any("?" in text.replace("? all keys", "") for text in seen[:3])


async def test_another_theme_paints_what_stood_ready_anew() -> None:
    async with Opened() as opened:
        dark = {segment.style.color for strip in opened.strips for segment in strip if segment.style}
        await opened.press("t")
        light = {segment.style.color for strip in opened.strips for segment in strip if segment.style}

    assert not {colour for colour in dark & light if colour and not colour.is_default}


def test_the_first_screen_is_loaded_without_numpy() -> None:
    code = "import sys, concviz.ui.app; print(sorted({'numpy', 'concviz.timeline.timeline', 'concviz.runs.run'} & set(sys.modules)))"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
