"""threading.Event: who waits for it, who set it."""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import seam
from concviz.probes.labels import place
from concviz.probes.notes import Note, note_of, pin
from concviz.probes.sites import caller, maker, standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install(module: Any) -> None:
    """Put our methods into `threading.Event` and `threading.Timer`."""
    seam.replace(module.Event, "__init__", _make_init)
    seam.replace(module.Event, "clear", _make_clear)
    seam.replace(module.Timer, "__init__", _make_timer_init)


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any) -> None:  # noqa: N807 - it becomes one
        original(self)
        frame = maker()
        if not standard_file(frame.f_code.co_filename):
            _attach(self, Note("Event", self, place(frame)))

    return __init__


def _make_timer_init(original: Callable[..., None]) -> Callable[..., None]:
    """A timer is a thread that waits for its event `finished`, which `cancel` sets: that wait is the timer's."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it becomes one
        original(self, *args, **kwargs)
        frame = maker()
        if not standard_file(frame.f_code.co_filename):
            _attach(self.finished, Note("Timer", self, place(frame)))

    return __init__


def _attach(event: Any, note: Note) -> None:
    pin(event, note)
    pin(event._cond, note)


def _make_clear(original: Callable[..., None]) -> Callable[..., None]:
    def clear(self: Any) -> None:
        note = note_of(self)
        if note is not None:
            note.emit(Kind.CLEARED, caller())
        original(self)

    return clear
