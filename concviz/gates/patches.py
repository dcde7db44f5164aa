"""The standard library over controlled primitives: put in once in a process; outside a run all of it does what it always did."""

from __future__ import annotations

import _thread
import queue
import threading
import time

from concviz.gates import clock, escapes, locks, monitors, processes, scheduler, starting, tasks
from concviz.gates.replaced import put
from concviz.gates.simple_queues import SimpleQueue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.scheduler import Scheduler

_done = False


def put_in() -> None:
    """Put everything in; a second time only what has been imported meanwhile."""
    global _done
    escapes.put_in()
    if _done:
        return
    _done = True
    _put_threads()
    _put_clocks()
    monitors.put_in()
    tasks.put_in()
    processes.put_in()
    escapes.put_in()
    escapes.watch()


def _put_threads() -> None:
    for name in ("allocate_lock", "allocate"):
        put(_thread, name, locks.Lock)
    for name in ("Lock", "_allocate_lock"):
        put(threading, name, locks.Lock)
    for name in ("RLock", "_CRLock"):
        put(threading, name, locks.RLock)
    for name in ("start_new_thread", "start_new"):
        put(_thread, name, starting.start_new_thread)
    put(threading, "_start_new_thread", starting.start_new_thread)
    for owner, name in ((_thread, "start_joinable_thread"), (threading, "_start_joinable_thread")):
        put(owner, name, starting.start_joinable_thread)
    put(threading, "_ThreadHandle", starting.Ending.handle)
    put(threading, "_set_sentinel", starting.set_sentinel)
    threading.excepthook = starting.excepthook(threading.excepthook)


def _put_clocks() -> None:
    for name, begin_s in (("monotonic", clock.BEGIN_S), ("perf_counter", clock.BEGIN_S), ("time", clock.EPOCH_S)):
        put(time, name, clock.seconds(getattr(time, name), begin_s))
        put(time, f"{name}_ns", clock.nanoseconds(getattr(time, f"{name}_ns"), begin_s))
    put(time, "sleep", clock.sleep)
    put(threading, "_time", time.monotonic)
    put(queue, "time", time.monotonic)


def seed(number: int) -> None:
    """Chance is the same in each run, if the program uses any."""
    import sys

    random = sys.modules.get("random")
    if random is not None:
        random.seed(number)


def at_exit(found: Scheduler) -> None:
    """What the interpreter does when the main part of a program is done: pools are told to end."""
    import sys

    executors = sys.modules.get("concurrent.futures.thread")
    if executors is not None:
        for work in list(executors._threads_queues.values()):
            if isinstance(work, SimpleQueue):
                work.tell()
    processes.at_exit(found)


def forget_pools(executors: Any) -> None:
    """Those of earlier runs that were never shut down: a forked child would tell them to end, too."""
    for thread, work in list(executors._threads_queues.items()):
        if isinstance(work, SimpleQueue):
            del executors._threads_queues[thread]


__all__ = ["at_exit", "forget_pools", "put_in", "scheduler", "seed"]
