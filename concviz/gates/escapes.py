"""What escapes control: real input and output, other processes, and a worker that comes to no point any more."""

from __future__ import annotations

import _thread
import ctypes
import os
import sys
import time

from concviz.gates import scheduler
from concviz.gates.choice import End
from concviz.gates.places import own_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STALL_SECONDS = 5.0
"""A worker that runs so long without coming to a point is taken for one that never will."""

LOOK_SECONDS = 0.25

_CALLS = {
    ("socket", "socket"): ("connect", "accept", "recv", "recv_into", "recvfrom", "send", "sendall", "sendto"),
    ("subprocess", "Popen"): ("__init__", "communicate", "wait"),
}
"""Module and class -> methods that do something in the world outside."""

if not hasattr(os, "fork"):
    _CALLS["multiprocessing.process", "BaseProcess"] = ("start", "join")

_clock, _allocate, _start = time.monotonic, _thread.allocate_lock, _thread.start_new_thread
_watched: set[int] = set()


def _note(words: str) -> None:
    found = scheduler.run()
    if found is not None:
        file, line, _ = own_place(sys._getframe(2))
        where = f" at {os.path.basename(file)}:{line}" if file else ""
        found.escaped.append(f"{words}{where}: real, so the same choices may come to something else")


def _noting(original: Any, words: str) -> Any:
    def stand_in(self: Any, *args: Any, **kwargs: Any) -> Any:
        _note(words)
        return original(self, *args, **kwargs)

    stand_in.__name__, stand_in.__qualname__, stand_in.__doc__ = original.__name__, original.__qualname__, original.__doc__
    return stand_in


def put_in() -> None:
    """Note calls of what is imported by now; called before each run, since programs import more."""
    for (module, kind), names in _CALLS.items():
        owner = getattr(sys.modules.get(module), kind, None)
        if owner is None or id(owner) in _watched:
            continue
        _watched.add(id(owner))
        for name in names:
            original = getattr(owner, name)
            setattr(owner, name, _noting(original, f"{kind}.{name}" if name != "__init__" else f"{kind}(...)"))


def watch() -> None:
    """Begin to look for workers that come to no point; once in a process. The thread is nobody's: it holds nothing and is not listed."""
    if _watched & {0}:
        return
    _watched.add(0)
    never = _allocate()
    never.acquire()

    def look() -> None:
        before: tuple[object, int] = None, 0
        since = _clock()
        while True:
            never.acquire(timeout=LOOK_SECONDS)
            found = scheduler.current_run()
            now = (found, len(found.taken) if found is not None else 0)
            if found is None or found.busy or found.over or now != before:
                before, since = now, _clock()
            elif _clock() - since > STALL_SECONDS:
                _break(found)

    _start(look, ())


def _break(found: scheduler.Scheduler) -> None:
    """End a run in which nobody comes to a point: Python code stops at once, a call in C when it returns."""
    worker = found.current
    if worker.agent is not None:
        worker.agent.kill()
    found.escaped.append(f"{worker.name} ran for {STALL_SECONDS:.0f} s without a point: it computes, or waits where nobody sees it")
    found.stop(End.NO_PROGRESS, f"{worker.name} came to no scheduling point for {STALL_SECONDS:.0f} s")
    found.signature = f"{End.NO_PROGRESS.value} without a point"
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.carrier.ident), ctypes.py_object(scheduler.Unwound))
