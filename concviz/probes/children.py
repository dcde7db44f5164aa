"""Forked children, and how any process of the program ends: `os.fork`, `os._exit`, `os.wait`, `os.waitpid`.

The first hook that a fork runs in the child makes it write for itself: files of its own in the same folder, where all
that its parent had named is named already, so that what it inherited keeps its ids.
"""

from __future__ import annotations

import os
import sys
import time
from _thread import get_ident

from concviz.events import Kind, Table
from concviz.probes import here, seam, unheard
from concviz.probes.sites import called_by_standard, outer, own_frame, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

SERVER = "forkserver"
"""How the server of `forkserver` begins and what it is called; its children begin as "forkserver" too."""

COMMAND = "command"
"""The flag of a child that is another program: `subprocess` started it, and nobody is inside it to tell."""

_frame = outer
_forking: dict[int, tuple[int, int, int]] = {}
_starting: dict[int, tuple[str, str, int]] = {}
_workers: dict[int, int] = {}
_commands: dict[int, int] = {}
_server = False
silent = False
"""Whether our hooks around a fork do nothing: they cannot be taken out."""


def install(module: Any) -> None:
    """Put our functions into `os`, and our hooks around its fork."""
    if hasattr(module, "register_at_fork"):
        module.register_at_fork(before=_before, after_in_child=_after)
    seam.replace(module, "_exit", _make_exit)
    seam.replace(module, "waitpid", lambda original: _make_waitpid(original, module))
    seam.replace(module, "wait", _make_wait)


def arrive(kind: str) -> None:
    """In a fresh interpreter, the probes being in: let it look and end as it would alone. A server's children are others'."""
    global _server
    import atexit

    code = next((argument for argument in sys.orig_argv if "\n" in argument), "")
    if code:
        sys.orig_argv[sys.orig_argv.index(code)] = code.partition("\n")[2]
    if kind == SERVER:
        _server = True
    else:
        atexit.register(end)


def starting(name: str, flags: str, where: int) -> None:
    """The calling thread is about to start a process of this name, made here or there. "": it has been started."""
    if name:
        _starting[get_ident()] = name, flags, where
    else:
        _starting.pop(get_ident(), None)


def spawned(pid: int, forked: bool = False) -> int:
    """The calling thread has started this process: its worker. A forked child has said SPAWNED for us itself."""
    name, flags, where = _starting.get(get_ident(), ("", "", 0))
    worker = _workers[pid] = here.process().names.new(Table.WORKER, f"pid:{pid}", "process", name, pid, flags, where)
    if not forked:
        here.mine.me.emit(Kind.SPAWNED, 0, where, worker)
    return worker


def command(pid: int) -> int:
    """The calling thread has started another program: its worker, which is looked at from outside."""
    worker = _commands[pid] = spawned(pid)
    here.process().names.new(Table.THREAD, worker, pid, 0, pid)
    here.mine.me.emit(Kind.STARTED, 0, 0, pid, worker)
    return worker


def reaped(pid: int, status: int) -> None:
    """A child's end is known, with the status that `os.waitpid` gives; that of a program which nobody watches inside is told."""
    worker = _commands.pop(pid, 0)
    if not worker:
        return
    code = os.waitstatus_to_exitcode(status)
    if code:
        words = f"exit code {code}" if code > 0 else f"ended by signal {-code}"
        here.mine.me.emit(Kind.FAILED, 0, 0, here.process().names.new(Table.TEXT, words), worker)
    else:
        here.mine.me.emit(Kind.ENDED, 0, 0, 0, worker)


def worker_of(pid: int) -> int:
    """The worker that stands for a process that this one has started; 0 unknown."""
    return _workers.get(pid, 0)


def introduce_self(name: str, flags: str) -> None:
    """Say what this process is called, now that it knows."""
    own = here.process()
    own.names.rename(Table.WORKER, own.first_worker, f"pid:{own.pid}", "process", name, own.pid, flags, 0)


def end() -> None:
    """The last thing that this process does."""
    me = here.mine.me
    me.switch(me.thread_worker)
    me.emit(Kind.ENDED)


def _before() -> None:
    """In the parent, on the thread that forks, before it does."""
    if silent:
        return
    me, frame = here.mine.me, _frame(1)
    introduce = sys.modules.get("concviz.probes.process_notes")
    if introduce is not None:
        introduce.introduce(own_frame(frame))
    _forking[get_ident()] = me.worker, site(frame), time.monotonic_ns()


def _after() -> None:
    """In the child, before anything of the program runs there. It has the forking thread's ident, and that thread alone."""
    global _server
    if silent:
        return
    parent, ident = here.process(), get_ident()
    fork = _forking.get(ident, (0, 0, 0))
    name, flags, _ = _starting.get(ident, ("", "", 0))
    kind = SERVER if _server else "fork"
    if not name:
        name = "child" if _server else f"child {os.getpid()}"
    try:
        here.begin(parent.folder, kind, name, flags, (0, 0, 0) if _server else fork)
    except OSError:
        unheard.begin()
    _forking.clear()
    _starting.clear()
    _workers.clear()
    _commands.clear()
    _server = False


def _make_exit(original: Callable[[int], NoReturn]) -> Callable[[int], NoReturn]:
    def _exit(status: int) -> NoReturn:
        end()
        original(status)

    return _exit


def _make_waitpid(original: Callable[[int, int], tuple[int, int]], module: Any) -> Callable[[int, int], tuple[int, int]]:
    no_hang = getattr(module, "WNOHANG", 0)

    def waitpid(pid: int, options: int, /) -> tuple[int, int]:
        if options & no_hang:
            ended, status = original(pid, options)
            reaped(ended, status)
            return ended, status
        return _joining(lambda: original(pid, options), pid)

    return waitpid


def _make_wait(original: Callable[[], tuple[int, int]]) -> Callable[[], tuple[int, int]]:
    def wait() -> tuple[int, int]:
        return _joining(original, 0)

    return wait


def _joining(wait: Callable[[], tuple[int, int]], pid: int) -> tuple[int, int]:
    """Wait for a child's end by hand."""
    me = here.mine.me
    if me.depth:
        ended, status = wait()
        reaped(ended, status)
        return ended, status
    where, ours = site(_frame(2)), not called_by_standard(2)
    me.emit(Kind.JOIN, 0, where, _known(pid) if ours else worker_of(pid))
    ended = 0
    try:
        ended, status = wait()
        reaped(ended, status)
        return ended, status
    finally:
        me.emit(Kind.JOINED, 0, where, _known(ended) if ours else worker_of(ended))


def _known(pid: int) -> int:
    """The worker for a pid that the program has waited for: it forked it itself, if we do not know it."""
    if pid <= 0:
        return 0
    return _workers.get(pid) or spawned(pid, forked=True)
