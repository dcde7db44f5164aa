"""Probes in a process that runs already: put in when it agrees, taken out again when it is let go.

What is said between the two lies in the run's folder: a file that stands for whoever is attached, and the process's answers.
While the first is there, and we are, the process is watched; so it is let go too if we are killed.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.runs import descendants, remote
from concviz.runs.launch import PACKAGE
from concviz.sampling.interpreter import Interpreter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

PROBES = PACKAGE / "probes" / "attached.py"
"""What the process executes; a path, never an import."""

HELD, IN, REFUSED, LEFT = "attached", ".in", ".refused", ".left"
"""The file that stands for us; how those of the process's answers end, whose names begin with its pid. As `probes/attached.py` has them."""

WAIT_SECONDS, LEAVE_SECONDS, ASKED_SECONDS, STEP_SECONDS = 3.0, 0.6, 1.5, 0.005
"""So long it may take until its main thread runs Python; until it has taken the probes out by itself, and when it was asked to; and
between two looks whether it has."""

BLOCKED = f"its main thread has run no Python for {WAIT_SECONDS:.0f} s (it is blocked in a call): attach again when it works"
"""What is said when it has not answered by then."""

SCRIPT = """\
try:
    names = {{"__name__": "concviz.{word}", "__file__": {file!r}, "SETTINGS": {settings!r}}}
    with open({file!r}, "rb") as file:
        exec(compile(file.read(), {file!r}, "exec"), names)
except BaseException:
    pass
"""
"""The file that the process executes."""


class Inside:
    """Owns our side of it."""

    def __init__(self, pid: int, folder: Path) -> None:
        self._pid, self._folder = pid, folder
        self.held = False
        """Whether there are probes in it."""

    def begin(self, unwanted: Callable[[], bool], *, lines: bool) -> str:
        """Put the probes in; "" when they are, else why not, in words: then it is as it was. `unwanted`: whether not to wait any more."""
        (self._folder / HELD).touch()
        settings = (str(self._folder), os.getpid(), lines, _states(self._pid))
        why = remote.ask(self._pid, self._script("begin", settings))
        if not why:
            answered = self._waited(WAIT_SECONDS, unwanted)
            if not answered:
                remote.ask_back(self._pid)
                answered = self._waited(STEP_SECONDS, lambda: False)  # it may just have begun
            why = "" if answered else BLOCKED
        self.held = (self._folder / f"{self._pid}{IN}").exists()
        with contextlib.suppress(OSError):
            why = (self._folder / f"{self._pid}{REFUSED}").read_text(encoding="utf-8")
        if not self.held:
            (self._folder / HELD).unlink()
        return why

    def end(self) -> None:
        """Have the probes taken out of it, and of those it has made since. Bounded: who does not run, does it when it next does."""
        if not self.held:
            return
        self.held = False
        (self._folder / HELD).unlink(missing_ok=True)
        self._left(LEAVE_SECONDS)
        left = [pid for pid in self._present() if remote.ask(pid, self._script("end", (str(self._folder),))) == ""]
        self._left(ASKED_SECONDS if left else 0)
        for pid in set(left) & set(self._present()):
            remote.ask_back(pid)

    def _script(self, word: str, settings: tuple[object, ...]) -> str:
        path = self._folder / f"{word}.py"
        path.write_text(SCRIPT.format(file=str(PROBES), word=word, settings=settings), encoding="utf-8")
        return str(path)

    def _waited(self, seconds: float, unwanted: Callable[[], bool]) -> bool:
        answers = [self._folder / f"{self._pid}{suffix}" for suffix in (IN, REFUSED)]
        until = time.monotonic() + seconds
        while not any(answer.exists() for answer in answers):
            if time.monotonic() > until or unwanted() or not descendants.alive(self._pid):
                return False
            time.sleep(STEP_SECONDS)
        return True

    def _present(self) -> Collection[int]:
        """Those with probes that live and have not said that they took them out."""
        inside = {int(path.name.removesuffix(IN)) for path in self._folder.glob(f"*{IN}")}
        return {pid for pid in inside if not (self._folder / f"{pid}{LEFT}").exists() and descendants.alive(pid)}

    def _left(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._present() and time.monotonic() < until:
            time.sleep(STEP_SECONDS)


def _states(pid: int) -> dict[int, int]:
    """Native id -> address of its thread state, which those who run already cannot tell of themselves."""
    try:
        python = Interpreter(pid)
    except (OSError, LookupError):
        return {}
    try:
        return python.states({int(path.name) for path in Path(f"/proc/{pid}/task").iterdir()})
    finally:
        python.close()
