"""What an app must know that is shown in a page: how big that is, and where to put files that the visitor is to get.

It stands in the environment of the app's process, which takes it out at once: no program that is watched inherits it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

VARIABLE = "CONCVIZ_VIEW"
"""The variable's name."""


@dataclass(frozen=True, slots=True)
class View:
    """A page, when it was opened."""

    width: int
    """Cells."""
    height: int
    """Cells."""
    folder: str
    """What the app writes there can be had by its visitor, and by nobody else; gone when the visit ends."""

    def to_environment(self) -> dict[str, str]:
        """For the app's process. A page shows all colours, as a terminal says it does."""
        return {VARIABLE: json.dumps(asdict(self)), "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def expected(environment: Mapping[str, str]) -> bool:
    """Whether there is one to take."""
    return VARIABLE in environment


def taken(environment: MutableMapping[str, str]) -> View | None:
    """Out of the environment; None: we are in a terminal."""
    words = environment.pop(VARIABLE, None)
    return None if words is None else View(**json.loads(words))
