"""Any picture in ASCII, for terminals and files that have nothing else: the same cells, other glyphs."""

from __future__ import annotations

from unicodedata import normalize

import numpy as np

from concviz.drawing.cells import Cells
from concviz.drawing.palette import LOOKS, OTHER_ASCII

ASCII: dict[str, str] = {look.glyph: look.ascii for look in LOOKS.values()} | OTHER_ASCII
"""Glyph -> the ASCII glyph in its place; others lose their accents, or become "?"."""


def in_ascii(picture: Cells) -> Cells:
    """The same picture, every glyph an ASCII character."""
    found, places = np.unique(picture.glyphs, return_inverse=True)
    replaced = np.array([_ascii(glyph) for glyph in found.tolist()], dtype=picture.glyphs.dtype)
    glyphs = replaced[places].reshape(picture.glyphs.shape)
    glyphs.setflags(write=False)
    return Cells(glyphs, picture.styles)


def _ascii(glyph: str) -> str:
    if glyph.isascii():
        return glyph or " "
    if glyph in ASCII:
        return ASCII[glyph]
    plain = normalize("NFKD", glyph)[0]
    return plain if plain.isascii() else "?"
