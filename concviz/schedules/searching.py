"""What every search is: it says which schedules to try next, and learns what came of each, in the order in which it said them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from concviz.schedules.plan import Plan
    from concviz.schedules.trial import Trial


class Search(Protocol):
    """A strategy at work. Its answers depend on what it was told alone, so that they are the same wherever the schedules run."""

    def plans(self, most: int) -> list[Plan]:
        """The next schedules, at most so many; none when it has none, or waits to learn of earlier ones first."""

    def learn(self, plan: Plan, trial: Trial) -> None:
        """What one of its plans came to; called once for each, in the order in which they were given."""

    @property
    def exhausted(self) -> bool:
        """Whether all there is has been tried: then nothing that was not found is there."""

    def claims(self) -> tuple[str, ...]:
        """What can be said of the schedules that it has tried, each as a part of a sentence; () when nothing can."""
