"""What is shown instead of everything on a terminal that is too small for it."""

from __future__ import annotations

from textual.widgets import Static

MINIMUM_CELLS = (80, 24)
"""Columns and lines below which nothing could be read."""


class TooSmall(Static):
    """One clear line, above all else, while the terminal is too small."""

    DEFAULT_CSS = """
    TooSmall { display: none; layer: above; width: 100%; height: 100%; content-align: center middle; background: $background;
        color: $warning; text-align: center; }
    """

    def __init__(self) -> None:
        super().__init__("concviz needs 80×24", markup=False)

    def judge(self, width_cells: int, height_cells: int) -> None:
        """Show or hide it, for a terminal of this size."""
        wanted = width_cells < MINIMUM_CELLS[0] or height_cells < MINIMUM_CELLS[1]
        if wanted:
            self.update(f"needs 80×24, this terminal is {width_cells}×{height_cells}")
        self.display = wanted
