"""How many visitors there may be: each has an app with programs of its own, and a machine holds so many."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PATIENCE_SECONDS = 5.0
"""Whoever loads a page again comes before the app of their page before has ended."""


class Full(Exception):  # noqa: N818 - nothing went wrong
    """All seats are taken."""


class Seats:
    """Owns the seats of one event loop."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._free = asyncio.Semaphore(number)

    @asynccontextmanager
    async def one(self, patience_s: float = PATIENCE_SECONDS) -> AsyncIterator[None]:
        """A seat, for as long as the block lasts. Full when none became free in that time."""
        try:
            await asyncio.wait_for(self._free.acquire(), patience_s)
        except TimeoutError:
            raise Full from None
        try:
            yield
        finally:
            self._free.release()
