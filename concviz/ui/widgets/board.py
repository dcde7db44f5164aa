"""The board of the control screen: who stands where, what they share, and the schedule so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive

from concviz.stepping.board import board
from concviz.ui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from textual import events

    from concviz.stepping.board import Board, Moment


class BoardView(Canvas):
    """Draws one moment; says which worker was clicked."""

    DEFAULT_CSS = "BoardView { height: 1fr; background: $background; padding: 0 1; }"

    class Chosen(Message):
        """A worker's place was clicked."""

        def __init__(self, worker: int) -> None:
            super().__init__()
            self.worker = worker

    moment: reactive[Moment | None] = reactive["Moment | None"](None)
    """All that the picture depends on, its size apart; None: nothing is shown yet."""

    def __init__(self) -> None:
        super().__init__(id="board")
        self._board: Board | None = None

    def watch_moment(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        """Another size is another picture."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Choose whose place it is."""
        offset = event.get_content_offset(self)
        worker = self._board.worker_at(offset.x, offset.y) if self._board and offset else 0
        if worker:
            self.post_message(self.Chosen(worker))

    def _draw(self) -> None:
        size = self.content_size
        if self.moment is not None and size.width:
            self._board = board(self.moment, (size.width, size.height))
            self.show_cells(self._board.cells)
