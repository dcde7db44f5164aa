"""What a child process under control knows of the others: nothing. It tells, and asks, the first one, where `family.py` is."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from concviz.gates.choice import Option
    from concviz.gates.worker import Place, Worker


class Noted:
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


class Relatives:
    """What its processes share and start, for the scheduler above."""

    def __init__(self, branch: Any) -> None:
        self._branch = branch
        self.popens: list[Any] = []
        self.memory = self.pipes = self.feeding = False
        """Whether accesses to shared memory are points; whether the program has pipes; whether a queue's feeder is being made."""
        self.told: dict[int, tuple[int, list[int]]] = {}
        """Worker -> the step at which it was last told what can be read, and how much of it."""
        self._called: dict[str, str] = {}

    def called(self, key: str, words: Callable[[], str]) -> str:
        """As the original."""
        if key not in self._called:
            self._called[key] = str(self._branch.ask("called", key, words()))
        return self._called[key]

    def block(self, name: str, there: bool) -> None:
        """As the original."""
        self._branch.note("block", name, there)

    def hold(self, name: str, worker: Worker) -> None:
        """As the original."""
        self._branch.note("hold", name, worker.number)

    def let_go(self, name: str, number: int) -> None:
        """As the original."""
        self._branch.note("let go", name, number)

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
