"""Workers, resources, sites and processes: what the indices of a run stand for. Index 0 is none, in each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worker:
    """A thread, a process (its main thread) or a task."""

    index: int
    process: int
    """The process it lives in; for one that has not said a word yet, the one that named it. 0 unknown."""
    uid: str
    kind: str
    """ "process", "thread" or "task"; "" unknown."""
    name: str
    native_id: int
    """The operating system's number of the thread; 0 for a task, or unknown."""
    flags: frozenset[str]
    """ "daemon", "internal" (the library's own), "command" (a process that is another program)."""
    site: int
    """Where it was made; 0 unknown."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A lock, a queue, an event ...: what workers wait for."""

    index: int
    process: int
    """The process that named it first."""
    uid: str
    kind: str
    name: str
    capacity: int | None
    """Items or permits it holds at most; None: no bound, or none that is known."""
    site: int
    """Where it was made; 0 unknown."""


@dataclass(frozen=True, slots=True)
class Site:
    """A line of a file."""

    index: int
    file: str
    line: int
    function: str


@dataclass(frozen=True, slots=True)
class Process:
    """A watched process."""

    index: int
    pid: int
    ppid: int
    python: str
    """Its version: "3.13.0"; "" unknown."""
    gil: bool
    """Whether it has one."""
    start: str
    """How it began: main, fork, spawn, forkserver."""
    gil_address: str
    """Where its GIL lies, in hex ("0x..." and what `probes.gil.find` gives beside), or in words why that is not known."""
    cores: int = 0
    """How many cores it may use; 0 unknown."""


NO_WORKER = Worker(0, 0, "", "", "", 0, frozenset(), 0)
NO_RESOURCE = Resource(0, 0, "", "", "", None, 0)
NO_SITE = Site(0, "", 0, "")
NO_PROCESS = Process(0, 0, 0, "", gil=False, start="", gil_address="")

FORGOTTEN_WORKER = Worker(0, 0, "", "task", "(older)", 0, frozenset({"internal"}), 0)
"""Stands at the index of each worker of which nothing is in memory any more."""

FORGOTTEN_RESOURCE = Resource(0, 0, "", "", "(older)", None, 0)
"""Likewise."""
