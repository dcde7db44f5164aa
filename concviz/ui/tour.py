"""The tour of a first-time user: a line at the bottom that says what to press, goes on by itself, and is in nobody's way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that is said."""

    screen: str
    """The screen it is about, as its class is called."""
    seconds: float
    """How long it stands there; the last one of a screen stays until that is left, if another screen's follows."""
    words: str


STOPS = (
    Stop(
        "HomeScreen", 15, "Welcome. Each of these is a few complete programs, run side by side. Press enter to run the one that is marked."
    ),
    Stop(
        "RunScreen", 8, "Each lane is a worker: a thread, a process or a task. Time runs to the right, and all of it was measured just now."
    ),
    Stop(
        "RunScreen",
        8,
        "Green runs; what waits has the colour of what it waits for. Below the lanes: the line of source where each one stands.",
    ),
    Stop(
        "RunScreen",
        8,
        "space stands still or plays again, ← and → go from one event to the next, + and - look closer, tab takes the next pane.",
    ),
    Stop("RunScreen", 8, "a asks what the lesson asks, and answers from this very run. p changes the numbers and runs again, to compare."),
    Stop("RunScreen", 7, "? shows all keys, esc goes back to the scenarios. There, g lets you guess before you look. Have fun."),
)
"""In their order. Under a minute in all."""


class Tour:
    """Owns the place in it. Knows no clock: whoever shows it says how much time went by on a screen."""

    def __init__(self, stops: tuple[Stop, ...] = STOPS) -> None:
        self._stops = list(stops)
        self._left_s = stops[0].seconds if stops else 0.0

    @property
    def over(self) -> bool:
        """Whether nothing is left to say."""
        return not self._stops

    def end(self) -> None:
        """Say no more."""
        self._stops.clear()

    def words(self, screen: str) -> str:
        """What is to be said on a screen now; "" for nothing there."""
        return self._stops[0].words if self._stops and self._stops[0].screen == screen else ""

    def go_by(self, screen: str, seconds: float) -> None:
        """So much time has gone by on a screen. Whoever is further than the tour is not called back."""
        screens = [stop.screen for stop in self._stops]
        if screen in screens and screens[0] != screen:
            del self._stops[: screens.index(screen)]
            self._left_s = self._stops[0].seconds
        elif self.words(screen):
            self._left_s -= seconds
            following = self._stops[1:2]
            if self._left_s <= 0 and (not following or following[0].screen == screen):
                del self._stops[:1]
                self._left_s = following[0].seconds if following else 0.0
