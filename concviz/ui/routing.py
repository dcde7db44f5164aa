"""What a screen asks of the app: screens name no other screen's stack, they post these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen


class Open(Message):
    """Put a screen above this one; `then` gets what it was left with (None: it was left without an answer)."""

    def __init__(self, screen: Screen[Any], then: Callable[[Any], None] | None = None) -> None:
        super().__init__()
        self.screen = screen
        self.then = then
