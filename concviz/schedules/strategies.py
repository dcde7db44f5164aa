"""The strategies by name. To add one is to add a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.schedules.bounded import DELAYS, PREEMPTIONS, Bounded
from concviz.schedules.mixed import Mixed
from concviz.schedules.reduced import Reduced
from concviz.schedules.sampled import Pct, Random

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.schedules.searching import Search

DEFAULT = "mixed"


def mixed(seed: str) -> Search:
    """Reduction and few preemptions, which can come to an end, and chance between them."""
    return Mixed(((Reduced(), 16), (Pct(f"{seed} pct"), 6), (Bounded(f"{seed} preemptions"), 6), (Random(f"{seed} random"), 4)))


STRATEGIES: dict[str, tuple[Callable[[str], Search], str]] = {
    "mixed": (mixed, "all of these in turn"),
    "random": (lambda seed: Random(f"{seed} random"), "at each choice anyone"),
    "pct": (lambda seed: Pct(f"{seed} pct"), "by priorities that change up to twice"),
    "preemptions": (lambda seed: Bounded(f"{seed} preemptions", PREEMPTIONS), "all with no preemption, then all with one, and so on"),
    "delays": (lambda seed: Bounded(f"{seed} delays", DELAYS), "likewise, counting how far each choice is from the first"),
    "reduced": (lambda _seed: Reduced(), "every interleaving, of those with the same effect one"),
}
"""Name -> how to make one for a seed, and what it does."""
