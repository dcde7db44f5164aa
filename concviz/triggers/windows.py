"""The stretches of time that are kept around what fired: merged where they touch, bounded in length and number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from concviz.recordings.format import meta

LONGEST = 12
"""A window is at most so many times as long as what is kept on one side of what fired: then another one begins."""

MOST = 32
"""Windows that are kept of one run; what fires later is counted."""

MOST_NOTES = 100
"""Of one window; what fires more often in it is counted."""


@dataclass(frozen=True, slots=True)
class Note:
    """Why a window is kept."""

    at_ns: int
    words: str
    worker: str = ""
    """Whose doing it was: the worker's uid; "" nobody's in particular."""

    def told(self) -> bytes:
        """As a recording tells it."""
        return meta("note", self.at_ns, words=self.words, worker=self.worker)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, `[from_ns, to_ns)`."""

    from_ns: int
    to_ns: int
    notes: tuple[Note, ...]
    """By time of notice."""
    more: int = 0
    """How many more there were."""


class Windows:
    """Owns the windows of one run."""

    def __init__(self, around_ns: int) -> None:
        self._around_ns = around_ns
        self._open: list[Window] = []
        self._begun = 0
        self.left_out = 0
        """How often it fired when there were too many windows already."""

    def add(self, note: Note) -> None:
        """It fired. A time long ago may be noticed late."""
        low, high = note.at_ns - self._around_ns, note.at_ns + self._around_ns
        for place, window in enumerate(self._open):
            touches = low <= window.to_ns and high >= window.from_ns
            joined = replace(window, from_ns=self._free(low, window), to_ns=max(high, window.to_ns))
            if touches and joined.to_ns - joined.from_ns <= LONGEST * self._around_ns:
                full = len(window.notes) >= MOST_NOTES
                self._open[place] = replace(joined, more=window.more + 1) if full else replace(joined, notes=(*window.notes, note))
                return
        if self._begun >= MOST:
            self.left_out += 1
            return
        self._begun += 1
        from_ns = self._free(low, Window(high, high, ()))
        self._open.append(Window(from_ns, max(high, from_ns + 1), (note,)))

    def _free(self, low: int, window: Window) -> int:
        """Where the window can begin, `low` or later, without what another has."""
        others = [other.to_ns for other in self._open if other is not window and other.from_ns < window.from_ns]
        return min(max([low, *others]), window.from_ns)

    def over(self, now_ns: int | None) -> list[Window]:
        """Those that are over by now, or all of them where nothing more will come (None); they are not given again."""
        done = [window for window in self._open if now_ns is None or window.to_ns <= now_ns]
        self._open = [window for window in self._open if window not in done]
        return done
