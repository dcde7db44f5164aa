"""What is explored, as something that can be sent to another process and loaded there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.schedules.plan import Plan
    from concviz.schedules.trial import Program, Trial


class Subject(Protocol):
    """A program and how it is run. Equal ones are the same program."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def memory(self) -> bool:
        """Whether accesses to shared memory are choices too."""

    @property
    def program(self) -> int:
        """The hash of its text, for tokens."""

    @property
    def again(self) -> str:
        """How a schedule of it is run again, with {token} in the place of the token."""

    def load(self) -> Program:
        """The program itself, ready to be run again and again. Called in the process that is to run it; TargetError when it cannot be."""


_loaded: list[tuple[Subject, Program]] = []


def loaded(subject: Subject) -> Program:
    """The program, loaded once in this process."""
    if not _loaded or _loaded[0][0] != subject:
        _loaded[:] = [(subject, subject.load())]
    return _loaded[0][1]


def forget() -> None:
    """Let go of what was loaded."""
    _loaded.clear()


def try_all(subject: Subject, plans: Sequence[Plan]) -> list[Trial]:
    """Run each plan once, in order, in this process."""
    from concviz.schedules.trial import run

    program = loaded(subject)
    return [run(program, plan) for plan in plans]
