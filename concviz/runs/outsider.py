"""One process that nobody watches from inside, told as it would tell itself: its threads, their beginnings and ends, its GIL's place.

What is seen goes into the run's folder as a watched process's files do, so that all that reads those reads this.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.events import Kind, Table
from concviz.ring.layout import NAMES_SUFFIX, RING_SUFFIX
from concviz.ring.names import Names
from concviz.ring.writer import Ring
from concviz.sampling.interpreter import Interpreter, NoPythonError

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDS = 1 << 12
"""Of its ring: more than threads begin and end between two looks."""

NAME_LETTERS = 80
"""Of a command line so much is its lane's name."""

LOOKS_FOR_A_NAME = 3
"""So many looks are had at what a new thread is called: it is named only after it began."""

LOOKS_FOR_A_STATE = 20
"""Likewise at whether it has a thread state: one made in C may never get one."""


class _Thread:
    """Owns what is known of one thread."""

    __slots__ = ("looks", "name", "state", "worker")

    def __init__(self, worker: int, name: str) -> None:
        self.worker, self.name = worker, name
        self.looks = self.state = 0


class Outsider:
    """Owns the files and the open memory of one process; `look` is called some times a second by its census."""

    def __init__(self, pid: int, folder: Path, name: str, *, sampled: bool) -> None:
        """`name`: of its main thread. `sampled`: whether threads are looked at from outside, which tells their ends sooner.

        FileNotFoundError and the like when it is gone; OSError when there is no room for the files.
        """
        self.pid = pid
        self._sampled = sampled
        self._folder = Path(f"/proc/{pid}/task")
        self._key = f"{pid}.{time.monotonic_ns():x}"
        self._apart = _namespace(pid) != _namespace(os.getpid())
        self._python, self.why = _python(pid)
        """What runs in it; and why its memory is not read, in words."""
        self._place = self.why
        self._names = Names(str(folder / (self._key + NAMES_SUFFIX)))
        ring = Ring(str(folder / f"{self._key}.1{RING_SUFFIX}"), RECORDS)
        self._emit = ring.emitter(0)[0]
        self._threads: dict[int, _Thread] = {}
        self._called = comm(self._folder / str(pid))
        self._process = self._names.take(Table.PROCESS)
        self._introduce()
        worker = self._names.new(Table.WORKER, f"pid:{pid}", "process", name, pid, "" if self._python or self.why else "command", 0)
        self._begins(pid, _Thread(worker, name))
        self.look()

    def look(self) -> bool:
        """Who is there now, and who is not any more; False: it has ended."""
        natives = _numbers(self._folder)
        if not natives:
            return False
        for native in self._threads.keys() - natives:
            gone = self._threads.pop(native)
            if not self._sampled:
                self._emit(Kind.ENDED, 0, 0, 0, gone.worker)
        if self._python is None and not self.why:
            return True  # of another program its life and its main thread are told
        for native in sorted(natives - self._threads.keys()):
            self._begins(native, _Thread(self._names.take(Table.WORKER), ""))
        inner = self._numbered_inside(natives)
        self._name_threads(inner)
        self._find_states(inner)
        return True

    def close(self) -> None:
        """Close its memory. Its files are the reader's to remove."""
        if self._python is not None:
            self._python.close()

    def _introduce(self) -> None:
        python = self._python
        version = ".".join(map(str, python.version)) if python is not None and any(python.version) else "?" if python is not None else ""
        lock = "free" if python is not None and python.free else "gil"
        parent = parent_of(self.pid)
        self._names.rename(Table.PROCESS, self._process, self.pid, parent, version, lock, "attached", self._place, _cores(self.pid))

    def _begins(self, native: int, thread: _Thread) -> None:
        self._threads[native] = thread
        self._tell_thread(native, thread)
        self._emit(Kind.STARTED, 0, 0, native, thread.worker)

    def _tell_thread(self, native: int, thread: _Thread) -> None:
        self._names.new(Table.THREAD, thread.worker, native, thread.state, self.pid, "untold" if self._sampled else "")

    def _numbered_inside(self, natives: set[int]) -> dict[int, int]:
        """Its own number of each thread -> ours: others in a container (pid_namespaces(7))."""
        if not self._apart:
            return {native: native for native in natives}
        return {_innermost(self._folder / str(native)) or native: native for native in natives}

    def _name_threads(self, inner: dict[int, int]) -> None:
        """By what Python calls them; else the system, up to 3.13 all as their process, unless the program says otherwise."""
        new = {native: thread for native, thread in self._threads.items() if native != self.pid and thread.looks < LOOKS_FOR_A_NAME}
        python = self._python.names() if new and self._python is not None else {}
        names = {inner[number]: name for number, name in python.items() if number in inner}
        for native, thread in new.items():
            called = names.get(native) or comm(self._folder / str(native))
            name = called if called and called != self._called else f"thread {native}"
            if name != thread.name:
                thread.name = name
                uid = f"{self._key}/{thread.worker}"
                self._names.rename(Table.WORKER, thread.worker, uid, "thread", name, native, "", 0)

    def _find_states(self, inner: dict[int, int]) -> None:
        """Which thread state is whose, of those threads that have none yet; and the GIL's place, until it is found."""
        python = self._python
        new = {native: thread for native, thread in self._threads.items() if not thread.state and thread.looks < LOOKS_FOR_A_STATE}
        for thread in self._threads.values():
            thread.looks += 1
        if python is None or not (new or not self._place):
            return
        states = {inner[number]: state for number, state in python.states(inner).items()}
        for native, thread in new.items():
            if native in states:
                thread.state = states[native]
                self._tell_thread(native, thread)
        place = self._place or python.place(states.values())
        if place != self._place:
            self._place = place
            self._introduce()


