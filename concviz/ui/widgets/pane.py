"""One pane of the run screen: a run's lanes, resources, source, output and figures, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive

from concviz.ui.picture import Picture, picture
from concviz.ui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from textual import events

    from concviz.ui.look import Look


class Pane(Canvas):
    """Draws one look; says where it was clicked and wheeled."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; background: $background; border-left: vkey $frame;
        &.first { border-left: none; }
    }
    """

    class Chosen(Message):
        """A lane was clicked: its pane, worker and time (ns from the run's zero; None: left of the time axis)."""

        def __init__(self, pane: int, worker: int, at_ns: int | None) -> None:
            super().__init__()
            self.pane, self.worker, self.at_ns = pane, worker, at_ns

    class Wheeled(Message):
        """The wheel turned over the lanes: closer (1) or further away (-1), at this time."""

        def __init__(self, step: int, at_ns: int | None) -> None:
            super().__init__()
            self.step, self.at_ns = step, at_ns

    class Resized(Message):
        """The pane has room for other lanes than before."""

    look: reactive[Look | None] = reactive["Look | None"](None)
    """All that the picture depends on, its size apart; None: nothing is shown yet."""

    def __init__(self, pane: int, ascii_only: bool) -> None:
        super().__init__(id=f"pane-{pane}")
        self.pane = pane
        """Its place on stage."""
        self._ascii = ascii_only
        self._picture = Picture((), 0, ())
        self.drawn = 0
        """How often a picture was made: a cached one does not count."""

    def watch_look(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        """Another size is another picture."""
        self._draw()
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None:
            worker = self._picture.worker_at(offset.y)
            self.post_message(self.Chosen(self.pane, worker, self._time_at(offset.x) if worker else None))

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
        if self.look is None or not 0 <= x - self._picture.axis_at < self.look.window.columns:
            return None
        return self.look.window.at(x - self._picture.axis_at)

    def _draw(self) -> None:
        if self.look is None or not self.size.width:
            return
        self._picture = picture(self.look, self.size.width, self.size.height, self._ascii)
        self.drawn += 1
        self.show_rows(self._picture.rows)
