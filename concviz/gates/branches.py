"""The scheduler of a controlled child process: its workers are its own, whose turn it is the scheduler above says.

All that runs in the process under control runs as in the first process, over the same primitives; only the choice is asked for over
a channel. What happened since is told with the question, and the scheduler above may ask back who could go now: what is shared with
other processes changes while this one stands still.
"""

from __future__ import annotations

import os

from concviz.gates.names import Names, mark, shared
from concviz.gates.scheduler import Scheduler
from concviz.gates.worker import NOWHERE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from concviz.gates.channel import Channel
    from concviz.gates.choice import Option
    from concviz.gates.worker import Carrier, Place, Worker

GONE = 1
"""The exit code of a process whose scheduler is gone."""


class BranchNames(Names):
    """Names in a child: what is shared is called the same everywhere, what is its own has the process in front."""

    def __init__(self, branch: Branch, before: Names | None) -> None:
        super().__init__()
        self._branch = branch
        if before is not None:
            self._made = before._made
            self._of = {key: known for key, known in before._of.items() if shared(known[1])}

    def of(self, thing: object, kind: str, frame: Any = None) -> str:
        """As the original."""
        import sys

        known = self._of.get(id(thing))
        if known is not None:
            return known[0]
        carried = getattr(thing, "_concviz_name", "") if shared(thing) else ""
        if carried:
            self._of[id(thing)] = carried, thing
            return carried
        name = self._found(thing, kind, _own(frame or sys._getframe(2)))
        name = self._branch.unique(name if shared(thing) else f"{self._branch.main.name}'s {name}")
        self._of[id(thing)] = name, thing
        mark(thing, name)
        return name

    def called(self, thing: object, words: str) -> str:
        """As the original."""
        return super().called(thing, f"{self._branch.main.name}'s {words or type(thing).__name__}")

    def label(self, thing: object) -> str:
        """As the original."""
        return f"{self._branch.main.name}'s {super().label(thing)}"

    def variable(self, name: str) -> str:
        """As the original."""
        return f"variable {self._branch.main.name}'s {name}"


def _own(frame: Any) -> Any:
    from concviz.gates.places import own_frame

    return own_frame(frame)


class _Order:
    """What is read and written, for the scheduler above."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, str]] = []
        self.races: dict[str, str] = {}

    def read(self, _: Worker, key: str) -> None:
        """As the original."""
        self.noted.append(("read", key))

    def write(self, _: Worker, key: str) -> None:
        """As the original."""
        self.noted.append(("write", key))

    def step(self, worker: Worker, option: Option) -> None:
        """The scheduler above knows."""

    def ended(self, worker: Worker) -> None:
        """The scheduler above knows."""


class _Family:
    """What its processes share and start, for the scheduler above."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self.popens: list[Any] = []
        self.memory = False
        """Whether accesses to shared memory are points."""
        self._called: dict[str, str] = {}

    def called(self, key: str, words: Callable[[], str]) -> str:
        """As the original."""
        if key not in self._called:
            self._called[key] = str(self._branch.ask("called", key, words()))
        return self._called[key]

    def hold(self, name: str) -> None:
        """As the original."""
        self._branch.note("hold", name, self._branch.current.number)

    def let_go(self, name: str) -> None:
        """As the original."""
        self._branch.note("let go", name, self._branch.current.number)

    def holder(self, _: str) -> None:
        """Known above."""

    def fork(self, name: str, place: Place, fd: int) -> int:
        """As the original."""
        branch = self._branch
        number: int = branch.ask("fork", name, *place)
        branch.channel.send_end(fd)
        os.close(fd)
        branch.hear()
        return number

    def forked(self, number: int, pid: int) -> None:
        """As the original."""
        self._branch.ask("forked", number, pid)

    def killed(self, pid: int) -> None:
        """As the original."""
        self._branch.ask("killed", pid)


class Branch(Scheduler):
    """Owns the workers of one child process. Made in the child, in the thread that is its main one."""

    def __init__(self, channel: Channel, number: int, name: str, names: Names | None = None) -> None:
        self.channel = channel
        self.begun = False
        """Its main worker goes, or waits for that."""
        self.born: Place = NOWHERE
        """Where its parent stood: no place of its own."""
        self._first = number
        self._name = name
        self._outbox: list[tuple[Any, ...]] = []
        self._ended: list[int] = []
        super().__init__(_nobody)
        self.names = BranchNames(self, names)
        self.order = _Order()  # type: ignore[assignment]
        self.family = _Family(self)

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
            self.count = self.ask("new", name) - 1
        else:
            self.count = self._first - 1
            name = self._name
        return super().add(name, carrier)

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
        """The process is about to end: what was not told yet."""
        self._tell()

    # The choice

    def _choice(self) -> Worker | None:
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
        name = worker.name if worker is self.main or self._name in worker.name else f"{self._name} {worker.name}"
        access = (option.access.key, option.access.write) if option.access is not None else None
        place = option.file, option.line, option.function
        if place == self.born:
            place = NOWHERE
        can = (False, *self._able_now(worker)) if worker.ready is not None else (True, True, "", ())
        return worker.number, name, option.operation, option.resource, place, access, worker.deadline, can

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
