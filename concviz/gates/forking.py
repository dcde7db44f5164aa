"""Processes that the program starts: each begins as a child of ours that is under control too, with a channel to the scheduler.

A forked child goes on in a copy of this process, in which only the thread that forked lives; from there on its run is a branch of
ours. One that is made by other means than `multiprocessing` is not controlled, and that is told.
"""

from __future__ import annotations

import io
import os
import sys
from _thread import get_ident

from concviz.gates import channel, connections, leash, pool, scheduler
from concviz.gates.branches import Branch
from concviz.gates.choice import Access, Option
from concviz.gates.ends import failure
from concviz.gates.places import own_file, own_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Place

UNCONTROLLED = "a child process was started: what it does is not controlled"


class Begin:
    """What a child needs to know of itself."""

    __slots__ = ("fd", "home", "memory", "name", "number", "place")

    def __init__(self, found: Scheduler, name: str, place: Place) -> None:
        connections.settle(found)
        found.names.settle()
        self.name, self.memory, self.place = name, found.family.memory, own_place(sys._getframe(2))
        self.home = place
        ours, self.fd = channel.pair()
        self.number = found.family.fork(name, place, ours)


_coming: Begin | None = None
"""The child that is about to be forked."""


def ours() -> bool:
    """Whether the fork that is about to be made is a controlled one."""
    return _coming is not None


def coming() -> Begin | None:
    """The child that is about to begin."""
    return _coming


def put_in() -> None:
    """What is called around every fork of this process; once in a process."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_in_child, after_in_parent=_in_parent)


def _in_parent() -> None:
    found = scheduler.current_run()
    if found is not None and _coming is None and UNCONTROLLED not in found.escaped:
        found.escaped.append(UNCONTROLLED)


def _in_child() -> None:
    global _coming
    begin, before = _coming, scheduler.current_run()
    channel.close_all()
    pool.forget()
    scheduler.done()
    _coming = None
    if begin is None or before is None:
        return
    for worker in before.workers:
        worker.alive = worker is before.current
    branch = Branch(channel.Channel(begin.fd), begin.number, begin.name, before.names)
    branch.adopt_me(before.current)
    branch.home = begin.home
    branch.born, branch.family.memory, branch.family.pipes = begin.place, begin.memory, before.family.pipes
    start(branch)


def start(branch: Branch) -> None:
    """This process is under control from here on."""
    leash.die_with_parent()
    sys.stdout = Told(branch, sys.stdout)
    scheduler.begin(branch)


class Told(io.TextIOBase):
    """What a child prints: told to the scheduler, and printed if the first process's is."""

    def __init__(self, branch: Branch, out: TextIO) -> None:
        super().__init__()
        self._branch = branch
        self._out: Any = getattr(out, "beside", out)

    def write(self, text: str) -> int:
        """As the original."""
        self._branch.note("printed", text)
        if self._out is not None:
            self._out.write(text)
            self._out.flush()
        return len(text)

    def writable(self) -> bool:
        """As the original."""
        return True

    def fileno(self) -> int:
        """As the original."""
        return int(self._out.fileno()) if self._out is not None else super().fileno()


# What multiprocessing calls


def launching(original: Any) -> Any:
    """In place of a `Popen._launch` that forks."""

    def launch(self: Any, process: Any) -> None:
        global _coming
        found = scheduler.run()
        if found is None or found.over:
            original(self, process)
            return
        _coming = begin = Begin(found, process.name, where(process))
        self.pid, self._concviz_name, self._concviz_number = 0, process.name, begin.number
        found.family.popens.append(self)
        if hasattr(self, "_fds"):
            self._fds.append(begin.fd)
        try:
            original(self, process)
        finally:
            _coming = None
            if scheduler.current_run() is found:
                os.close(begin.fd)
                found.family.forked(begin.number, self.pid)

    return launch


def where(process: Any) -> Place:
    """Where a process will begin: the first line of its function, if that can be known."""
    code = getattr(process._target, "__code__", None) or getattr(getattr(type(process), "run", None), "__code__", None)
    if code is not None and own_file(code.co_filename):
        return code.co_filename, code.co_firstlineno, code.co_qualname
    return own_place(sys._getframe(1))


def beginning(original: Any) -> Any:
    """In place of `BaseProcess._bootstrap`: the first step is granted from above; an error of the program ends the run."""

    def bootstrap(self: Any, parent_sentinel: Any = None) -> int:
        found = scheduler.current_run()
        if not isinstance(found, Branch) or found.main.carrier.ident != get_ident():
            return int(original(self, parent_sentinel))
        if not found.begun:
            found.enter()
        run = self.run

        def told() -> None:
            try:
                run()
            except (SystemExit, scheduler.Unwound):
                raise
            except BaseException as error:
                failure(found, error, found.current)
                found.fail()

        self.run = told
        try:
            return int(original(self, parent_sentinel))
        finally:
            found.bye()

    return bootstrap


def waiting(original: Any) -> Any:
    """In place of `Popen.wait`: until the process has ended."""

    def wait(self: Any, timeout: float | None = None) -> Any:
        found = scheduler.run()
        if found is None or found.over or self.returncode is not None:
            return original(self, timeout)
        worker, name = found.current, getattr(self, "_concviz_name", "Process")
        if timeout is not None and timeout <= 0:
            return self.poll()
        access = Access(name, False) if timeout is None else Access("*", True)
        option = Option(worker.number, worker.name, "join", name, *own_place(sys._getframe(1)), access)
        number = getattr(self, "_concviz_number", 0)
        if not found.wait(worker, option, lambda: self.poll() is not None, lambda: (f"{name} has not ended", (number,)), timeout):
            found.saw("timed out")
            return None
        return self.poll()

    return wait


def signalling(original: Any) -> Any:
    """In place of `Popen._send_signal`."""

    def send(self: Any, sig: Any) -> None:
        found = scheduler.run()
        if found is None or found.over or self.returncode is not None:
            original(self, sig)
            return
        worker, name = found.current, getattr(self, "_concviz_name", "Process")
        found.point(worker, "notify", name, own_place(sys._getframe(1)), Access("*", True))
        original(self, sig)
        found.family.killed(self.pid)

    return send
