"""Who and where am I: this process's names and rings, the calling thread's emitter, the worker of the moment.

`mine.me` is the door for every probe: one thread-local look-up gives the emitter and the current worker.
A thread that nobody announced (made in C, or by `_thread`) is announced at its first event.
"""

from __future__ import annotations

import os
import sys
import time
from _thread import _local, get_ident, get_native_id
from _weakref import ref
from mmap import mmap

from concviz.events import Kind, Table
from concviz.probes import gil
from concviz.ring.layout import NAMES_SUFFIX, RING_SUFFIX
from concviz.ring.names import Names
from concviz.ring.writer import Cursor, Ring

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.ring.writer import Emit

RECORDS_FIRST, RECORDS_MANY, FEW_RINGS = 1 << 16, 1 << 13, 16
"""Records in each of the first FEW_RINGS rings of a process (2 MiB each), and in those after (256 KiB)."""


class Process:
    """Owns what one watched process writes: its names, its rings, and its table of announced threads."""

    def __init__(self, folder: str, parent: Process | None) -> None:
        self.folder = folder
        self.parent = parent
        """The process whose copy this one began as; None for one that began anew."""
        self.pid = os.getpid()
        self.key = f"{self.pid}.{time.monotonic_ns():x}"
        self.names = Names(os.path.join(folder, self.key + NAMES_SUFFIX))
        self.free_rings: list[Ring] = []
        self.rings_made = 0
        self.threads: dict[int, int] = {}
        """Thread ident -> worker id, for threads announced by whoever starts them, and all that have emitted."""
        self.speakers: dict[int, ref[Me]] = {}
        """Thread ident -> its Me, for threads that have emitted and live."""
        self.met: set[int] = set()
        """Threads that ran before we came: nothing of ours is called at their end."""
        self.first_worker = 1
        """The first worker id that this process gave; lower ones came over with the fork."""

    def uid(self, worker: int) -> str:
        """What a private worker is called in every process's names: a forked child names its parent's threads too."""
        owner = self
        while worker < owner.first_worker and owner.parent is not None:
            owner = owner.parent
        return f"{owner.key}/{worker}"

    def ring(self) -> Ring | None:
        """A ring for the calling thread: one given back, or a new one; None when the memory cannot be had."""
        try:
            return self.free_rings.pop()
        except IndexError:
            pass
        self.rings_made += 1
        capacity = RECORDS_FIRST if self.rings_made <= FEW_RINGS else RECORDS_MANY
        path = os.path.join(self.folder, f"{self.key}.{self.rings_made}{RING_SUFFIX}")
        try:
            return Ring(path, capacity)
        except OSError:
            return None


class Me:
    """The calling thread. Read only by that thread."""

    __slots__ = (
        "__weakref__",
        "_announced",
        "_give_back",
        "cause",
        "cursor",
        "depth",
        "emit",
        "hand_over",
        "ident",
        "process",
        "ring",
        "switch_emitter",
        "thread_worker",
        "worker",
    )

    def __init__(self, process: Process) -> None:
        self.process = process
        self.ident = get_ident()
        self.cause = 0
        """In whose name the callback that an event loop runs here was handed in; 0 for none, and in a task's step."""
        self.depth = 0
        """How many probes are on this thread's stack: the outermost one speaks, inner ones are silent."""
        worker = process.threads.get(self.ident, 0)
        self._announced = bool(worker)
        if not worker:
            worker = process.threads[self.ident] = new_worker("thread", f"thread {get_native_id()}")
        self.worker = self.thread_worker = worker
        """The worker whose events follow: the task whose step is running, else the thread itself."""
        self.ring = process.ring()
        if self.ring is None:
            four: tuple[Emit, Callable[[int], None], Emit, Callable[[], None]] = (_silent, _silent, _silent, _silent)
        else:
            four = self.ring.emitter(worker)
        self.emit, self.switch_emitter, self.hand_over, self._give_back = four
        self.cursor = self.ring.cursor if self.ring is not None else _nowhere()
        process.names.new(Table.THREAD, worker, get_native_id(), gil.thread_state())
        process.speakers[self.ident] = ref(self)
        if not self._announced:
            self.emit(Kind.STARTED, 0, 0, get_native_id())

    def switch(self, worker: int) -> None:
        """From now on this thread's events belong to `worker`."""
        self.worker = worker
        self.switch_emitter(worker)

    def __del__(self) -> None:
        """The thread is gone (this runs on it, at its very end): its ring may serve another.

        In a forked child this runs for every thread of the parent, and must not touch what the parent still writes.
        """
        if self.process is not _process or self.process.pid != os.getpid():
            return
        self.process.threads.pop(self.ident, None)
        self.process.speakers.pop(self.ident, None)
        if not self._announced or self.thread_worker in self.process.met:
            self.switch(self.thread_worker)
            self.emit(Kind.ENDED)
        if self.ring is not None:
            self._give_back()
            self.process.free_rings.append(self.ring)