def _python(pid: int) -> tuple[Interpreter | None, str]:
    try:
        return Interpreter(pid), ""
    except NoPythonError:
        return None, ""
    except OSError as error:
        return None, f"its memory cannot be read ({error.strerror or error})"


def _namespace(pid: int) -> str:
    """In which processes have the numbers that it sees; "" when that cannot be told."""
    with contextlib.suppress(OSError):
        return str(Path(f"/proc/{pid}/ns/pid").readlink())
    return ""


def _innermost(folder: Path) -> int:
    """A thread's number in its own namespace; 0 when it is gone."""
    with contextlib.suppress(OSError, ValueError):
        lines = (folder / "status").read_text(errors="replace").splitlines()
        return next((int(line.split()[-1]) for line in lines if line.startswith("NSpid:")), 0)
    return 0


def comm(folder: Path) -> str:
    """What the system calls a process or a thread; "" when it is gone."""
    with contextlib.suppress(OSError):
        return (folder / "comm").read_text(errors="replace").rstrip("\n")
    return ""


def command_line(pid: int) -> str:
    """As a person would have typed it, the program without its folder, in one line of bounded length; "" when it cannot be told."""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        texts = [" ".join(word.decode(errors="replace").split()) for word in words]
        line = " ".join([texts[0].rpartition("/")[2], *texts[1:]])
        return line if len(line) <= NAME_LETTERS else line[: NAME_LETTERS - 1] + "…"
    return ""


def parent_of(pid: int) -> int:
    """Who started it; 0 when it is gone."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    return 0


def children_of(pid: int) -> set[int]:
    """The processes that its threads have started and that live; OSError where this kernel does not list them."""
    found: set[int] = set()
    for native in _numbers(Path(f"/proc/{pid}/task")):
        with contextlib.suppress(ProcessLookupError):
            found.update(map(int, Path(f"/proc/{pid}/task/{native}/children").read_text(encoding="ascii").split()))
    return found


def _numbers(folder: Path) -> set[int]:
    try:
        return set(map(int, _listed(folder)))
    except OSError:
        return set()


def _listed(folder: Path) -> Iterable[str]:
    return os.listdir(folder)  # noqa: PTH208 - ten times a second


def _cores(pid: int) -> int:
    with contextlib.suppress(OSError, AttributeError):
        return len(os.sched_getaffinity(pid))
    return 0
