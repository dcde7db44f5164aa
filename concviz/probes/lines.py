"""The current line of every worker, in the person's own files.

A callback for every line would make a tight loop four times slower. So the first lines of a program, and then some
lines of each tick, are all noted (monitored.py, from 3.12 on; traced.py, on 3.11); in between each line reports at
most once a tick, and a look from outside, once a tick, tells where every thread stands (sweeps.py).
Off, nothing of this exists. A program that brings a monitoring tool or a trace function of its own is left alone.
"""

from __future__ import annotations

import os
import sys
from _thread import get_ident

from concviz.probes import here
from concviz.probes.sweeps import Sweeper
from concviz.probes.ticks import Ticker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.probes import monitored, traced

_wanted = False
_watcher: monitored.Monitor | traced.Tracer | None = None
_ticker: Ticker | None = None


def wanted() -> bool:
    """Whether lines are watched in this process, and so in those that it starts."""
    return _wanted


def install() -> None:
    """Begin to watch lines. Called once in a process that began anew, on its main thread, before the program's first line."""
    global _wanted, _watcher, _ticker
    _wanted = True
    _ticker = Ticker(_tick)
    _watcher = _make(_ticker)
    _sweepers.append(Sweeper())
    _watcher.begin()
    _ticker.start()
    os.register_at_fork(before=_ticker.stop, after_in_parent=_after_fork, after_in_child=_after_fork_in_child)


def begin_part() -> None:
    """Begin to watch lines, or go on after `end_part`."""
    if _ticker is None:
        install()
    else:
        _after_fork()


def end_part() -> None:
    """Watch no lines, until the next part begins."""
    if _ticker is not None:
        _ticker.stop()
        _sweepers[0] = Sweeper()


def end() -> None:
    """Watch no lines any more, and look at none as they are run."""
    if _watcher is not None and _ticker is not None:
        _watcher.end()
        _ticker.over = True
    end_part()


def thread_begins() -> None:
    """Called by each new thread before its first line."""
    if _watcher is not None:
        _watcher.thread_begins()


_sweepers: list[Sweeper] = []

on_tick: list[Callable[[], None]] = []
"""What else is done at each tick, on its thread."""


def _make(ticker: Ticker) -> monitored.Monitor | traced.Tracer:
    if sys.version_info >= (3, 12):
        from concviz.probes.monitored import Monitor

        return Monitor(ticker)
    from concviz.probes.traced import Tracer

    return Tracer(ticker)


def _tick() -> None:
    assert _watcher is not None
    for look in on_tick:
        look()
    _watcher.tick()
    _sweepers[0].sweep()


def _after_fork() -> None:
    assert _watcher is not None
    _watcher.after_fork()


def _after_fork_in_child() -> None:
    """The child writes to rings of its own."""
    assert _ticker is not None
    parent = here.process().parent
    _ticker.after_fork_in_child(parent is None or parent.threads.get(get_ident()) == parent.first_worker)
    _sweepers[0] = Sweeper()
    _after_fork()
