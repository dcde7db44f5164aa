"""A worker of a run: a thread or an asyncio task, where it stands and what it is about to do."""

from __future__ import annotations

from _thread import allocate_lock
from dataclasses import dataclass

from concviz.gates.choice import Access, Option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Ready = Callable[[], bool]
    Why = Callable[[], tuple[str, tuple[int, ...]]]
    Place = tuple[str, int, str]

NOWHERE: Place = ("", 0, "")

CLOCK = Access("clock", True)
ANYTHING = Access("*", True)
"""For a step whose effects nobody knows: it depends on all others."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A call of the standard library that counts as one step."""

    operation: str
    resource: str
    key: str
    """What it touches."""

    def words(self, thing: object = None) -> str:
        """Why it does not go on."""
        name = f"`{self.resource}`"
        words = {"get": f"{name} is empty", "put": f"{name} is full", "acquire": f"no permit of {name} is left"}
        return words.get(self.operation, f"nobody has notified {name}" if thing is None else _unmet(thing, name))


def _unmet(thing: object, name: str) -> str:
    words = {"Event": f"{name} is not set", "Queue": f"{name} has work that is not done", "Future": f"{name} has no result yet"}
    return next((words[kind.__name__] for kind in type(thing).__mro__ if kind.__name__ in words), f"nobody has notified {name}")


class Carrier:
    """An operating system thread of the run, parked on one raw lock."""

    __slots__ = ("gate", "ident")

    def __init__(self, ident: int) -> None:
        self.gate = allocate_lock()
        self.gate.acquire()
        self.ident = ident


class Worker:
    """Owned by the run's token: whoever has it may change any worker."""

    __slots__ = (
        "agent",
        "alive",
        "carrier",
        "clock",
        "daemon",
        "deadline",
        "depth",
        "inside",
        "name",
        "number",
        "option",
        "ready",
        "timed_out",
        "why",
    )

    def __init__(self, number: int, name: str, carrier: Carrier) -> None:
        self.number = number
        self.name = name
        self.carrier = carrier
        self.alive = True
        self.agent: Any = None
        """Who stands for the process it lives in; None: it is this one."""
        self.daemon = False
        self.depth = 0
        """Inside how many calls of the standard library that count as one step."""
        self.inside: Inside | None = None
        """The outermost of these calls."""
        self.option: Option | None = None
        """What it is about to do; None while it goes."""
        self.ready: Ready | None = None
        """Whether it can go; None: always."""
        self.why: Why | None = None
        """Why it cannot, and who could help."""
        self.deadline: float | None = None
        """Virtual time in seconds at which it can go in any case."""
        self.timed_out = False
        """Whether its last step was granted by its deadline."""
        self.clock: dict[int, int] = {number: 1}
        """Worker -> how much of it is known to have come before."""

    def timer(self) -> Option:
        """Its option while only its deadline lets it go."""
        own = self.option
        assert own is not None
        if own.operation == "sleep":
            return own
        return Option(self.number, self.name, "timer", own.resource, own.file, own.line, own.function, ANYTHING)

    def stuck(self) -> Option:
        """Its option while it cannot go."""
        own = self.option
        assert own is not None
        words, by = self.why() if self.why is not None else ("", ())
        blocked = words or "nothing lets it go on"
        return Option(own.worker, own.name, own.operation, own.resource, own.file, own.line, own.function, own.access, blocked, by)
