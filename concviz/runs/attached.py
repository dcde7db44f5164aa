"""The small process between a Run and a process that it has attached to: no parent of that, so it starts, ends and kills nothing.

    PYTHON -I -S -c '...main()' SETTINGS-AS-JSON

It looks from outside, or has probes put in where the process lets it; copies what is told into the recording; and lets go: when told to,
when its time is up, when its standard input ends. Standard library only.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

from concviz import control
from concviz.recordings.format import meta
from concviz.runs import descendants
from concviz.runs.census import Census
from concviz.runs.inside import Inside
from concviz.runs.program import CPU_NS, cpu_seconds
from concviz.runs.recorder import Recorder

TICK_NS = 8_000_000
"""How often shared memory is looked at, as a run's supervisor does."""

OUTSIDE = "locks, queues, events, tasks, source lines: a process that is seen from outside does not tell of them"
SHORT = "threads and processes that live for less than 0.1 s: some are never met"
BEFORE = "locks, queues and the like that were made before: those made from now on tell of themselves"
BY_NAME = "what its modules had imported by name, as `from threading import Lock`: they go on with what they have"
PRINTS = "what it prints: that goes where it always goes"
CHILDREN = "the inside of processes that it had started before: they are seen from outside"
"""What cannot be seen, in words."""


class Attached:
    """Owns the recorder and all that was opened; lives until its owner lets go."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._pid = int(settings["pid"])
        self._folder = Path(settings["folder"])
        self._recorder = Recorder(Path(settings["recording"]), self._folder, settings)
        self._inside = Inside(self._pid, self._folder)
        self._census: Census | None = None
        self._used = _Used()
        self._goes_on = self._there = True
        self._until_ns = 0

    def run(self) -> None:
        """Until told to let go. Leaves the process as it was, no shared memory, and a recording that is closed."""
        try:
            began_ns = time.thread_time_ns()
            self._begin()
            if self._recorder.sampler.pace is not None:
                self._recorder.sampler.pace.aside(began_ns)
            self._watch()
        except Exception as error:  # noqa: BLE001 - must be told, not lost, and must not stop the clean-up
            self._tell("failure", words=f"{type(error).__name__}: {error}")
        finally:
            self._end()

    def _begin(self) -> None:
        settings = self._settings
        why = self._inside.begin(_spoken_to, lines=bool(settings["lines"])) if settings["events"] else str(settings["why"])
        inside = self._inside.held
        self._census = Census(self._pid, self._folder, itself=not inside, sampled=settings["budget"] > 0)
        unseen = [BEFORE, BY_NAME, PRINTS] if inside else [OUTSIDE, SHORT, PRINTS]
        unseen += [CHILDREN] if inside and self._census.pids else []
        self._recorder.drain()
        self._tell("attached", pid=self._pid, inside=inside, why="" if inside else why, unseen=unseen)
        self._used.begin(self._pids())
        self._tell("ready", pid=self._pid, pgid=0)
        self._tell("go")
        if settings["duration_s"]:
            self._until_ns = time.monotonic_ns() + int(settings["duration_s"] * 1e9)

    def _watch(self) -> None:
        sampler, next_tick_ns, ready = self._recorder.sampler, 0, [0]
        while self._goes_on:
            began_ns = time.thread_time_ns()
            looked = watched = sampler.watch(0 if ready else next_tick_ns)
            pause_ns = 0 if watched else min(next_tick_ns, sampler.due_ns) - time.monotonic_ns()
            ready, _, _ = select.select([sys.stdin.fileno()], (), (), max(0.0, pause_ns / 1e9))
            looked = sampler.look() or looked
            if looked:  # else this turn, waking up included, was for something else
                began_ns = time.thread_time_ns()
            if ready:
                self._obey()
            if watched or time.monotonic_ns() >= next_tick_ns:
                next_tick_ns = time.monotonic_ns() + self._tick()
            if sampler.pace is not None:
                sampler.pace.aside(began_ns)

    def _tick(self) -> int:
        """Copy what is new, look who lives; gives the ns until the next time."""
        if self._census is not None:
            self._census.look()
        self._recorder.drain()
        if not self._there:
            return 10 * TICK_NS
        seconds = self._used.look(self._pids())
        if seconds is not None:
            self._tell("cpu", seconds=seconds)
        if not descendants.alive(self._pid):
            self._over("gone")
        elif self._until_ns and time.monotonic_ns() >= self._until_ns:
            self._tell("time_up", seconds=self._settings["duration_s"])
            self._goes_on = False
        return TICK_NS

    def _pids(self) -> list[int]:
        return sorted({self._pid, *self._recorder.pids})

    def _obey(self) -> None:
        """Read and do the owner's words: those that would interrupt or end a program let this one go."""
        words = os.read(sys.stdin.fileno(), 64)
        if not words or control.INTERRUPT in words or control.STOP in words:
            self._goes_on = False

    def _over(self, how: str) -> None:
        """The end, as far as we see it: "gone", or "detached"."""
        self._there = False
        self._recorder.drain()
        self._recorder.measure_last()
        self._tell("exit", code=0, signal=0, cpu_seconds=self._used.seconds, children_left=0, apart=how)

    def _end(self) -> None:
        if self._there:
            self._over("detached")
        self._inside.end()
        if self._census is not None:
            self._census.close()
        with contextlib.suppress(OSError):
            self._recorder.close()

    def _tell(self, what: str, **fields: Any) -> None:
        self._recorder.write(meta(what, time.monotonic_ns(), **fields))


def _spoken_to() -> bool:
    """Whether the owner has said something, or is gone: nothing but an end can be meant so early."""
    return bool(select.select([sys.stdin.fileno()], (), (), 0)[0])


class _Used:
    """CPU seconds since the beginning, of the process and those below it."""

    def __init__(self) -> None:
        self._before: dict[int, float] = {}
        self._due_ns = 0
        self.seconds = 0.0
        """As last looked up: what those that ended since used stays counted."""

    def begin(self, pids: list[int]) -> None:
        """Count from now on."""
        self._before = {pid: cpu_seconds([pid]) for pid in pids}

    def look(self, pids: list[int]) -> float | None:
        """So far; None: it is too early to look again."""
        now = time.monotonic_ns()
        if now < self._due_ns:
            return None
        self._due_ns = now + CPU_NS
        self.seconds = max(self.seconds, sum(cpu_seconds([pid]) - self._before.get(pid, 0.0) for pid in pids))
        return self.seconds


def main() -> None:
    """Its whole life; its settings are the last argument. Ctrl-C is its owner's."""
    for ignored in ("SIGINT", "SIGHUP", "SIGQUIT"):
        signal.signal(getattr(signal, ignored), lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Attached(json.loads(sys.argv[-1])).run()
