"""What to run and how: the words that a Run gives its supervisor, and the interpreter's command line."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import ClassVar

from concviz.errors import TargetError
from concviz.sampling.pace import BUDGET

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the package `concviz`."""

KEEP = 1_000_000
"""Events of a run that stay in memory, if nobody asks for another number: up to half as many more take about 230 MB."""

PARTS = 8
"""Parts of a recording that stay on disk, if nobody asks for another number."""

HOST = PACKAGE / "probes" / "host.py"
"""What a watched interpreter runs first; a path, never an import."""


@dataclass(frozen=True, slots=True)
class Launch:
    """One program to be watched, as `PYTHON SCRIPT ARGS` or `PYTHON -m MODULE ARGS` would run it in `cwd`."""

    supervisor: ClassVar[str] = "concviz.runs.supervisor"
    """The module that is run as the small process between us and it."""

    script: Path
    """Of a module: its dotted name."""
    module: bool = False
    """Whether it is one, as with `-m`."""
    args: tuple[str, ...] = ()
    python: str = sys.executable
    """Any interpreter from 3.11 on; it needs nothing of ours installed."""
    cwd: Path | None = None
    """None: the current folder."""
    stdin: Path | None = None
    """A file to read from; None: closed (reads give end of file)."""
    env: dict[str, str] = field(default_factory=dict)
    """Added to the environment."""
    lines: bool = True
    """Whether current lines are watched."""
    budget: float = BUDGET
    """What looking from outside may cost, as a share of one core; 0: it is not done."""
    duration_s: float | None = None
    """Seconds from its first line until it is asked to end, as by Ctrl-C; None: it ends when it does."""
    keep: int | None = KEEP
    """How many of its newest events stay in memory, for screen and text; None: all."""
    rotate_bytes: int | None = None
    """The recording is written in parts of about that size; None: in one."""
    parts: int = PARTS
    """So many of the newest parts stay on disk."""
    title: str = ""
    model: str = ""

    def check(self) -> None:
        """TargetError for what can be known before it runs: no such file, a folder, no such interpreter."""
        if self.module:
            self._check_module()
        elif self.script.is_dir():
            raise TargetError(
                f"{self.script} is a folder without a lesson.toml", "name a script in it, or begin a scenario with `concviz new`"
            )
        elif not self.script.is_file():
            raise TargetError(f"there is no file {self.script}", "check the path")
        if not os.access(self.python, os.X_OK):
            raise TargetError(f"there is no interpreter {self.python}", "give the full path of a Python 3.11 or later")

    def _check_module(self) -> None:
        name = str(self.script)
        if not all(part.isidentifier() for part in name.split(".")):
            raise TargetError(f"{name!r} is no module's name", "write it with dots, as for python -m; a script needs no -m")

    def to_json(self, folder: Path, recording: Path) -> str:
        """Everything a supervisor must know, as one argument."""
        fields = asdict(self) | {"folder": folder, "recording": recording, "cwd": self.cwd or Path.cwd()}
        return json.dumps(fields, default=str)


def command(settings: dict[str, object], ready_fd: int, go_fd: int) -> list[str]:
    """The watched interpreter's command line."""
    lines = "1" if settings["lines"] else "0"
    args = settings["args"]
    assert isinstance(args, list)
    fds = [str(ready_fd), str(go_fd)]
    first = "-m" if settings["module"] else str(settings["script"])
    return [str(settings["python"]), str(HOST), str(settings["folder"]), *fds, lines, str(settings["script"]), first, *args]
