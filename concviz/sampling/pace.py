"""When to look next, so that looking costs no more CPU than its budget: dearer looks come less often.

What counts as cost is the whole thread's CPU time, waking up included, less what was spent on other work (`aside`).
"""

from __future__ import annotations

import time

BUDGET = 0.05
"""Share of one core that looking may cost, if nothing else is asked for."""

GIL_NS_TIMES_BUDGET = 36_000
"""The shortest time between two looks at a GIL is this over the budget: 0.72 ms at 5 %, 0.072 ms at 50 %."""

FASTEST_NS = 50_000
"""Nor is it shorter than this."""

SLOWEST_NS = 1_000_000_000
"""However dear looks get, they come this often."""

WINDOW_NS = 100_000_000
"""What looks have cost is found out this often."""

SEATS_SHARE = 0.2
"""What part of the budget looks at seats may take where GILs are watched too."""

SEATS_ALONE = 0.5
"""Likewise where none is: waking up costs as much again."""

REPAY_LEAST = 0.5
"""Looks that have cost more than the budget so far get less of it from then on, but not less than this part."""

SEATS_PER_GIL = 4
"""Between two looks at seats lie so many at GILs at least: who held none in any of them did not hold it in between."""


class Pace:
    """Owns the intervals and the account of what looking has cost."""

    def __init__(self, budget: float, seats_least_ns: int) -> None:
        """`budget`: share of one core, above 0. `seats_least_ns`: the shortest time between two looks at the seats."""
        self.budget = budget
        self.gil_ns = self._gil_least_ns = max(FASTEST_NS, int(GIL_NS_TIMES_BUDGET / budget))
        """The time between two looks at a GIL."""
        self.seats_ns = self._seats_least_ns = max(seats_least_ns, SEATS_PER_GIL * self.gil_ns)
        """The time between two looks at the seats."""
        self._began_ns = time.thread_time_ns()
        self._aside_ns = 0
        self._since_ns = time.monotonic_ns()
        self._window = (self._since_ns, 0, 0, 0)

    @property
    def cost_ns(self) -> int:
        """CPU time that looking has cost so far."""
        return time.thread_time_ns() - self._began_ns - self._aside_ns

    def aside(self, since_ns: int) -> None:
        """What the thread did since its CPU time was this (`time.thread_time_ns`) was no looking."""
        self._aside_ns += time.thread_time_ns() - since_ns

    def adjust(self, now_ns: int, gil_turns: int, seats_cost_ns: int) -> None:
        """Set the intervals anew, once in a while. Given: how often GILs were looked at so far, what looks at seats have cost."""
        began_ns, spent_ns, turns, seats_ns = self._window
        elapsed = now_ns - began_ns
        if elapsed < WINDOW_NS:
            return
        spent_now_ns = self.cost_ns
        self._window = (now_ns, spent_now_ns, gil_turns, seats_cost_ns)
        seats_cost, each = seats_cost_ns - seats_ns, gil_turns - turns
        if each:
            left = max(self.budget - seats_cost / elapsed, self.budget * (1 - SEATS_SHARE))
            left *= max(min(self.budget * (now_ns - self._since_ns) / max(spent_now_ns, 1), 1.0), REPAY_LEAST)
            dear = (spent_now_ns - spent_ns - seats_cost) / each / left
            self.gil_ns = int(min(max(dear, self._gil_least_ns), SLOWEST_NS))

    def seats_cost(self, cost_ns: int, share: float) -> None:
        """One look at all seats has cost this; they may take such a share of the budget."""
        dear = int(cost_ns / (self.budget * share))
        self.seats_ns = min(max(dear, self._seats_least_ns, SEATS_PER_GIL * self.gil_ns), SLOWEST_NS)
