"""One pane of the run screen: a run's lanes, resources, source, output and figures, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive

from concviz.ui.picture import Picture, axis_cells, picture
from concviz.ui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from textual import events

    from concviz.ui.look import Look


class Pane(Canvas):
    """Draws one look; says where it was clicked and wheeled."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; background: $background; border-left: vkey $panel-lighten-2;
        &.first { border-left: none; }
    }
    """

    class Chosen(Message):
        """A pane was clicked: there its worker (0: nobody's lane) and the time, from the run's zero (None: not on the axis)."""

        def __init__(self, pane: int, worker: int, at_ns: int | None) -> None:
            super().__init__()
            self.pane, self.worker, self.at_ns = pane, worker, at_ns

    class Wheeled(Message):
        """The wheel turned: closer (1) or further away (-1), over this time; None: not over the axis."""

        def __init__(self, step: int, at_ns: int | None) -> None:
            super().__init__()
            self.step, self.at_ns = step, at_ns

    class Resized(Message):
        """The pane has room for other lanes than before."""

    look: reactive[Look | None] = reactive["Look | None"](None)
    """All that the picture depends on, its size apart; None: nothing is shown yet."""

    banner = True

    def __init__(self, pane: int) -> None:
        super().__init__(id=f"pane-{pane}")
        self.pane = pane
        """Its place on stage."""
        self._picture: Picture | None = None
        self.drawn = 0
        """How many pictures were made so far: looks that were equal do not count."""

    @property
    def axis_cells(self) -> int:
        """How many columns of time it has."""
        return axis_cells(self.content_size.width)

    def watch_look(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        """Another size is another picture."""
        self._draw()
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        offset = event.get_content_offset(self)
        worker = self._picture.worker_at(offset.y) if self._picture and offset else 0
        self.post_message(self.Chosen(self.pane, worker, self._time_at(offset.x) if worker and offset else None))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Closer."""
        self._wheel(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Further away."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, step: int) -> None:
        event.stop()
        offset = event.get_content_offset(self)
        self.post_message(self.Wheeled(step, self._time_at(offset.x) if offset else None))

    def _time_at(self, x: int) -> int | None:
        """The moment in a column; None left of the axis."""
        if self.look is None or self._picture is None or x < self._picture.axis_at:
            return None
        return self.look.window.at(x - self._picture.axis_at)

    def _draw(self) -> None:
        size = self.content_size
        if self.look is not None and size.width:
            self._picture = picture(self.look, (size.width, size.height))
            self.drawn += 1
            self.show_cells(self._picture.cells)
