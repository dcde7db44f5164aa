"""What waits to be called in an event loop, by whose it is: a lane for each task, and one for everything else.

In a lane things are called in the order in which they came, as in every loop; which lane goes next is a choice.
"""

from __future__ import annotations

import heapq
from collections import deque
from typing import Protocol

from concviz.gates.awaiting import standing
from concviz.gates.choice import Option
from concviz.gates.clock import BEGIN_S
from concviz.gates.worker import ANYTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Handle, Task, TimerHandle
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Place, Worker


class Surroundings(Protocol):
    """What a lane asks of its loop."""

    @property
    def selecting(self) -> bool:
        """Whether it is free to call what comes next."""

    @property
    def runs(self) -> Worker:
        """Whoever's call it makes."""

    @property
    def place(self) -> Place:
        """Where it was started."""

    def lane_of(self, task: object) -> Lane | None:
        """The lane of a task of this loop."""

    def unfinished(self) -> tuple[str, tuple[int, ...]]:
        """Why the thread that runs the loop does not go on."""


class Lane:
    """Owns the calls of one worker of a loop."""

    __slots__ = ("_loop", "begun", "handles", "holder", "task", "timers", "waits", "worker")

    def __init__(self, loop: Surroundings, worker: Worker, task: Task[Any] | None) -> None:
        self._loop = loop
        self.worker = worker
        self.task = task
        self.handles: deque[Handle] = deque()
        self.timers: list[TimerHandle] = []
        self.begun = False
        self.holder: Worker | None = None
        """Who had the lock that it wants, when it last stood."""
        self.waits = ""
        """Why it would not go on, said when it last stood."""

    def ready(self) -> bool:
        """Whether there is something to be called, and its loop is free to."""
        return bool(self.handles) and self._loop.selecting

    def why(self) -> tuple[str, tuple[int, ...]]:
        """Why it does not go."""
        if not self._loop.selecting:
            busy = self._loop.runs
            return f"its loop runs {busy.name}", (busy.number,)
        if self.task is not None:
            return self.waits or "nothing has woken it", self._helpers()
        return self._loop.unfinished()

    def _helpers(self) -> tuple[int, ...]:
        """The task that holds the lock it wants, or that it awaits."""
        waiter = getattr(self.task, "_fut_waiter", None)
        lane = self._loop.lane_of(waiter)
        if lane is not None:
            return (lane.worker.number,)
        return () if self.holder is None else (self.holder.number,)

    def stand(self, found: Scheduler) -> None:
        """Say what it is about to do."""
        worker = self.worker
        if self.task is None:
            option = Option(worker.number, worker.name, "await", "", *self._loop.place, ANYTHING)
        else:
            operation, resource, place, self.waits, self.holder = standing(found, self.task, begun=self.begun)
            option = Option(worker.number, worker.name, operation, resource, *place, ANYTHING)
        worker.option, worker.ready, worker.why = option, self.ready, self.why

    def wind(self) -> None:
        """Its earliest timer lets it go, too."""
        timers = self.timers
        while timers and timers[0].cancelled():
            heapq.heappop(timers)
        self.worker.deadline = timers[0].when() - BEGIN_S if timers else None

    def take(self) -> Handle:
        """What is called next."""
        return heapq.heappop(self.timers) if self.worker.timed_out else self.handles.popleft()
