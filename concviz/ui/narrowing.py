"""Which workers have lanes: a choice that a key turns through, and a word of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.timeline.selection import Choice, chosen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.timeline.timeline import Timeline

ORDER = tuple(Choice)
"""What the key turns through."""


class Narrowing:
    """Owns the choice, and remembers what it came to at each pane's last revision."""

    def __init__(self) -> None:
        self.choice = Choice.ALL
        self.name = ""
        self._focus: Mapping[int, int] = {}
        self._known: dict[int, tuple[object, tuple[int, ...]]] = {}

    def turn(self, focus: Mapping[int, int]) -> None:
        """The next choice; after the last one all workers, whatever they are called. `focus`: each pane's focused worker."""
        self.choice = Choice.ALL if self.name and self.choice is Choice.ALL else ORDER[(ORDER.index(self.choice) + 1) % len(ORDER)]
        self.name = "" if self.choice is Choice.ALL else self.name
        self._focus = dict(focus)

    def narrowed(self, pane: int, timeline: Timeline, workers: tuple[int, ...]) -> tuple[int, ...]:
        """Those of a pane's workers that have lanes, in their order."""
        if self.choice is Choice.ALL and not self.name:
            return workers
        focus = self._focus.get(pane, 0)
        key = (id(timeline), timeline.revision, self.choice, self.name, focus, len(workers))
        known = self._known.get(pane)
        if known is None or known[0] != key:
            known = self._known[pane] = key, chosen(timeline, workers, self.choice, focus, self.name)
        return known[1]

    def words(self, shown: int, of: int) -> str:
        """What was chosen, and how many that are: "my code alone: 3 of 20"; "" all."""
        parts = [self.choice.value] if self.choice is not Choice.ALL else []
        parts += [f"“{self.name}”"] if self.name else []
        return f"{', '.join(parts)}: {shown} of {of}" if parts else ""
