"""The lines between the panes and the keys that come and go: what was found, and what the glyphs mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.ui import found, legend
from concviz.ui.inspection import pane_name
from concviz.ui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from concviz.ui.stage_model import StageModel

LEGEND_REVISIONS = 8
"""So many revisions of a timeline may go by until the legend is looked up anew."""


class FindingRows(Canvas):
    """As many lines as there are findings, up to a few."""

    DEFAULT_CSS = "FindingRows { height: auto; background: $background; display: none; }"

    def show_found(self, model: StageModel, columns: int, *, hidden: bool) -> None:
        """What was found so far. `hidden`: there is no room for it now."""
        names = [pane_name(model, pane) for pane in range(len(model.runs))]
        cells = found.findings(model.found, model.finding, names, columns)
        self.display = bool(model.found) and not hidden
        self.styles.height = cells.height
        self.show_cells(cells)


class LegendRow(Canvas):
    """What the glyphs mean; looked up anew now and then only, since states hardly ever come anew."""

    DEFAULT_CSS = "LegendRow { height: 1; background: $background; }"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as Textual calls it
        super().__init__(id=id)
        self._shown: object = None

    def show_legend(self, model: StageModel, columns: int) -> None:
        """Of the states that are on screen."""
        looks = [model.look(pane) for pane in model.visible]
        wanted = [(id(look.timeline), look.revision // LEGEND_REVISIONS, look.state, len(look.workers)) for look in looks], columns
        if wanted != self._shown:
            self._shown = wanted
            self.show_cells(legend.row(looks, columns))
