"""Whom to attach to and how: what is checked before, and the words that a Run gives the process that does it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import ClassVar

from concviz.errors import PlatformError, TargetError
from concviz.runs import descendants
from concviz.runs.launch import KEEP, PARTS
from concviz.runs.outsider import comm, command_line
from concviz.runs.remote import SINCE
from concviz.sampling.interpreter import OLDEST, Interpreter, NoPythonError
from concviz.sampling.pace import BUDGET

NO_RIGHT = "its memory may not be read (it is another user's, or the kernel forbids it: see kernel.yama.ptrace_scope)"
"""What is said where only the process's outside can be seen."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A process that runs already."""

    supervisor: ClassVar[str] = "concviz.runs.attached"
    """The module that is run as the small process between us and it."""

    pid: int
    title: str = ""
    """What the pane is called; "" until `checked`."""
    model: str = "program"
    script: str = ""
    python: str = ""
    """Its version; "" where that cannot be told."""
    events: bool = True
    """Whether it is to be watched from inside, where it can be."""
    why: str = ""
    """Why it is not, in words."""
    lines: bool = True
    """Whether current lines are watched, from inside."""
    budget: float = BUDGET
    """What looking from outside may cost, as a share of one core; 0: it is not done."""
    duration_s: float | None = None
    """Seconds until it is let go; None: when somebody says so."""
    keep: int | None = KEEP
    """How many of the newest events stay in memory; None: all. The recording has all."""
    rotate_bytes: int | None = None
    """As of a `Launch`: its recording is one file."""
    parts: int = PARTS
    """So many of the newest parts stay on disk."""

    def check(self) -> None:
        """Nothing: see `checked`."""

    def checked(self) -> Attachment:
        """With what can be told of it before. PlatformError where there is no /proc; TargetError for a process that is none of those."""
        if self.title:
            return self
        if sys.platform != "linux":
            raise PlatformError("only Linux lets one look at a process that runs already", "start it with `concviz run`")
        if self.pid == os.getpid():
            raise TargetError(f"process {self.pid} is concviz itself", "name another")
        if not descendants.alive(self.pid):
            raise TargetError(f"there is no process {self.pid}", "`pgrep -af python` lists those of Python")
        known = replace(self, title=command_line(self.pid) or comm_of(self.pid))
        try:
            python = Interpreter(self.pid)
        except NoPythonError:
            raise TargetError(
                f"process {self.pid} ({comm_of(self.pid)}) runs no Python from 3.7 on", "`pgrep -af python` lists those that do"
            ) from None
        except PermissionError:
            return _unread(known)
        except OSError as error:
            raise TargetError(f"process {self.pid} cannot be looked at: {error.strerror or error}", "does it still run?") from None
        version = python.version
        python.close()
        return _decided(replace(known, python=".".join(map(str, version)) if any(version) else ""), version)

    def to_json(self, folder: Path, recording: Path) -> str:
        """Everything that the process which attaches must know, as one argument."""
        return json.dumps(asdict(self) | {"folder": folder, "recording": recording}, default=str)


def _unread(known: Attachment) -> Attachment:
    """Of one whose memory may not be read, its command line must do."""
    if "python" not in known.title.lower():
        words = f"process {known.pid} ({comm_of(known.pid)}) cannot be told to be a Python: {NO_RIGHT}"
        raise TargetError(words, "run concviz as its user")
    return replace(known, events=False, why=NO_RIGHT)


def _decided(known: Attachment, version: tuple[int, int, int]) -> Attachment:
    """Whether it can be watched from inside, as far as that can be told before it is asked."""
    if not known.events:
        return replace(known, why="as was asked for")
    if version[:2] < OLDEST:
        return replace(known, events=False, why="its Python is older than 3.11")
    if version[:2] < SINCE:
        return replace(known, events=False, why=f"its Python is {known.python}; only from 3.14 on one can ask it to let probes in")
    apart = _apart(known.pid)
    return replace(known, events=False, why=apart) if apart else known


def _apart(pid: int) -> str:
    """Why it could not read what it would be asked to execute, or could not answer, in words; "" when it could."""
    try:
        if Path(f"/proc/{pid}").stat().st_uid != os.geteuid():
            return "it is another user's, who may not read our files"
        for kind in ("mnt", "pid"):
            if Path(f"/proc/{pid}/ns/{kind}").readlink() != Path(f"/proc/self/ns/{kind}").readlink():
                return "it lies in another container, where our files are not"
        if Path(f"/proc/{pid}/root").readlink() != Path("/proc/self/root").readlink():
            return "it has another root folder, where our files are not"
    except OSError as error:
        return f"its files cannot be looked at ({error.strerror})"
    return ""


def comm_of(pid: int) -> str:
    """What the system calls it."""
    return comm(Path(f"/proc/{pid}"))
