"""One pane's picture: what the drawing makes of a look, part upon part, and where in it a click lands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from concviz.drawing.axis import Axis, View
from concviz.drawing.cells import Canvas
from concviz.drawing.cores import cores
from concviz.drawing.family import family
from concviz.drawing.figures import figures
from concviz.drawing.gil import gil
from concviz.drawing.lag import lag
from concviz.drawing.lanes import first_row, lanes, rows
from concviz.drawing.output import output
from concviz.drawing.resources import resources
from concviz.drawing.ruler import ruler
from concviz.drawing.source import source
from concviz.drawing.thick import thick
from concviz.drawing.waits import waits_for
from concviz.ui import facts, titles
from concviz.ui.sections import Wanted, share

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.drawing.cells import Cells
    from concviz.ui.look import Look

EDGE = 1
"""Blank columns at the left and at the right of a pane."""

LABEL_SHARE, LABEL_LEAST, LABEL_MOST = 4, 8, 14
"""The names beside the lanes take the width over the first, within the other two, in cells."""

MANY_WAITS = 100
"""Rows of the waits that are counted."""

HIGHEST, MOST_WORDS = 5, 7
"""For those who sit far away: lines of a lane, and of the output with its title, at most."""

ROOMY = 8
"""Lines between a pane's first and last from which on the GIL and the cores get theirs."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a pane shows, and what lies where in it."""

    cells: Cells
    axis_at: int
    """The column in which the time axis begins."""
    workers: tuple[tuple[int, int], ...] = ()
    """(line, worker) of each lane."""

    def worker_at(self, y: int) -> int:
        """The worker whose lane is in that line; 0: nobody's."""
        return next((worker for line, worker in self.workers if line == y), 0)


def label_cells(width_cells: int) -> int:
    """How many columns the names take in a pane so wide. It depends on nothing else, so that the axis never jumps."""
    return min(max(width_cells // LABEL_SHARE, LABEL_LEAST), LABEL_MOST)


def axis_cells(width_cells: int) -> int:
    """How many columns of time a pane so wide has."""
    return max(width_cells - 2 * EDGE - label_cells(width_cells), 1)


def picture(look: Look, size: tuple[int, int]) -> Picture:
    """A pane of (width, height) cells."""
    width, height = size
    painter = _Painter(look, width, height)
    painter.paint()
    return Picture(painter.canvas.cells(), EDGE + painter.view.label_cells, tuple(painter.workers))


@dataclass(frozen=True, slots=True)
class _Middle:
    """A part that takes what height it gets."""

    lines: int
    """What it could fill."""
    draw: Callable[[int], Cells]
    """Its picture at a height."""


class _Painter:
    """Owns the canvas of one picture, and the line that is next."""

    def __init__(self, look: Look, width: int, height: int) -> None:
        self.canvas = Canvas(width, height)
        self.workers: list[tuple[int, int]] = []
        window, columns = look.window, axis_cells(width)
        axis = Axis(window.from_ns, window.from_ns + window.column_ns * columns, columns)
        self.view = View(axis, label_cells(width), look.at_ns if look.cursor else None, look.worker if look.focused else 0)
        self._look, self._width, self._height = look, width - 2 * EDGE, height
        self._line = 0

    def paint(self) -> None:
        """All parts, from top to bottom."""
        look, timeline = self._look, self._look.timeline
        self._add(titles.pane(look, self._width + 2 * EDGE), at=0)
        self._height -= 2
        if look.big:
            self._big()
            return
        every = facts.shared(look)
        middle, title = self._middle()
        said = facts.said(look)
        roomy = self._height >= ROOMY + min(len(look.workers), ROOMY)
        seats = (
            [gil(timeline, look.workers, self.view), cores(timeline, look.workers, self.view), lag(timeline, self.view)] if roomy else []
        )
        self._height -= sum(row.height for row in seats)
        wanted = Wanted(max(len(look.workers), 1), len(every), middle.lines, len(said))
        heights = share(self._height, wanted)
        if heights.ruler:
            self._add(ruler(self.view))
        self._lanes(heights.lanes)
        for row in seats:
            self._add(row)
        self._add(resources(every, (self._width, heights.resources)))
        if heights.source:
            self._add(titles.section(title, self._width))
            self._add(middle.draw(heights.source - 1))
        if heights.output:
            self._add(titles.section("output", self._width))
            self._add(output(said, (self._width, heights.output - 1), max(timeline.end_ns - timeline.zero_ns, 1)))
        self._line = self.canvas.glyphs.shape[0] - 1
        self._add(figures(facts.sums(look), self._width))

    def _big(self) -> None:
        """Nothing but the lanes, as high as there is room, and the last words."""
        look = self._look
        said = facts.said(look)
        self._add(ruler(self.view))
        words = min(len(said) + 1, MOST_WORDS) if said else 0
        room = self._height - 1 - words
        times = max(min(room // max(len(look.workers), 1), HIGHEST), 1)
        first = first_row(look.workers, look.worker, room // times)
        drawn = lanes(look.timeline, look.workers, self.view, room // times, first)
        shown, _ = rows(look.workers, room // times, first)
        self.workers = [(self._line + row * times + part, worker) for row, worker in enumerate(shown) for part in range(times)]
        self._add(thick(drawn, times))
        if words:
            self._line = self.canvas.glyphs.shape[0] - 1 - words
            self._add(titles.section("output", self._width))
            self._add(output(said, (self._width, words - 1), max(look.timeline.end_ns - look.timeline.zero_ns, 1)))
        self._line = self.canvas.glyphs.shape[0] - 1
        self._add(figures(facts.sums(look), self._width))

    def _middle(self) -> tuple[_Middle, str]:
        """What stands between the resources and the output, and its title."""
        look = self._look
        if look.waits:
            draw = partial(waits_for, look.timeline, facts.moment_ns(look), self._width)
            return _Middle(draw(MANY_WAITS).height, draw), "who waits for whom"
        if look.family:
            return self._family()
        text, places, file = facts.source(look)
        return _Middle(len(text.splitlines()) if text else 0, lambda height: source(text, places, (self._width, height))), file

    def _family(self) -> tuple[_Middle, str]:
        look = self._look

        def draw(height: int) -> Cells:
            return family(look.timeline, look.workers, look.worker, facts.moment_ns(look), (self._width, height))

        return _Middle(max(len(look.workers), 1), draw), "who made whom"

    def _lanes(self, height: int) -> None:
        look = self._look
        first = first_row(look.workers, look.worker, height)
        shown, _ = rows(look.workers, height, first)
        self.workers = [(self._line + row, worker) for row, worker in enumerate(shown)]
        self._add(lanes(look.timeline, look.workers, self.view, height, first))

    def _add(self, cells: Cells, at: int = EDGE) -> None:
        self.canvas.paste(self._line, at, cells)
        self._line += cells.height
