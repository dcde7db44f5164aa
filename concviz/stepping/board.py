"""The board: all that one moment of a run under control shows, as cells, and what a click on them means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.drawing.cells import Canvas, Cells, line, stacked
from concviz.drawing.letters import clipped
from concviz.stepping import ending, lanes, stances
from concviz.stepping.session import STDERR
from concviz.stepping.table import table
from concviz.stepping.things import things
from concviz.stepping.words import counted
from concviz.stepping.workers import names_of, workers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.gates.choice import Outcome, Step
    from concviz.stepping.session import Stands, Words
    from concviz.stepping.workers import Worker

SIDE_SHARE, SIDE_LEAST, SIDE_MOST = 4, 30, 44
"""What is shared stands on the right, in the width over the first, but not less and not more than the others."""

PANE_WIDTH, PANE_HEIGHT = 38, 6
"""A worker's pane is at least so large; else workers get a line each."""

ABOVE_LEAST = 12
"""What is shared and printed needs room where sources are short, too."""

LANES_SHARE = 3
"""The schedule and the output get the height over this, at the bottom."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a board shows."""

    steps: tuple[Step, ...]
    stands: Stands | None
    outcome: Outcome | None
    fault: str
    words: tuple[Words, ...]
    cursor: int
    """The worker that Enter grants; 0: none."""
    lived: frozenset[int] = frozenset()
    """Who stood when all stood last, by number."""

    @property
    def workers(self) -> tuple[Worker, ...]:
        """All that were heard of."""
        return workers(self.steps, self.stands, self.outcome, self.lived)


@dataclass(frozen=True, slots=True)
class Region:
    """A worker's place on the board, in cells; half-open."""

    worker: int
    top: int
    bottom: int
    left: int
    right: int

    def holds(self, x: int, y: int) -> bool:
        """Whether a cell is in it."""
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Board:
    """The picture, and where each worker stands in it."""

    cells: Cells
    regions: tuple[Region, ...]

    def worker_at(self, x: int, y: int) -> int:
        """The worker whose place a cell is in; 0: nobody's."""
        return next((region.worker for region in self.regions if region.holds(x, y)), 0)


