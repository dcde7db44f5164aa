"""A stage drawn small, as the first screen remembers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from concviz.drawing.axis import Axis
from concviz.drawing.cells import stacked
from concviz.drawing.lanes import lanes
from concviz.ui.inks import variable_of
from concviz.ui.look import lanes_of, span_ns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells
    from concviz.ui.look import Shown
