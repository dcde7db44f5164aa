"""Several searches at once, a few schedules of each in turn: chance finds most failures soon, and the others can come to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.schedules.plan import Plan
    from concviz.schedules.searching import Search
    from concviz.schedules.trial import Trial


class Mixed:
    """A search made of searches. It is exhausted as soon as one of them is."""

    def __init__(self, searches: Sequence[tuple[Search, int]]) -> None:
        """Each with how many schedules it gets in each round."""
        self._searches = searches
        self._turn = 0
        self._asked: list[Search] = []

    def plans(self, most: int) -> list[Plan]:
        """One round at most: whoever waits for what is under way gives its turn away, but chance does not fill it."""
        found: list[Plan] = []
        if self.exhausted:
            return found
        for _ in self._searches:
            search, share = self._searches[self._turn]
            given = search.plans(min(share, most - len(found)))
            found += given
            self._asked += [search] * len(given)
            if len(found) == most:
                break
            self._turn = (self._turn + 1) % len(self._searches)
        return found

    def learn(self, plan: Plan, trial: Trial) -> None:
        """Told to the one that asked."""
        self._asked.pop(0).learn(plan, trial)

    @property
    def exhausted(self) -> bool:
        """Whether one of them has tried everything."""
        return any(search.exhausted for search, _ in self._searches)

    def claims(self) -> tuple[str, ...]:
        """What any can say; once all is tried, that alone."""
        complete = [search for search, _ in self._searches if search.exhausted]
        return tuple(claim for search in complete[:1] or [search for search, _ in self._searches] for claim in search.claims())
