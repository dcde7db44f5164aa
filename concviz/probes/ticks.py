"""A thread of our own that does something some thirty times a second, unseen by `threading`."""

from __future__ import annotations

import os
import sys
import time
from _thread import allocate_lock, get_native_id, start_new_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

PERIOD_SECONDS = 1 / 30
"""From one tick to the next."""

GONE_SECONDS = 0.5
"""Longest wait for the thread's end: it takes a tenth of a millisecond."""

_sleep = getattr(time.sleep, "__wrapped__", time.sleep)


class Ticker:
    """Owns the thread. Only the program's threads start and stop it, and a fork finds it stopped.

    `os.fork` warns of a process with more than one thread, and counts those of the operating system; so `stop`
    returns only when the thread is really gone.
    """

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._guard = allocate_lock()
        self._stop: Any = None
        self._native_id = 0
        self.running = False
        """Whether the thread is there."""
        self.over = False
        """Whether it is never to start again."""
        self._outlives = False

    def start(self) -> None:
        """Begin to tick, when not ticking already; the first tick comes a period later."""
        with self._guard:
            if self.running or self.over or sys.is_finalizing():
                return
            stop = allocate_lock()
            stop.acquire()
            self._stop = stop
            self._native_id = 0
            try:
                start_new_thread(self._run, (stop,))
            except RuntimeError:
                return
            self.running = True

    def stop(self) -> None:
        """End the thread and wait until it is gone."""
        with self._guard:
            if not self.running:
                return
            self.running = False
            end = time.monotonic() + GONE_SECONDS
            while not self._native_id and time.monotonic() < end:
                _sleep(0.0001)
            task = f"/proc/self/task/{self._native_id}"
            self._stop.release()
            while os.path.exists(task) and time.monotonic() < end:
                _sleep(0.0001)

    def after_fork_in_child(self, by_main: bool) -> None:
        """The thread is not there, nor who may have been about to start or stop it.

        A child whose only thread was no main thread ends with the last of its threads, not with that one: so ours must
        not be the last.
        """
        self._guard = allocate_lock()
        self.running = False
        self._outlives = self._outlives or not by_main

    def _run(self, stop: Any) -> None:
        self._native_id = get_native_id()
        while not stop.acquire(True, PERIOD_SECONDS):
            if self._outlives and _alone():
                return
            try:
                self._tick()
            except Exception:  # noqa: BLE001 - lines are lost, the program is not
                return


def _alone() -> bool:
    """Whether this thread is the process's last one, but for the first, which has ended; or that cannot be known."""
    try:
        if len(os.listdir("/proc/self/task")) > 2:
            return False
        with open(f"/proc/self/task/{os.getpid()}/stat", "rb") as file:
            return file.read().rpartition(b") ")[2][:1] == b"Z"
    except OSError:
        return True