def board(moment: Moment, size: tuple[int, int]) -> Board:
    """The moment in (width, height) cells."""
    columns, rows = size
    canvas = Canvas(columns, rows)
    found = moment.workers
    side = min(max(columns // SIDE_SHARE, SIDE_LEAST), SIDE_MOST)
    upper = min(rows - _below(moment, len(found), rows), _above(found, columns - side - 1))
    below = rows - upper
    regions = _workers(canvas, found, moment.cursor, (columns - side - 1, upper))
    _side(canvas, moment, found, (columns - side, side, upper))
    _bottom(canvas, moment, found, (upper, below))
    return Board(canvas.cells(), regions)


def _below(moment: Moment, count: int, rows: int) -> int:
    """The height of the lower part: lanes and steps, or how it ended."""
    wanted = max(count + 2, 8)
    if moment.outcome is not None:
        wanted = max(wanted, len(ending.lines(moment.outcome)) + 2)
    return min(wanted, max(rows // LANES_SHARE if moment.outcome is None else rows // 2, 6))


def _above(found: Sequence[Worker], width: int) -> int:
    """The height that the panes of workers could fill."""
    across = min(max(width // PANE_WIDTH, 1), max(len(found), 1))
    down = -(-len(found) // across) if found else 1
    return max(down * max((stances.height(worker) for worker in found), default=0), ABOVE_LEAST)


def _workers(canvas: Canvas, found: Sequence[Worker], cursor: int, size: tuple[int, int]) -> tuple[Region, ...]:
    """Panes side by side and below each other as they fit, else a line each; gives their places."""
    width, height = size
    across = min(max(width // PANE_WIDTH, 1), max(len(found), 1))
    down = -(-len(found) // across) if found else 1
    if height // down < PANE_HEIGHT:
        return _rows(canvas, found, cursor, size)
    each = (width // across, height // down)
    regions = []
    for place, worker in enumerate(found):
        top, left = place // across * each[1], place % across * each[0]
        canvas.paste(top, left, stances.pane(worker, (each[0] - 1, each[1]), cursor=worker.number == cursor))
        regions.append(Region(worker.number, top, top + each[1], left, left + each[0] - 1))
    return tuple(regions)


def _rows(canvas: Canvas, found: Sequence[Worker], cursor: int, size: tuple[int, int]) -> tuple[Region, ...]:
    """The source of the one at the cursor, and a line for each; those that are over give way first."""
    width, height = size
    shown = sorted(sorted(found, key=lambda one: (one.over, one.number))[:height], key=lambda one: one.number)
    regions = []
    for row, worker in enumerate(shown):
        canvas.paste(row, 0, stances.row(worker, width, cursor=worker.number == cursor))
        regions.append(Region(worker.number, row, row + 1, 0, width))
    left = height - len(shown)
    looked_at = next((worker for worker in found if worker.number == cursor), None)
    if looked_at is not None and left >= stances.LEAST_LINES:
        canvas.paste(len(shown), 0, stances.pane(looked_at, (width, left), cursor=True))
    return tuple(regions)


def _side(canvas: Canvas, moment: Moment, found: Sequence[Worker], place: tuple[int, int, int]) -> None:
    left, width, height = place
    names = names_of(found)
    shared = things(moment.steps, moment.stands.everybody if moment.stands else moment.outcome.stuck if moment.outcome else ())
    canvas.paste(0, left, heading("shared", width))
    wanted = len(shared) * 2
    words = min(max(len(moment.words), 1) + 1, max(height // 3, 3))
    room = max(height - 1 - words, 2)
    canvas.paste(1, left, table(shared, names, (width, min(wanted, room)))) if shared else canvas.put(
        1, left + 1, "nothing yet", "text.dim"
    )
    top = 1 + min(max(wanted, 1), room) + 1
    canvas.paste(top, left, heading("output", width))
    for row, one in enumerate(moment.words[-(height - top - 1) :], top + 1):
        style = "text.error" if one.stream == STDERR else "text"
        canvas.put_parts(row, left, [(f"{one.step:>4} ", "text.dim"), (clipped(one.text, width - 5), style)])
    if not moment.words:
        canvas.put(top + 1, left + 1, "nothing yet", "text.dim")


def _bottom(canvas: Canvas, moment: Moment, found: Sequence[Worker], place: tuple[int, int]) -> None:
    top, height = place
    columns = canvas.glyphs.shape[1]
    names = names_of(found)
    half = columns * 11 // 20
    canvas.paste(top, 0, heading(f"schedule: {counted(len(moment.steps), 'step')}", half - 1))
    canvas.paste(top + 1, 0, lanes.lanes(moment.steps, names, (half - 1, height - 1)))
    if moment.outcome is not None:
        words, style = ending.head(moment.outcome)
        canvas.paste(top, half, line([(f" {words} ", style), ("─" * columns, "frame.quiet")], columns - half))
        canvas.paste(top + 1, half, ending.ending(ending.lines(moment.outcome)[1:] or _calm(moment), (columns - half, height - 1)))
    elif moment.fault:
        canvas.paste(top, half, heading("it cannot go on", columns - half))
        canvas.paste(top + 1, half, ending.ending([(moment.fault, "text.error")], (columns - half, height - 1)))
    else:
        canvas.paste(top, half, heading("steps", columns - half))
        canvas.paste(top + 1, half, lanes.told(moment.steps, (columns - half, height - 1)))


def _calm(moment: Moment) -> list[tuple[str, str]]:
    said = f"in {counted(len(moment.steps), 'step')}. ← goes back, to choose otherwise"
    return [(said, "text.dim")]


def heading(words: str, columns: int) -> Cells:
    """A part's first line."""
    return stacked(line([(f" {words} ", "text.dim"), ("─" * columns, "frame.quiet")], columns))
