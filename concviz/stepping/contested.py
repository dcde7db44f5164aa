"""Which choices matter: where more than one can go, and what the next step touches may be another worker's business too.

What a worker has touched in earlier runs is known; what nobody but one worker ever touched in a whole run is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from concviz.gates.choice import Option, Step

OF_ITS_OWN = frozenset({"start", "end", "join", "sleep", "timer"})
"""Operations that decide nothing for others, as long as they name no thing that others touch."""


class Contested:
    """Owns what is known of who touches what, over all runs of one program."""

    def __init__(self) -> None:
        self._touched: dict[str, set[int]] = {}
        self._written: set[str] = set()
        self._whole = False

    def learn(self, steps: Iterable[Step], *, whole: bool) -> None:
        """What a run touched; `whole`: it was run to its end."""
        for step in steps:
            access = step.option.access
            if access is not None:
                self._touched.setdefault(access.key, set()).add(step.option.worker)
                if access.write:
                    self._written.add(access.key)
        self._whole |= whole

    def matters(self, can: Sequence[Option]) -> bool:
        """Whether it makes a difference who of these goes next, as far as is known."""
        return len(can) > 1 and any(self._concerns(option, can) for option in can)

    def _concerns(self, option: Option, can: Sequence[Option]) -> bool:
        access = option.access
        if option.operation in OF_ITS_OWN or access is None:
            return option.operation not in OF_ITS_OWN and access is None
        others = {other.worker for other in can if other.access is not None and other.access.key == access.key}
        touched = self._touched.get(access.key, set()) | others | {option.worker}
        if len(touched) > 1:
            written = access.key in self._written or any(one.access.write for one in can if one.access and one.access.key == access.key)
            return written or not self._whole
        return not self._whole
