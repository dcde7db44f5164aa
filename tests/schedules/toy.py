"""Little thread programs, run step by step without threads: the same outcomes as the gates give, through the same choosers.

A worker is a generator that yields what it is about to do, and gets what came of it: ("read", "x"), ("write", "x", 1),
("acquire", "a"), ("release", "a"), ("start", worker), ("join", number), ("wait", "c", "a") and ("notify", "c").
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from concviz.gates.choice import Access, Chooser, End, Option, Outcome, Step

Operation = tuple[Any, ...]
Body = Callable[[], Generator[Operation, Any, Any]]

LIMIT_STEPS = 300
"""A longer run makes no progress."""

CHANGES = frozenset({"write", "acquire", "release", "wait", "notify"})


@dataclass
class Worker:
    number: int
    body: Generator[Operation, Any, Any]
    pending: Operation = ("start",)
    begun: bool = False
    done: bool = False
    woken: bool = False


@dataclass
class World:
    workers: list[Worker] = field(default_factory=list)
    owners: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, list[int]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    result: Any = None

    def add(self, body: Body) -> int:
        self.workers.append(Worker(len(self.workers) + 1, body()))
        return len(self.workers)

    def why_not(self, worker: Worker) -> tuple[str, tuple[int, ...]]:
        """Why it cannot go now, and who could let it."""
        operation, *words = worker.pending
        if operation == "acquire" and words[0] in self.owners:
            owner = self.owners[words[0]]
            return f"`{words[0]}` is held by T{owner}", (owner,)
        if operation == "join" and not self.workers[words[0] - 1].done:
            return f"T{words[0]} has not ended", (words[0],)
        if operation == "woken" and not worker.woken:
            return f"nobody has notified `{words[0]}`", tuple(one.number for one in self.workers if not one.done and one is not worker)
        return "", ()

    def option(self, worker: Worker) -> Option:
        operation = worker.pending[0]
        resource = str(worker.pending[1]) if len(worker.pending) > 1 and isinstance(worker.pending[1], str) else ""
        access = Access(resource, operation in CHANGES or operation == "woken") if resource else None
        if operation == "join":
            access = Access(f"T{worker.pending[1]}", write=False)
        blocked, by = self.why_not(worker)
        return Option(worker.number, f"T{worker.number}", operation, resource, "toy.py", worker.number, "body", access, blocked, by)

    def do(self, worker: Worker) -> Any:
        operation, *words = worker.pending
        match operation:
            case "read":
                return self.values.get(words[0], 0)
            case "write":
                self.values[words[0]] = words[1]
            case "acquire":
                self.owners[words[0]] = worker.number
            case "release":
                del self.owners[words[0]]
            case "spawn":
                return self.add(words[0])
            case "wait":
                del self.owners[words[1]]
                worker.woken = False
                self.waiting.setdefault(words[0], []).append(worker.number)
            case "notify":
                for number in self.waiting.pop(words[0], [])[:1]:
                    self.workers[number - 1].woken = True
        return None

    def go(self, worker: Worker) -> None:
        """One step: what it was about to do, and on to the next point."""
        given = self.do(worker)
        after = {"wait": ("woken", *worker.pending[1:]), "woken": ("acquire", *worker.pending[2:])}.get(worker.pending[0])
        if after is not None:
            worker.pending = after
            return
        try:
            worker.pending = worker.body.send(given) if worker.begun else next(worker.body)
            worker.begun = True
        except StopIteration as end:
            worker.done = True
            self.result = end.value if worker.number == 1 else self.result


def play(choose: Chooser, *bodies: Body) -> Outcome:
    """Run workers that are all there from the beginning, once. The result is the first one's, or with several all that is left."""
    steps: list[Step] = []
    world, last = World(), 0
    for body in bodies:
        world.add(body)
    while True:
        alive = sorted((worker for worker in world.workers if not worker.done), key=lambda one: (one.number != last, one.number))
        able = [worker for worker in alive if not world.why_not(worker)[0]]
        if not alive:
            world.result = sorted(world.values.items()) if len(bodies) > 1 else world.result
            return _outcome(End.OK, "", steps, world)
        if not able:
            stuck = tuple(world.option(worker) for worker in alive)
            return _outcome(End.DEADLOCK, "deadlock", steps, world, stuck=stuck)
        if len(steps) == LIMIT_STEPS:
            return _outcome(End.NO_PROGRESS, "no progress", steps, world)
        options = tuple(world.option(worker) for worker in able)
        chosen = choose(options)
        worker = able[chosen]
        enabled = tuple(one.number for one in able)
        steps.append(Step(options[chosen], chosen, enabled, preempts=chosen > 0 and able[0].number == last))
        last = worker.number
        try:
            world.go(worker)
        except AssertionError as error:
            return _outcome(End.EXCEPTION, f"AssertionError: {error}", steps, world)


def _outcome(end: End, words: str, steps: list[Step], world: World, stuck: tuple[Option, ...] = ()) -> Outcome:
    return Outcome(end, words, words, repr(world.result) if end is End.OK else "", tuple(steps), stuck)
