"""Characters that are rectangles: drawn as such they join without seams, whatever the font."""

from __future__ import annotations

Rectangle = tuple[float, float, float, float, float]
"""Left, top, right, bottom, as shares of a cell; and how much of the ground it covers."""

BLOCKS: dict[str, Rectangle] = {
    **{glyph: (0, 1 - eighths / 8, 1, 1, 1) for eighths, glyph in enumerate("▁▂▃▄▅▆▇█", 1)},
    **{glyph: (0, 0, eighths / 8, 1, 1) for eighths, glyph in enumerate("▏▎▍▌▋▊▉", 1)},
    "▀": (0, 0, 1, 0.5, 1),
    "▐": (0.5, 0, 1, 1, 1),
    "▔": (0, 0, 1, 0.125, 1),
    "▕": (0.875, 0, 1, 1, 1),
    "░": (0, 0, 1, 1, 0.25),
    "▒": (0, 0, 1, 1, 0.5),
    "▓": (0, 0, 1, 1, 0.75),
}
"""Character -> what it fills."""
