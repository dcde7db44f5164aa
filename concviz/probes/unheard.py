"""A process that cannot write, since its files could not be had: it runs as it would, and says nothing.

Without this a forked child would go on writing into its parent's.
"""

from __future__ import annotations

import itertools
import os

from concviz.probes import here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concviz.events import Table


def begin() -> None:
    """Called in a forked child in place of `here.begin`, when that has failed."""
    here.stand_in(_Unheard())


class _NoNames:
    """Gives ids, and sends nothing."""

    def __init__(self) -> None:
        self._counter = itertools.count(1 << 20)

    def take(self, table: Table) -> int:
        return next(self._counter)

    def new(self, table: Table, *fields: object) -> int:
        return next(self._counter)

    intern = new

    def rename(self, table: Table, ident: int, *fields: object) -> None:
        pass

    def send(self, table: Table, ident: int, text: str) -> None:
        pass

    def inherit(self, parent: object) -> None:
        pass


class _Unheard(here.Process):
    """A process without files."""

    def __init__(self) -> None:
        parent = here.process()
        self.folder, self.parent, self.pid = parent.folder, parent, os.getpid()
        self.key = f"{self.pid}.0"
        self.names = _NoNames()  # type: ignore[assignment]
        self.free_rings = []
        self.rings_made = 0
        self.threads = {}
        self.met = set()
        self.speakers = {}
        self.first_worker = 1

    def ring(self) -> None:
        """None."""
