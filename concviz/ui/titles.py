"""The lines that head a pane and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import line
from concviz.drawing.durations import duration
from concviz.drawing.letters import clipped, width
from concviz.ui.look import NOBODY

if TYPE_CHECKING:
    from concviz.drawing.cells import Cells, Part
    from concviz.ui.look import Look

GAP = "  "
"""Between two facts."""

GOOD = frozenset({"done", "detached", "gone"})
"""Ends that are no bad news."""

MARKS: dict[str, tuple[str, str]] = {
    "new": ("○", "text.dim"),
    "starting": ("○", "text.dim"),
    "ready": ("○", "text.dim"),
    "running": ("●", "state.running"),
    "ended": ("■", "text.dim"),
    "failed": ("✗", "text.error"),
}
"""A run's state -> the mark before its word, and its style."""


def pane(look: Look, columns: int) -> Cells:
    """Who works here, how far it is, and as which process. What does not fit goes from the end."""
    mark, style = MARKS[look.state]
    words, bad = _words(look)
    edge: Part = ("▌" if look.focused else " ", "mark.focus")
    name: Part = (look.title if look.model == NOBODY else look.model, "text.focus" if look.focused else "text.strong")
    state: list[Part] = [(f"{mark} ", "text.error" if bad else style), (words, "text.error" if bad else "text")]
    pid: list[Part] = [(f"{GAP}pid {look.pid}", "text.dim")] if look.pid else []
    room = columns - _length([edge, name, *state]) - len(GAP) - 1
    if room < _length(pid):
        pid = []
    room -= _length(pid)
    narrowed: list[Part] = [(f"{GAP}{look.narrowed}", "text.strong")] if look.narrowed else []
    if room < _length(narrowed):
        narrowed = []
    room -= _length(narrowed)
    title = clipped(look.title, room - len(GAP)) if look.title != name[0] and room > len(GAP) + 4 else ""
    left = [edge, name, (f"{GAP}{title}" if title else "", "text.dim"), *narrowed]
    gap = " " * max(columns - _length([*left, *state, *pid]) - 1, 1)
    return line([*left, (gap, ""), *state, *pid, (" ", "")], columns)


def section(words: str, columns: int) -> Cells:
    """A quiet rule with a word in it."""
    shown = clipped(words, columns - 6)
    return line([("── ", "frame.quiet"), (shown, "text.dim"), (f" {'─' * columns}", "frame.quiet")], columns)


def _words(look: Look) -> tuple[str, bool]:
    """How far it is, and whether that is bad news."""
    if look.state == "running":
        return duration(look.span_ns), False
    if look.state == "ended":
        return f"{look.ending} {duration(look.span_ns)}", look.ending not in GOOD
    if look.state == "new":
        return "waits for its turn", False
    return ("failed", True) if look.state == "failed" else ("starting", False)


def _length(parts: list[Part]) -> int:
    return sum(width(text) for text, _ in parts)
