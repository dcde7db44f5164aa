"""The open page of the lesson, below the panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.ui.strip import strip
from concviz.ui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from concviz.ui.course import Course


class LessonStrip(Canvas):
    """As high as its page; not there while none is open."""

    DEFAULT_CSS = "LessonStrip { height: auto; background: $surface; display: none; }"

    def show_course(self, course: Course, columns: int) -> None:
        """What stands on the open page now."""
        cells = strip(course, columns)
        self.display = cells is not None
        if cells is not None:
            self.styles.height = cells.height
            self.show_cells(cells)
