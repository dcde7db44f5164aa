"""`multiprocessing` under control: put in when the program first imports it; each run begins with none of the processes of another."""

from __future__ import annotations

import gc
import itertools
import os
import sys
from importlib.machinery import PathFinder

from concviz.gates import forking, raw_memory, scheduler
from concviz.gates.monitors import Call, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from typing import Any

    from concviz.gates.scheduler import Scheduler

_LEAST = -100
"""All finalizers that are for a program's end have a higher priority."""

_done = False

_used = False
"""Whether the last run had processes."""


class _Finder:
    """Finds what is to be put in later as the path does, and puts it in once it is loaded."""

    def __init__(self, name: str, put: Callable[[], None]) -> None:
        self._name, self._put = name, put

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """As a finder's."""
        if name != self._name:
            return None
        spec = PathFinder.find_spec(name, path, target)
        loader: Any = spec.loader if spec is not None else None
        if loader is not None:
            execute = loader.exec_module

            def exec_module(module: Any) -> None:
                sys.meta_path.remove(self)
                execute(module)
                self._put()

            loader.exec_module = exec_module
        return spec


def _when_imported(name: str, put: Callable[[], None]) -> None:
    if name in sys.modules:
        put()
    else:
        sys.meta_path.insert(0, _Finder(name, put))


def put_in() -> None:
    """Now if it is imported already, else as soon as it is; once in a process. Without fork, processes go their own way."""
    if not hasattr(os, "fork"):
        return
    forking.put_in()
    _when_imported("multiprocessing", _put_in)


def _put_in() -> None:
    global _done
    if _done:
        return
    _done = True
    found = scheduler.current_run()
    busy = found.busy if found is not None else False
    if found is not None:
        found.busy = True
    try:
        _put_all()
    finally:
        if found is not None:
            found.busy = busy


def _put_all() -> None:
    from multiprocessing import popen_fork, popen_forkserver, popen_spawn_posix, process, spawn

    from concviz.gates import booting, connections, servers, shared_locks, shared_queues, shared_values

    forks: Any = popen_fork.Popen
    forks._launch = forking.launching(forks._launch)
    forks.wait, forks._send_signal = forking.waiting(forks.wait), forking.signalling(forks._send_signal)
    spawns: Any = popen_spawn_posix.Popen
    spawns._launch = forking.launching(spawns._launch)
    spawning: Any = spawn
    spawning.get_command_line = booting.command_line(spawning.get_command_line)
    server: Any = popen_forkserver
    server.Popen = _without_server(server.Popen, spawns)
    base: Any = process.BaseProcess
    base._bootstrap = forking.beginning(base._bootstrap)
    base.is_alive = wrapped(base.is_alive, Call("read", write=False, name=lambda _, thing, __: str(thing.name)))
    connections.put_in()
    shared_locks.put_in()
    shared_queues.put_in()
    shared_values.put_in()
    raw_memory.put_in_numbers()
    _when_imported("multiprocessing.shared_memory", raw_memory.put_in_blocks)
    _when_imported("multiprocessing.managers", servers.put_in)


def _without_server(original: Any, spawns: Any) -> Any:
    def popen(process: Any) -> Any:
        return (original if scheduler.run() is None else spawns)(process)

    popen.method = "forkserver"  # type: ignore[attr-defined]
    return popen


def begin() -> None:
    """Before a run: numbers count from 1 anew, and what the last run had open is closed, as far as it was kept by garbage."""
    global _used
    if _used:
        _used = False
        gc.collect(1)  # what it left is young: the program's own modules need not be gone through
    process: Any = sys.modules.get("multiprocessing.process")
    if process is not None:
        process._process_counter = itertools.count(1)


def at_exit(found: Scheduler) -> None:
    """What the interpreter does at its end: daemons are told to end, all others are waited for."""
    process: Any = sys.modules.get("multiprocessing.process")
    util: Any = sys.modules.get("multiprocessing.util")
    if util is None or process is None or not _done:
        return
    mine = process.active_children()
    if mine:
        found.left = True
    util._run_finalizers(0)
    for child in mine:
        if child.daemon:
            child._popen.terminate()
    for child in sorted(mine, key=lambda one: one._identity):
        child.join()
    util._run_finalizers(_LEAST)


def done(found: Scheduler) -> None:
    """After a run: nothing of it is kept, so that its descriptors are closed."""
    if found.family.blocks:
        raw_memory.unlink_all(found.family.blocks)
    for popen in found.family.popens:
        popen.poll()
        if popen.finalizer is not None:
            popen.finalizer()
    if found.family.popens:
        sys.modules["multiprocessing.process"]._children.clear()
        global _used
        _used = True
