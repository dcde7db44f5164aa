"""A process and all below it, as seen from outside: who is there, again and again, as often as its cost allows."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from concviz.runs import descendants
from concviz.runs.outsider import Outsider, children_of, command_line

if TYPE_CHECKING:
    from pathlib import Path

LOOK_NS = 100_000_000
"""The shortest time between two looks."""

COST_TIMES = 50
"""Between two looks lies so many times what one has cost: 2 % of a core."""

MOST_PROCESSES = 128
"""Of more processes, those that came later have no lanes."""


class Census:
    """Owns what is told of each process from outside. Used by the process that attached."""

    def __init__(self, pid: int, folder: Path, *, itself: bool, sampled: bool) -> None:
        """`sampled`: as of an Outsider. `itself`: whether all is told from outside; else only what the process had started before."""
        self._pid, self._folder = pid, folder
        self._outsiders: dict[int, Outsider] = {}
        self._gone: set[int] = set()
        self._seen: set[int] = set()
        self._looked = False
        self._due_ns = 0
        self._cost_ns = 0
        self._grows = True
        self._itself, self._sampled = itself, sampled
        self.look()
        self._grows = itself

    @property
    def why(self) -> str:
        """Why the process's memory is not read, in words; "" when it is, or when it tells itself."""
        own = self._outsiders.get(self._pid)
        return own.why if own is not None else ""

    @property
    def pids(self) -> tuple[int, ...]:
        """Who is told from outside."""
        return tuple(self._outsiders)

    def look(self) -> None:
        """Who is there now; nothing while the last look is not long enough ago."""
        now = time.monotonic_ns()
        if now < self._due_ns:
            return
        began_ns = time.thread_time_ns()
        if self._grows:
            self._meet()
        self._looked = True
        for pid, one in list(self._outsiders.items()):
            if not one.look():
                self._outsiders.pop(pid).close()
                self._gone.add(pid)
        self._due_ns = now + max(LOOK_NS, COST_TIMES * (time.thread_time_ns() - began_ns))

    def close(self) -> None:
        """Close all files."""
        for one in self._outsiders.values():
            one.close()
        self._outsiders.clear()

    def _meet(self) -> None:
        for pid in ([self._pid] if self._itself else []) + below(self._pid):
            if pid in self._outsiders or pid in self._gone or len(self._outsiders) >= MOST_PROCESSES:
                continue
            if pid not in self._seen and self._looked:
                self._seen.add(pid)  # it may be about to become another program: next time
            else:
                with contextlib.suppress(OSError):  # it is gone already
                    self._outsiders[pid] = Outsider(pid, self._folder, self._name(pid), sampled=self._sampled)

    def _name(self, pid: int) -> str:
        if pid == self._pid:
            return "main"
        line = command_line(pid)
        return f"child {pid}" if not line or line == command_line(self._pid) else line


def below(pid: int) -> list[int]:
    """All processes that live below this one, those nearest first."""
    found: list[int] = []
    level = [pid]
    try:
        while level:
            level = [child for parent in level for child in sorted(children_of(parent)) if descendants.alive(child)]
            found += level
    except OSError:
        return descendants.below(pid)
    return found
