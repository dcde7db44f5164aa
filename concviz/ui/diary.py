"""What a person did in the app, as a tape: the keys with their times, and the sizes of the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BURST_S = 0.4
"""The same key again within so long counts as a repetition."""

LEAST_S = 0.05
"""Shorter pauses are none."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done."""

    at_s: float
    line: str
    """As a tape has it."""
    key: str = ""
    """Which key it was; "": none."""


class Diary:
    """Owns what was done since the app stands. Times are the clock's, in s."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._deeds: list[Deed] = []
        self._size = ""
        self.begin_s = clock()
        """When the app was there."""

    def heard(self, event: events.Event) -> None:
        """A key, a click or another size of the terminal; all else counts for nothing."""
        if isinstance(event, events.Key):
            from concviz.films.steps import is_key  # late: the first screen needs none

            shown = event.character if event.character and event.character.isprintable() and event.character != " " else event.key
            known = is_key(shown)
            self._add(f"press {shown}" if known else f"# a key that tapes have no name for: {event.key}", shown if known else "")
        elif isinstance(event, events.MouseDown):
            self._add(f"# a click at column {event.x}, line {event.y}, which tapes cannot do")
        elif isinstance(event, events.Resize):
            words = f"{event.size.width}x{event.size.height}"
            before, self._size = self._size, words
            if before in {"", words}:
                return
            from concviz.films.steps import size_of

            self._add(f"resize {words}" if size_of(words) else f"# a terminal of {words}, which is too small or too large to be filmed")

    def forget_last(self, key: str) -> None:
        """Unless something else was done since: that key was for what is kept, not for the app."""
        if self._deeds and self._deeds[-1].key == key:
            self._deeds.pop()

    def tape(self, first_s: float, until_s: float, words: Sequence[str]) -> str:
        """A tape of all up to `until_s`, of which only what lies after `first_s` is filmed; `words` are comments at its head."""
        before = [deed for deed in self._deeds if deed.at_s < first_s]
        lines = [f"# {line}" for line in words]
        lines += ["hide", *_steps(before, self.begin_s, first_s), "show"] if before else []
        lines += _steps([deed for deed in self._deeds if first_s <= deed.at_s <= until_s], first_s, until_s)
        return "\n".join(lines) + "\n"

    def _add(self, line: str, key: str = "") -> None:
        self._deeds.append(Deed(self._clock(), line, key))


def _steps(deeds: Sequence[Deed], begin_s: float, end_s: float) -> list[str]:
    """Lines with pauses between them; a key takes its own time."""
    from concviz.films.steps import KEY_S

    lines: list[str] = []
    free_s, place = begin_s, 0
    while place < len(deeds):
        until = place + 1
        while until < len(deeds) and deeds[place].key and _goes_on(deeds[until - 1], deeds[until]):
            until += 1
        lines += _pause(deeds[place].at_s - free_s)
        times = until - place
        lines.append(deeds[place].line + (f"*{times}" if times > 1 else ""))
        took_s = KEY_S * times if deeds[place].key else 0
        free_s = max(deeds[until - 1].at_s, max(free_s, deeds[place].at_s) + took_s)
        place = until
    return lines + _pause(end_s - free_s)


def _goes_on(one: Deed, other: Deed) -> bool:
    return one.key == other.key and other.at_s - one.at_s < BURST_S


def _pause(seconds: float) -> list[str]:
    return [f"wait {seconds:.2f}".rstrip("0").rstrip(".")] if seconds >= LEAST_S else []
