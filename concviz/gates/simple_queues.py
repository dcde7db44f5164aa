"""`queue.SimpleQueue` in Python: the original is written in C and blocks where the scheduler cannot see it."""

from __future__ import annotations

import _queue
import sys
from collections import deque
from types import GenericAlias

from concviz.gates import scheduler
from concviz.gates.choice import Access, Option
from concviz.gates.places import called_by_program, own_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Empty = _queue.Empty


class SimpleQueue:
    """As `queue.SimpleQueue`. One made outside a run is a real one underneath."""

    __slots__ = ("__weakref__", "_items", "_plain", "thing")

    __class_getitem__: Any = classmethod(GenericAlias)

    def __init__(self) -> None:
        self._items: deque[Any] = deque()
        self.thing: object = self
        found = scheduler.run()
        self._plain: Any = _queue.SimpleQueue() if found is None else None
        if found is not None and called_by_program(1):
            found.names.made(self, sys._getframe(1))

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """As the original: never blocks."""
        found = scheduler.run()
        if self._plain is not None:
            self._plain.put(item)
        elif found is None or found.over or found.current.depth:
            self._items.append(item)
        else:
            name = self._name()
            found.point(found.current, "put", name, own_place(sys._getframe(1)), Access(name, True))
            self._items.append(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As the original."""
        found = scheduler.run()
        if self._plain is not None:
            return self._plain.get(block, timeout)
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if found is not None and not (found.current.depth and self._items):
            self._stop(found, block, timeout)
        if not self._items:
            if found is not None and not found.over:
                found.saw("empty")
            raise Empty
        return self._items.popleft()

    def _stop(self, found: scheduler.Scheduler, block: bool, timeout: float | None) -> None:
        worker, name = found.current, self._name()
        place = own_place(sys._getframe(2))
        if not block:
            if not worker.depth:
                found.point(worker, "get", name, place, Access(name, True))
            return
        access = Access(name, True) if timeout is None else Access("*", True)
        option = Option(worker.number, worker.name, "get", name, *place, access)
        found.wait(worker, option, self._filled, lambda: (f"`{name}` is empty", ()), timeout)

    def _filled(self) -> bool:
        return bool(self._items)

    def _name(self) -> str:
        found = scheduler.current_run()
        return "" if found is None else found.names.of(self.thing, type(self.thing).__name__, sys._getframe(2))

    def put_nowait(self, item: Any) -> None:
        """As the original."""
        self.put(item)

    def get_nowait(self) -> Any:
        """As the original."""
        return self.get(block=False)

    def empty(self) -> bool:
        """As the original."""
        return not self.qsize()

    def qsize(self) -> int:
        """As the original."""
        return self._plain.qsize() if self._plain is not None else len(self._items)

    def tell(self) -> None:
        """A pool's worker that waits here is to look whether all is over."""
        if self._plain is None:
            self._items.append(None)
