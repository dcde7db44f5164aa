"""What each state looks like: the one table of glyphs, styles and short words, and of the markers beside them.

Every state has a glyph of its own, so that a picture without colour says the same. Strong glyphs are for what costs or makes
progress, thin lines for waits on another one's word, dots and waves for the outside.
"""

from __future__ import annotations

from dataclasses import dataclass

from concviz.timeline.states import State


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is drawn."""

    glyph: str
    """Fills the columns in which the state is the longest. " ": nothing is drawn."""
    ascii: str
    """Likewise, where the terminal has ASCII only."""
    style: str
    """The style's name."""
    mixed: str
    """The style of a bar that shows for how much of the column a worker ran that was in this state for the rest of it."""
    short: str
    """A word for legends and narrow places."""
    contends: bool = False
    """Whether running is what it waits for: then any running in the column is drawn as a bar."""


LOOKS: dict[State, Look] = {
    State.NONE: Look(" ", " ", "", "mixed.off", "not started"),
    State.RUNNING: Look("█", "#", "state.running", "state.running", "running"),
    State.GIL: Look("▒", "g", "state.gil", "mixed.gil", "waits for GIL", contends=True),
    State.READY: Look("░", "r", "state.ready", "mixed.ready", "ready", contends=True),
    State.LOCK: Look("╳", "X", "state.lock", "mixed.lock", "lock"),
    State.QUEUE: Look("═", "=", "state.waiting", "mixed.waiting", "queue"),
    State.EVENT: Look("┄", "-", "state.waiting", "mixed.waiting", "event"),
    State.SYNC: Look("┅", "+", "state.waiting", "mixed.waiting", "others"),
    State.CHILD: Look("─", "_", "state.child", "mixed.child", "join"),
    State.IO: Look("~", "~", "state.sleeping", "mixed.sleeping", "I/O"),
    State.SLEEPING: Look("·", ".", "state.sleeping", "mixed.sleeping", "sleep"),
    State.AWAIT: Look("┈", ":", "state.waiting", "mixed.waiting", "await"),
    State.DONE: Look(" ", " ", "", "mixed.off", "done"),
    State.FAILED: Look(" ", " ", "", "mixed.off", "failed"),
}
"""State -> how it is drawn."""

BARS = " ▁▂▃▄▅▆▇█"
"""Running for so many eighths of a column."""

LEAST_BAR = 1 / 16
"""A smaller share of a column is no bar but a mark, unless running is what the worker contends for."""

LOCKED = "×"
"""Waiting for a lock in most of a column, and running in the rest of it."""

EVENT = "◆"
"""Something happened here, too short to be a bar."""

FAILED = "✗"
"""Here a worker failed."""

WORKER = "▶"
"""A worker stands on this line of source."""

FOCUS = "▸"
"""Before the lane of the focused worker."""

CURSOR = "│"
"""The moment looked at, where nothing else is drawn."""

CURSOR_HEAD = "▼"
"""The moment looked at, on the ruler."""

HELD = "▪"
"""Before the holder of a lock, and for an event that is set."""

FREE = "▫"
"""A lock that nobody holds, and an event that is not set."""

FULL = "▮"
"""An item in a queue, a permit of a semaphore."""

EMPTY = "▯"
"""Room in a queue, a permit that is taken."""

OTHER_ASCII: dict[str, str] = {
    "▁": "%",
    "▂": "%",
    "▃": "%",
    "▄": "%",
    "▅": "#",
    "▆": "#",
    "▇": "#",
    LOCKED: "x",
    EVENT: "*",
    FAILED: "!",
    WORKER: ">",
    FOCUS: ">",
    CURSOR: "|",
    CURSOR_HEAD: "V",
    HELD: "*",
    FREE: "o",
    FULL: "#",
    EMPTY: ".",
    "…": "~",
    "µ": "u",
    "↑": "^",
    "↓": "v",
    "→": ">",
}
"""Glyphs that stand for no single state, where the terminal has ASCII only. A bar up to a half: "%"."""


def look_of(state: int) -> Look:
    """How a state is drawn; a number that stands for no state counts as not started."""
    return LOOKS.get(State(state), LOOKS[State.NONE]) if 0 <= state < len(State) else LOOKS[State.NONE]
