"""What the workers share, as the steps so far have left it: who holds which lock, what is in a queue, who wrote a variable last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from concviz.gates.choice import Option, Step

TAKES, GIVES, PUTS, GETS, READS, WRITES = "acquire", "release", "put", "get", "read", "write"
"""Operations that change what is known of a thing."""

JOINS = "join"
"""What is waited for then is a worker, no thing."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that at least one worker has touched, or is about to."""

    name: str
    """As the source calls it."""
    what: str
    """lock, queue, variable, or "" for what only signals."""
    value: str
    """A variable's last value; "" when none was seen."""
    holders: tuple[int, ...]
    """Of a lock: the workers that have it."""
    fill: int
    """Of a queue: what was put and not yet got."""
    by: int
    """The worker that touched it last; 0: none has."""
    did: str
    """How: "read", "acquire" ...; "" when none has."""
    step: int
    """When, from 1."""
    wanted_by: tuple[int, ...]
    """The workers whose next step is on it."""
    blocks: tuple[int, ...]
    """Those of them that cannot go."""


def things(steps: Sequence[Step], standing: Iterable[Option]) -> tuple[Thing, ...]:
    """Everything named so far, in the order in which it was first named."""
    made: dict[str, _Made] = {}
    for at, step in enumerate(steps, 1):
        if step.option.resource and step.option.operation != JOINS:
            made.setdefault(step.option.resource, _Made()).note(step, at)
    for option in standing:
        if option.resource and option.operation != JOINS:
            wanted = made.setdefault(option.resource, _Made())
            wanted.kinds.add(option.operation)
            wanted.wanted_by.append(option.worker)
            if option.blocked:
                wanted.blocks.append(option.worker)
    return tuple(one.thing(name) for name, one in made.items())


class _Made:
    """Owns what is known of one thing while its steps are gone through."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.wanted_by: list[int] = []
        self.blocks: list[int] = []
        self.holders: list[int] = []
        self.fill = 0
        self.value, self.did, self.by, self.step = "", "", 0, 0

    def note(self, step: Step, at: int) -> None:
        worker, operation = step.option.worker, step.option.operation
        self.kinds.add(operation)
        self.by, self.did, self.step = worker, operation, at
        if operation == TAKES and step.seen not in {"timed out", "refused"}:
            self.holders.append(worker)
        elif operation == GIVES and self.holders:
            self.holders.remove(worker if worker in self.holders else self.holders[0])
        elif operation == PUTS:
            self.fill += 1
        elif operation == GETS and self.fill:
            self.fill -= 1
        elif operation in {READS, WRITES}:
            self.value = step.seen or self.value

    def thing(self, name: str) -> Thing:
        return Thing(
            name=name,
            what=_what(self.kinds),
            value=self.value,
            holders=tuple(self.holders),
            fill=self.fill,
            by=self.by,
            did=self.did,
            step=self.step,
            wanted_by=tuple(self.wanted_by),
            blocks=tuple(self.blocks),
        )


def _what(kinds: set[str]) -> str:
    if kinds & {TAKES, GIVES}:
        return "lock"
    if kinds & {PUTS, GETS}:
        return "queue"
    return "variable" if kinds & {READS, WRITES} else ""
