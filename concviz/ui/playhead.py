"""The playhead: where in the recorded time the screen stands, and how it moves."""

from __future__ import annotations

from enum import Enum

SPEEDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""What playback can run at, as a multiple of the time it took."""

REPLAY_S = 4.0
"""A replay at a speed of our choice lasts at least so long, as far as SPEEDS reach."""


class Mode(Enum):
    """What moves the playhead."""

    LIVE = "live"
    PAUSED = "paused"
    PLAYING = "playing"


class Playhead:
    """Owns the moment that is shown, in ns from the common zero. Knows no clock: whoever moves it says by how much."""

    def __init__(self) -> None:
        self.mode = Mode.LIVE
        self.at_ns = 0
        self.speed = 1.0
        self._chosen = False

    def advance(self, elapsed_s: float, end_ns: int, growing: bool) -> None:  # noqa: FBT001 - a fact, no switch
        """Let `elapsed_s` of the viewer's time go by, up to `end_ns`, the last moment there is anything of.

        There it stops, or follows what is live while that still grows.
        """
        if self.mode is Mode.LIVE:
            self.at_ns = end_ns
        elif self.mode is Mode.PLAYING:
            self.at_ns += round(elapsed_s * 1e9 * self.speed)
            if self.at_ns >= end_ns:
                self.at_ns, self.mode = end_ns, Mode.LIVE if growing else Mode.PAUSED

    def toggle(self, end_ns: int, growing: bool) -> None:  # noqa: FBT001 - a fact, no switch
        """Pause, or play on. From the end of what has ended it plays all again, from the start."""
        if self.mode is Mode.PLAYING or (self.mode is Mode.LIVE and growing):
            self.mode = Mode.PAUSED
            return
        if self.mode is Mode.LIVE or self.at_ns >= end_ns:
            self.at_ns = 0
        if not self._chosen:
            self.speed = fitting(end_ns)
        self.mode = Mode.PLAYING

    def jump(self, at_ns: int) -> None:
        """Stand still at a moment."""
        self.mode, self.at_ns = Mode.PAUSED, max(at_ns, 0)

    def follow(self) -> None:
        """Show what is newest, from now on."""
        self.mode = Mode.LIVE

    def shift_gear(self, step: int) -> None:
        """One speed up or down; from then on the speed is the viewer's choice."""
        place = SPEEDS.index(self.speed) + step
        self.speed = SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
        self._chosen = True


def fitting(span_ns: int) -> float:
    """The speed, at most 1, at which so long a run can be watched: 2 ms at 1/1000, 10 s as it was."""
    return next((speed for speed in reversed(SPEEDS) if speed <= 1 and span_ns / 1e9 / speed >= REPLAY_S), SPEEDS[0])


def speed_words(speed: float) -> str:
    """A speed for people: "×2", "×1/100"."""
    return f"×{speed:g}" if speed >= 1 else f"×1/{round(1 / speed)}"
