"""The processes of a run: who stands for which, and who holds which of the locks that they share."""

from __future__ import annotations

from concviz.gates.agents import Agent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Place, Worker


class Family:
    """Owns the child processes of a run, whichever process started them. In the first process only."""

    def __init__(self, found: Scheduler) -> None:
        self._found = found
        self.memory = found.memory
        """Whether accesses to shared memory are points."""
        self.pipes = self.feeding = False
        """Whether the program has pipes; whether a queue's feeder is being made."""
        self.told: dict[int, tuple[int, list[int]]] = {}
        """Worker -> the step at which it was last told what can be read, and how much of it."""
        self._called: dict[str, str] = {}
        self.agents: list[Agent] = []
        """Of the processes that live."""
        self.popens: list[Any] = []
        """What the first process started them with."""
        self.blocks: set[str] = set()
        """Blocks of shared memory that were made and not unlinked yet, by the names that the system knows."""
        self._holders: dict[str, Worker] = {}
        """Shared lock -> the worker that has it, or ended with it."""

    def called(self, key: str, words: Callable[[], str]) -> str:
        """What a thing is called that the operating system knows by this key; `words`: by its source."""
        if key not in self._called:
            self._called[key] = self._found.names.unique(words())
        return self._called[key]

    def block(self, name: str, there: bool) -> None:
        """A block of shared memory was made, or unlinked."""
        (self.blocks.add if there else self.blocks.discard)(name)

    def hold(self, name: str, worker: Worker) -> None:
        """This worker has that lock now."""
        self._holders[name] = worker

    def let_go(self, name: str, number: int) -> None:
        """That worker has it no more, if it had it."""
        if name in self._holders and self._holders[name].number == number:
            del self._holders[name]

    def holder(self, name: str) -> Worker | None:
        """Who has it; it may have ended with it."""
        return self._holders.get(name)

    def fork(self, name: str, place: Place, fd: int) -> int:
        """A process is about to begin, whose channel ends here; gives its main worker's number."""
        return Agent(self._found, name, place, fd).main.number

    def forked(self, number: int, pid: int) -> None:
        """That process has begun; 0: it could not."""
        agent = next(one for one in self.agents if one.main.number == number)
        agent.pid = pid
        if not pid:
            agent.end_from_outside()

    def killed(self, pid: int) -> None:
        """This process was ended by a signal."""
        for agent in tuple(self.agents):
            if agent.pid == pid:
                agent.end_from_outside()
