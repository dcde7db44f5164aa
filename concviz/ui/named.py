"""The question for a part of the workers' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.ui.screens.ask import Ask

if TYPE_CHECKING:
    from concviz.ui.narrowing import Narrowing


def asked_name(narrowing: Narrowing) -> Ask:
    """Leaves only the lanes whose names have the answer in them."""

    def take(answer: str) -> str:
        narrowing.name = answer
        return ""

    return Ask("Only lanes whose names have in them", narrowing.name, take)
