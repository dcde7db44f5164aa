"""Colours: two themes, dark and light.

Hues of the states follow Okabe and Ito (Color Universal Design, 2008), which people with any usual colour vision tell apart; their
lightness is adapted to each ground. Colour only repeats what the glyph says.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

GROUND_SHARE = 0.38
"""How much of a state's colour is in the ground of a column in which it was not the only one."""

DARK_STATES = {
    "running": "#2fbf8f",
    "gil": "#e69f00",
    "ready": "#e8dc5a",
    "lock": "#ee6a35",
    "waiting": "#56b4e9",
    "sleeping": "#72829a",
    "child": "#5b7fae",
    "failed": "#e084bb",
}
"""What a worker does, on dark ground."""

LIGHT_STATES = {
    "running": "#00845f",
    "gil": "#b87400",
    "ready": "#8f8000",
    "lock": "#c34a00",
    "waiting": "#1f78b4",
    "sleeping": "#7d8998",
    "child": "#4a6a97",
    "failed": "#a8447f",
}
"""What a worker does, on light ground."""

DARK_HOLDERS = ("#2fbf8f", "#56b4e9", "#e69f00", "#e084bb", "#e8dc5a", "#ee6a35", "#9d8df1")
LIGHT_HOLDERS = ("#00845f", "#1f78b4", "#b87400", "#a8447f", "#8f8000", "#c34a00", "#5b49b8")

_CURSOR_BAR = {"block-cursor-text-style": "none", "footer-key-foreground": "#e3c07a"}


def _variables(ground: str, states: dict[str, str], holders: tuple[str, ...], **others: str) -> dict[str, str]:
    grounds = {f"ground-{name}": Color.parse(ground).blend(Color.parse(colour), GROUND_SHARE).hex for name, colour in states.items()}
    inks = {f"state-{name}": colour for name, colour in states.items()}
    named = {f"holder-{place}": colour for place, colour in enumerate(holders, 1)}
    return inks | grounds | named | {name.replace("_", "-"): colour for name, colour in others.items()} | _CURSOR_BAR


DARK = Theme(
    name="concviz-dark",
    primary="#7aa2d4",
    secondary="#8fb8a8",
    accent="#e3c07a",
    warning="#e69f00",
    error="#ee6a35",
    success="#2fbf8f",
    foreground="#d5dae2",
    background="#12161c",
    surface="#181d25",
    panel="#1f2630",
    dark=True,
    variables=_variables(
        "#12161c",
        DARK_STATES,
        DARK_HOLDERS,
        quiet="#7d8898",
        frame="#5a6675",
        name="#b4bfcd",
        chosen="#1c2430",
        cursor="#46566c",
        code="#bcc5d0",
        code_keyword="#8fb0dd",
        code_name="#e3c07a",
        code_string="#9cc3a5",
        code_number="#d3a3c4",
        block_cursor_background="#27405f",
        block_cursor_foreground="#ffffff",
    ),
)
"""For dark terminals, and at first."""

LIGHT = Theme(
    name="concviz-light",
    primary="#2b5f9e",
    secondary="#3f7a66",
    accent="#8a5a00",
    warning="#a86a00",
    error="#c34a00",
    success="#00845f",
    foreground="#232a33",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e9e6dd",
    dark=False,
    variables=_variables(
        "#fbfaf7",
        LIGHT_STATES,
        LIGHT_HOLDERS,
        quiet="#6b7480",
        frame="#a39e90",
        name="#3d4753",
        chosen="#f0ede4",
        cursor="#cfc8b5",
        code="#3a434e",
        code_keyword="#2b5f9e",
        code_name="#8a5a00",
        code_string="#3c7a4c",
        code_number="#92396e",
        block_cursor_background="#cfdff1",
        block_cursor_foreground="#10151c",
    ),
)
"""For light terminals."""

THEMES = (DARK, LIGHT)
"""Both; the first is the one at start."""
