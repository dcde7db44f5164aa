"""What is to be stepped: a script or a function, under which interpreter, with what around it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from concviz.errors import TargetError

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the package `concviz`."""

HOST = PACKAGE / "stepping" / "host.py"
"""What the program's interpreter runs first; a path, never an import."""


@dataclass(frozen=True, slots=True)
class Request:
    """One program to be stepped."""

    script: Path
    function: str = ""
    """A function of the script without arguments, or a coroutine function; "" for the script itself, as `__main__`."""
    setup: str = ""
    """A function of the file that is called first; what it returns is handed on. "" for none."""
    invariant: str = ""
    """A function of the file that is called last, and must not give False nor raise; "" for none."""
    args: tuple[str, ...] = ()
    """What the script gets as arguments."""
    python: str = sys.executable
    """Any interpreter from 3.11 on; it needs nothing of ours installed."""
    env: dict[str, str] = field(default_factory=dict)
    """Added to the environment."""
    title: str = ""
    """For people; "" for the script's name."""

    @property
    def target(self) -> str:
        """As the engine names it: "file.py", or "file.py:function"."""
        path = str(self.script.absolute())
        return f"{path}:{self.function}" if self.function else path

    @property
    def words(self) -> str:
        """What the screen calls it."""
        return self.title or (f"{self.script.name}:{self.function}" if self.function else self.script.name)

    def check(self) -> None:
        """TargetError for what can be known before it runs: no such file, a folder, no such interpreter."""
        if self.script.is_dir():
            raise TargetError(f"{self.script} is a folder", "name a script in it")
        if not self.script.is_file():
            raise TargetError(f"there is no file {self.script}", "check the path")
        if not os.access(self.python, os.X_OK):
            raise TargetError(f"there is no interpreter {self.python}", "give the full path of a Python 3.11 or later")

    def command(self, answers_fd: int, asks_fd: int) -> list[str]:
        """The interpreter's command line: it reads answers from the one and writes what it has to say to the other."""
        # -u: what the program prints is there before its next step is asked for.
        return [self.python, "-u", str(HOST), str(answers_fd), str(asks_fd), self.setup, self.invariant, self.target, *self.args]
