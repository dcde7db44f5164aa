"""The scheduler of a controlled child process: its workers are its own, whose turn it is the scheduler above says.

All that runs in the process under control runs as in the first process, over the same primitives; only the choice is asked for over
a channel. What happened since is told with the question, and the scheduler above may ask back who could go now: what is shared with
other processes changes while this one stands still.
"""

from __future__ import annotations

import os

from concviz.gates.branch_names import BranchNames
from concviz.gates.choice import Access
from concviz.gates.relatives import Noted, Relatives
from concviz.gates.scheduler import Scheduler
from concviz.gates.worker import NOWHERE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.channel import Channel
    from concviz.gates.choice import End, Option
    from concviz.gates.names import Names
    from concviz.gates.worker import Carrier, Place, Worker

GONE = 1
"""The exit code of a process whose scheduler is gone."""


class Branch(Scheduler):
    """Owns the workers of one child process. Made in the child, in the thread that is its main one."""

    def __init__(self, channel: Channel, number: int, name: str, names: Names | None = None) -> None:
        self.channel = channel
        self.begun = False
        """Its main worker goes, or waits for that."""
        self.born: Place = NOWHERE
        """Where its parent stood: no place of its own."""
        self.home: Place = NOWHERE
        """Where it begins; so far as anybody can say it also ends there."""
        self._first = number
        self._name = name
        self._outbox: list[tuple[Any, ...]] = []
        self._ended: list[int] = []
        self._known: list[Worker] = []
        """Its workers, the ended ones too."""
        super().__init__(_nobody)
        self.names = BranchNames(name, self.unique, names)
        self.order = Noted()  # type: ignore[assignment]
        self.family = Relatives(self)

    def ask(self, *message: Any) -> Any:
        """What the scheduler above answers."""
        self.channel.send(*message)
        return self.hear()[0]

    def unique(self, name: str) -> str:
        """A name that no other thing of the run has."""
        return str(self.ask("unique", name))

    def note(self, *what: Any) -> None:
        """To be told with the next question."""
        self._outbox.append(what)

    def hear(self) -> tuple[Any, ...]:
        """What comes from above; does not return when nothing does any more."""
        heard = self.channel.receive()
        if heard is None:
            os._exit(GONE)
        return heard

    # What differs from the first process

    def add(self, name: str, carrier: Carrier) -> Worker:
        """As the original; the number is given from above."""
        if self.count:
            self.memory |= self.family.memory and not self.family.feeding
            self.count = self.ask("new", name) - 1
        else:
            self.count = self._first - 1
            name = self._name
        worker = super().add(name, carrier)
        self._known.append(worker)
        return worker

    def adopt_me(self, worker: Worker) -> None:
        """The thread that forked goes on here as the main one: what it holds, it holds here too."""
        made = self.main
        worker.number, worker.name, worker.carrier = made.number, made.name, made.carrier
        worker.clock, worker.depth, worker.inside, worker.daemon = made.clock, 0, None, False
        self.workers[0] = self.main = self.current = self.last = worker

    def enter(self) -> None:
        """Wait until the main worker is granted its start."""
        self.begun = True
        self.busy = True
        self._await()
        self.busy = False

    def saw(self, words: str) -> None:
        """As the original."""
        self.note("saw", words)

    def stop(self, end: End, words: str) -> None:
        """As the original; who failed is told as the whole run knows it."""
        name = self.current.name
        full = name if self.current is self.main else self._full(name)
        super().stop(end, f"{words.removesuffix(f' in {name}')} in {full}")

    def remove(self, worker: Worker) -> None:
        """As the original."""
        if worker.alive:
            self._ended.append(worker.number)
        super().remove(worker)

    def finish(self, worker: Worker) -> Carrier | None:
        """As the original."""
        if self.over:
            self.fail()
        return super().finish(worker)

    def fail(self) -> None:
        """It is over here, so it is over everywhere; does not return."""
        end = self.end.value if self.end is not None else ""
        self._tell()
        self.channel.send("failed", end, self.words, self.signature, self.traceback)
        self.hear()
        os._exit(GONE)

    def _pass(self, worker: Worker) -> None:
        if self.over:
            self.fail()
        super()._pass(worker)

    def bye(self) -> None:
        """The process is about to end, which is a step: all that it has open is closed then, and others may wait for it."""
        key = "*" if self.family.pipes else self._name
        self.point(self.main, "end", "", NOWHERE, Access(key, True))
        self._tell()

    # The choice

    def _choice(self) -> Worker:
        self._tell()
        self.channel.send("stands", [self._standing(worker) for worker in self.workers if worker.option is not None])
        return self._await()

    def _tell(self) -> None:
        noted = self.order.noted  # type: ignore[attr-defined]
        if self._outbox or self._ended or self.escaped or noted:
            self.channel.send("since", self._outbox, self._ended, self.escaped, noted)
            self._outbox, self._ended, self.escaped = [], [], []
            noted.clear()

    def _standing(self, worker: Worker) -> tuple[Any, ...]:
        option = worker.option
        assert option is not None
        resource, access = option.resource, (option.access.key, option.access.write) if option.access is not None else None
        if option.operation == "join" and any(one is not self.main and one.name == resource for one in self._known):
            resource = self._full(resource)
            access = (resource, False) if access is not None and access[0] != "*" else access
        name = worker.name if worker is self.main else self._full(worker.name)
        place = option.file, option.line, option.function
        if place == self.born or (worker is self.main and not place[0]):
            place = self.home
        can = (False, *self._able_now(worker)) if worker.ready is not None else (True, True, "", ())
        return worker.number, name, option.operation, resource, place, access, worker.deadline, can

    def _full(self, name: str) -> str:
        """What a thread of this process is called in the whole run."""
        return name if self._name in name else f"{self._name} {name}"

    def _able_now(self, worker: Worker) -> tuple[bool, str, tuple[int, ...]]:
        """Whether it could go now, and why not."""
        assert worker.ready is not None
        if worker.ready():
            return True, "", ()
        words, by = worker.why() if worker.why is not None else ("", ())
        return False, words, by

    def _await(self) -> Worker:
        while True:
            kind, *told = self.hear()
            if kind == "able":
                self.channel.send([(one.number, *self._able_now(one)) for one in self.workers if one.ready is not None])
                continue
            number, timed_out, self.now = told
            worker = next(one for one in self.workers if one.number == number)
            worker.timed_out = timed_out
            worker.option = worker.ready = worker.why = worker.deadline = None
            self.current = self.last = worker
            return worker


def _nobody(_: tuple[Option, ...]) -> int:
    raise AssertionError("the choice is made above")