def _nowhere() -> Cursor:
    """A cursor that never has room."""
    cursor = Cursor(mmap(-1, 64), 0, lambda: False)
    cursor.limit = cursor.lap = 0
    return cursor


def _silent(*_: object) -> None:
    """Stands for the emitter where no ring could be had."""


class _Mine(_local):
    """`me` is made by each thread at its first look."""

    me: Me

    def __init__(self) -> None:
        self.me = Me(process())


_process: Process | None = None
mine: _Mine


def process() -> Process:
    """This process's own; RuntimeError before `begin`."""
    if _process is None:
        raise RuntimeError("begin() has not been called")
    return _process


def stand_in(nobody: Process) -> None:
    """Write for a process that has no files, in place of `begin`."""
    global _process, mine
    _process = nobody
    nobody.threads[get_ident()] = nobody.first_worker
    mine = _Mine()


def begin(folder: str, kind: str, name: str, flags: str = "", fork: tuple[int, int, int] = (0, 0, 0)) -> None:
    """Start to write for this process, whose main thread is the calling one. Also called in a forked child.

    The main thread's uid is `pid:PID`, so that a parent can name it before the child says a word. `fork`: the worker of
    the parent that forked, at which site, and when; noted here, since the parent learns too late whom it has made.
    OSError when the files cannot be had: then this process is as it was.
    """
    global _process, mine
    parent = _process
    _process = Process(folder, parent)
    spawner, site, time_ns = fork
    names = _process.names
    lock = "gil" if getattr(sys, "_is_gil_enabled", lambda: True)() else "free"
    version = ".".join(map(str, sys.version_info[:3]))
    names.new(Table.PROCESS, _process.pid, os.getppid(), version, lock, kind, gil.place(), cores())
    if parent is not None:
        names.inherit(parent.names)
    worker = names.new(Table.WORKER, f"pid:{_process.pid}", "process", name, get_native_id(), flags, site)
    _process.threads[get_ident()] = _process.first_worker = worker
    ring = _process.ring() if spawner else None
    if ring is not None:
        ring.note_first(time_ns, Kind.SPAWNED, spawner, site, worker)
        _process.free_rings.append(ring)
    mine = _Mine()
    mine.me.emit(Kind.STARTED, 0, 0, get_native_id())


def cores() -> int:
    """How many cores this process may use; 0: not known."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 0


def new_worker(kind: str, name: str, native_id: int = 0, flags: str = "", site: int = 0) -> int:
    """Announce a worker of this process; gives its id."""
    own = process()
    worker = own.names.take(Table.WORKER)
    own.names.rename(Table.WORKER, worker, own.uid(worker), kind, name, native_id, flags, site)
    return worker


def name_worker(worker: int, kind: str, name: str, native_id: int = 0, flags: str = "", site: int = 0) -> None:
    """Correct what was announced by `new_worker`."""
    own = process()
    own.names.rename(Table.WORKER, worker, own.uid(worker), kind, name, native_id, flags, site)
