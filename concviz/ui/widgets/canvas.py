"""A picture as Textual's strips: the one place where a drawing's style names become colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from concviz.ui.inks import CSS, INKS, class_of

if TYPE_CHECKING:
    from rich.style import Style

    from concviz.drawing.cells import Cells, Part


class Canvas(Widget):
    """Shows a picture, and draws again only those of its lines that changed."""

    COMPONENT_CLASSES = {class_of(name) for name in INKS}
    DEFAULT_CSS = CSS

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._cells: Cells | None = None
        self._strips: dict[tuple[tuple[Part, ...], int], Strip] = {}
        self._styles: dict[str, Style] = {}
        self.made = 0
        """How many lines were made so far: those that stood ready do not count."""

    banner = False
    """Whether the first line stands on a ground of its own."""

    def show_cells(self, cells: Cells) -> list[int]:
        """Show this picture from now on; gives the lines that are not as they were."""
        old, self._cells = self._cells, cells
        changed = _changed(old, cells)
        if changed:
            width = self.size.width
            self.refresh(*(Region(0, y, width, 1) for y in changed))
        return changed

    def render_line(self, y: int) -> Strip:
        """One line; made once for equal ones."""
        cells, width = self._cells, self.content_size.width
        parts = tuple(cells.runs(y)) if cells is not None and y < cells.height else ()
        if self.banner and y == 0:
            parts = tuple((text, f"{name} banner") for text, name in parts)
        strip = self._strips.get((parts, width))
        if strip is None:
            if len(self._strips) > 8 * self.size.height + 64:
                self._strips.clear()
            strip = Strip([Segment(text, self._style(name)) for text, name in parts]).adjust_cell_length(width, self._style(""))
            self._strips[parts, width] = strip
            self.made += 1
        return strip

    def notify_style_update(self) -> None:
        """Another theme: every colour is another."""
        self._strips.clear()
        self._styles.clear()
        super().notify_style_update()

    def _style(self, names: str) -> Style:
        style = self._styles.get(names)
        if style is None:
            style = self.rich_style
            for name in filter(None, names.split(" ")):
                style += self.get_component_rich_style(class_of(name), partial=True)
            self._styles[names] = style
        return style


def _changed(old: Cells | None, new: Cells) -> list[int]:
    if old is None or old.glyphs.shape != new.glyphs.shape:
        return list(range(max(new.height, old.height if old is not None else 0)))
    differs = (old.glyphs != new.glyphs).any(axis=1) | (old.styles != new.styles).any(axis=1)
    return [int(y) for y in np.flatnonzero(differs)]
