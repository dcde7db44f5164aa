"""Lanes drawn several lines high, for those who sit far away."""

from __future__ import annotations

import numpy as np

from concviz.drawing.cells import Cells

LEVELS = " ▁▂▃▄▅▆▇█"
"""A cell filled from below, in eighths."""

EIGHTHS = 8

TEXTURES = "▒░╳"
"""Glyphs that fill their cell, and so repeat; all others are lines and marks, and stand in the middle."""


def thick(lanes: Cells, times: int) -> Cells:
    """Each row `times` rows high: bars grow, textures repeat; names, lines and marks stand in the middle row."""
    glyphs = np.repeat(lanes.glyphs, times, axis=0)
    styles = np.repeat(lanes.styles, times, axis=0)
    drawn = np.isin(lanes.glyphs, list(TEXTURES))
    for row in range(times):
        part = glyphs[row::times]
        if row != (times - 1) // 2:
            part[~drawn] = " "
        for eighths, glyph in enumerate(LEVELS[1:], 1):
            part[lanes.glyphs == glyph] = LEVELS[min(max(eighths * times - EIGHTHS * (times - 1 - row), 0), EIGHTHS)]
    glyphs.setflags(write=False)
    styles.setflags(write=False)
    return Cells(glyphs, styles)
