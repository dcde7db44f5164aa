"""What a worker is doing, and the one table that says which event makes it so.

A batch of events is looked up in arrays made from the table once, so no event is handled one by one.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from concviz.events import Kind

Array = npt.NDArray[np.generic]
"""Any numpy array."""


class State(IntEnum):
    """What a worker is doing from one time to another."""

    NONE = 0
    RUNNING = 1
    GIL = 2
    READY = 3
    LOCK = 4
    QUEUE = 5
    EVENT = 6
    SYNC = 7
    CHILD = 8
    IO = 9
    SLEEPING = 10
    AWAIT = 11
    DONE = 12
    FAILED = 13

    @property
    def word(self) -> str:
        """For people: "waiting for a lock"."""
        return WORDS[self]


WORDS: dict[State, str] = {
    State.NONE: "not started",
    State.RUNNING: "running",
    State.GIL: "waiting for the GIL",
    State.READY: "ready",
    State.LOCK: "waiting for a lock",
    State.QUEUE: "waiting for a queue",
    State.EVENT: "waiting for an event",
    State.SYNC: "waiting for others",
    State.CHILD: "waiting for an end",
    State.IO: "waiting for I/O",
    State.SLEEPING: "sleeping",
    State.AWAIT: "awaiting a result",
    State.DONE: "done",
    State.FAILED: "failed",
}
"""What each state is called. SYNC: a condition, a barrier or a semaphore; CHILD: a worker's end; READY: it
could run, but has no core or its loop is busy, or it has not begun yet."""

WAITING = frozenset(
    {State.GIL, State.LOCK, State.QUEUE, State.EVENT, State.SYNC, State.CHILD, State.IO, State.SLEEPING, State.AWAIT},
)
"""Alive, but held up by something other than a missing core."""

ALIVE = WAITING | {State.RUNNING, State.READY}
"""Begun and not ended."""

KEEP = 255
"""In the table: this event changes nothing."""

CHILD_SPAWNED, STEP_BEGUN = 200, 201
"""What an event does to the worker in its arg, as kinds of their own: SPAWNED to the child, RESUMED to the thread."""

KINDS = 256
"""Kinds that fit the arrays; a kind that this version does not know changes nothing."""

GROUPS: tuple[tuple[str, ...], ...] = (
    (),
    ("Condition", "Barrier"),
    ("Semaphore", "BoundedSemaphore"),
    ("Future", "Task", "Job", "Pool", "gather", "wait", "TaskGroup"),
    ("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue", "JoinableQueue", "Pipe", "Connection"),
)
"""Resource kinds that make a difference; all others are group 0."""

TABLE: dict[Kind | int, State | tuple[State, ...]] = {
    Kind.STARTED: State.RUNNING,
    Kind.ENDED: State.DONE,
    Kind.FAILED: State.FAILED,
    Kind.CANCELLED: State.DONE,
    Kind.JOIN: State.CHILD,
    Kind.JOINED: State.RUNNING,
    Kind.REQUESTED: (State.LOCK, State.LOCK, State.SYNC, State.LOCK, State.LOCK),
    Kind.ACQUIRED: State.RUNNING,
    Kind.REFUSED: State.RUNNING,
    Kind.WAIT: (State.EVENT, State.SYNC, State.SYNC, State.AWAIT, State.QUEUE),
    Kind.WOKE: State.RUNNING,
    Kind.TIMED_OUT: State.RUNNING,
    Kind.PUT_WAIT: State.QUEUE,
    Kind.PUT: State.RUNNING,
    Kind.GET_WAIT: State.QUEUE,
    Kind.GOT: State.RUNNING,
    Kind.QUEUE_REFUSED: State.RUNNING,
    Kind.SLEEP: State.SLEEPING,
    Kind.SLEPT: State.RUNNING,
    Kind.IO_WAIT: State.IO,
    Kind.IO_DONE: State.RUNNING,
    Kind.READY: State.READY,
    Kind.RESUMED: State.RUNNING,
    Kind.SUSPENDED: State.AWAIT,
    Kind.AWAIT: State.AWAIT,
    CHILD_SPAWNED: State.READY,
    STEP_BEGUN: State.RUNNING,
}
"""The state that begins with an event; a tuple has one for each of GROUPS, by the kind of the event's resource.

What this table cannot say, `changes.py` does: a task that is suspended shows the wait it began in its step."""

BEGIN_WAIT = (Kind.JOIN, Kind.REQUESTED, Kind.WAIT, Kind.PUT_WAIT, Kind.GET_WAIT, Kind.SLEEP, Kind.IO_WAIT)
"""A wait begins; it lasts over a task's steps, until one of END_WAIT."""

END_WAIT = (
    Kind.JOINED,
    Kind.ACQUIRED,
    Kind.REFUSED,
    Kind.WOKE,
    Kind.TIMED_OUT,
    Kind.PUT,
    Kind.GOT,
    Kind.QUEUE_REFUSED,
    Kind.SLEPT,
    Kind.IO_DONE,
)
"""A wait is over, whichever it was: of nested ones the last counts."""

TERMINAL = (Kind.ENDED, Kind.FAILED, Kind.CANCELLED)
"""The worker's end."""

SEATS = (Kind.ON_CPU, Kind.RUNNABLE, Kind.OFF_CPU, Kind.WITHOUT_GIL, Kind.QUEUED_WITHOUT_GIL)
"""Looks at where a thread was."""

LOOKS = (Kind.SWEPT, Kind.GIL_TAKEN, Kind.GIL_FREE, *SEATS)
"""Samples: kept apart from what the program did."""


def flags(*kinds: int) -> npt.NDArray[np.bool_]:
    """Indexed by kind: whether it is one of these."""
    wanted = np.zeros(KINDS, dtype=np.bool_)
    wanted[[int(kind) for kind in kinds]] = True
    wanted.setflags(write=False)
    return wanted


def _lookup() -> npt.NDArray[np.uint8]:
    found = np.full((KINDS, len(GROUPS)), KEEP, dtype=np.uint8)
    for kind, state in TABLE.items():
        found[int(kind)] = state
    found.setflags(write=False)
    return found


LOOKUP = _lookup()
"""TABLE as an array: [kind, group] -> state or KEEP."""

WAITING_FLAGS = flags(*WAITING)
"""Indexed by state: whether it is one of WAITING."""

ALIVE_FLAGS = flags(*ALIVE)
"""Indexed by state: whether it is one of ALIVE."""


def group_of(resource_kind: str) -> int:
    """Which of GROUPS a kind of resource belongs to."""
    return next((at for at, kinds in enumerate(GROUPS) if resource_kind in kinds), 0)
