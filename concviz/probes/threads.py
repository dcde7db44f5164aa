"""threading.Thread: who started whom, when it ran and how it ended, who waited for its end."""

from __future__ import annotations

import sys
from _thread import get_ident, get_native_id

from concviz.events import Kind, Table
from concviz.probes import here, lines, seam
from concviz.probes.introductions import introduce
from concviz.probes.sites import caller, own_frame, site, standard_file
from concviz.probes.tracebacks import clean, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

WORKER = "_concviz"
"""The attribute under which a Thread carries its worker id."""

TOLD, _ERROR = "_concviz_told", "_concviz_error"
"""Likewise: the flags and site it was announced with; the words of the exception it ends by."""

_INTERNAL = ("/multiprocessing/", "/asyncio/", "/concurrent/futures/process.py")
_NOT_INTERNAL = "/multiprocessing/dummy/"
_frame = sys._getframe


def install(module: Any) -> None:
    """Put our methods into `threading.Thread`, and our end of the program into `threading`."""
    thread = module.Thread
    seam.replace(thread, "start", _make_start)
    seam.replace(thread, "join", _make_join)
    seam.replace(thread, "_bootstrap_inner", _make_bootstrap)
    seam.replace(thread, "name", _make_name)
    seam.replace(module, "_make_invoke_excepthook", _make_make_invoke)
    seam.replace(module, "_shutdown", lambda original: _make_shutdown(original, module))


def worker_of(thread: Any) -> int:
    """The worker that a `threading.Thread` is; 0 when it has never been heard of."""
    return thread.__dict__.get(WORKER) or here.process().threads.get(thread.ident, 0)


def _make_start(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def start(self: Any) -> None:
        if not self._initialized or self._started.is_set() or self.__dict__.get(WORKER):
            original(self)  # which says what is wrong
            return
        me, frame = here.mine.me, caller()
        where = site(frame)
        told = _flags(self, frame), where
        worker = here.new_worker("thread", self._name, 0, *told)
        self.__dict__[WORKER], self.__dict__[TOLD] = worker, told
        introduce(own_frame(frame), self)
        me.emit(Kind.SPAWNED, 0, where, worker)
        original(self)

    return start


def _flags(thread: Any, frame: FrameType | None) -> str:
    """What the worker's name carries: daemon; internal when a library runs its own business in it."""
    file = frame.f_code.co_filename if frame is not None else ""
    name = file.replace("\\", "/")
    internal = standard_file(file) and any(part in name for part in _INTERNAL) and _NOT_INTERNAL not in name
    return ",".join(word for word, holds in (("daemon", thread._daemonic), ("internal", internal)) if holds)


def _make_bootstrap(original: Callable[[Any], None]) -> Callable[[Any], None]:
    """All that a thread does, from its first instruction to its last."""

    def _bootstrap_inner(self: Any) -> None:
        worker = self.__dict__.get(WORKER)
        if not worker:
            original(self)
            return
        here.process().threads[get_ident()] = worker
        me = here.mine.me
        me.emit(Kind.STARTED, 0, 0, get_native_id())
        lines.thread_begins()
        try:
            original(self)
        finally:
            error = self.__dict__.pop(_ERROR, None)
            if error is None:
                me.emit(Kind.ENDED)
            else:
                me.emit(Kind.FAILED, 0, 0, here.process().names.new(Table.TEXT, error))

    return _bootstrap_inner


def _make_make_invoke(original: Callable[[], Callable[[Any], None]]) -> Callable[[], Callable[[Any], None]]:
    def _make_invoke_excepthook() -> Callable[[Any], None]:
        invoke = original()

        def invoke_excepthook(thread: Any) -> None:
            error = sys.exc_info()[1]
            if error is not None and not isinstance(error, SystemExit):
                thread.__dict__[_ERROR] = words(error)
                clean(error)
            invoke(thread)

        return invoke_excepthook

    return _make_invoke_excepthook


def _make_join(original: Callable[..., None]) -> Callable[..., None]:
    def join(self: Any, timeout: float | None = None) -> None:
        me = here.mine.me
        worker = 0 if me.depth else worker_of(self)
        if worker < here.process().first_worker or worker == me.thread_worker:  # unknown, or a thread of the process that forked
            original(self, timeout)
            return
        where = site(caller())
        waits = self.is_alive()
        if waits:
            me.emit(Kind.JOIN, 0, where, worker)
        ended = False
        try:
            original(self, timeout)
            ended = not waits or not self.is_alive()
        finally:
            if ended:
                me.emit(Kind.JOINED, 0, where, worker)
            elif waits:
                me.emit(Kind.TIMED_OUT, 0, where)

    return join


def _make_name(original: property) -> property:
    def rename(self: Any, name: str) -> None:
        assert original.fset is not None
        original.fset(self, name)
        worker = self.__dict__.get(WORKER)
        if worker:
            here.name_worker(worker, "thread", self._name, self.native_id or 0, *self.__dict__[TOLD])

    return property(original.fget, rename, original.fdel, original.__doc__)


def _make_shutdown(original: Callable[[], None], module: Any) -> Callable[[], None]:
    """The program's end waits for all threads that are no daemons: the main thread shows as joining the first."""

    def _shutdown() -> None:
        me = here.mine.me
        waited_for = next((worker_of(t) for t in module.enumerate() if not t.daemon and worker_of(t) not in {0, me.thread_worker}), 0)
        if not waited_for:
            original()
            return
        me.emit(Kind.JOIN, 0, 0, waited_for)
        me.depth += 1
        try:
            original()
        finally:
            me.depth -= 1
            me.emit(Kind.JOINED, 0, 0, waited_for)

    return _shutdown
