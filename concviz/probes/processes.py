"""multiprocessing.Process: who started whom, when it ran and how it ended, who waited for its end."""

from __future__ import annotations

import sys

from concviz.events import Kind, Table
from concviz.probes import children, here, seam
from concviz.probes.process_notes import introduce
from concviz.probes.sites import edges, outer, own_frame, site
from concviz.probes.tracebacks import clean, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

_frame = outer


def install(module: Any) -> None:
    """Put our methods into `multiprocessing.process.BaseProcess`."""
    process = module.BaseProcess
    seam.replace(process, "start", _make_start)
    seam.replace(process, "join", _make_join)
    code = process._bootstrap.__code__
    seam.replace(process, "_bootstrap", _make_bootstrap)
    seam.when_imported("traceback", lambda traceback: seam.replace(traceback, "print_exc", lambda original: _make_print(original, code)))


def _make_start(original: Callable[[Any], None]) -> Callable[[Any], None]:
    def start(self: Any) -> None:
        me, frame = here.mine.me, _frame(1)
        own = own_frame(frame)
        introduce(own)
        children.starting(self.name, "daemon" if self.daemon else "", site(own))
        me.depth += 1
        try:
            original(self)
            popen = self._popen
            if popen is not None and popen.method == "fork":
                children.spawned(popen.pid, forked=True)
            elif popen is not None and not children.worker_of(popen.pid):
                children.spawned(popen.pid)
        finally:
            me.depth -= 1
            children.starting("", "", 0)

    return start


def _make_join(original: Callable[..., None]) -> Callable[..., None]:
    def join(self: Any, timeout: float | None = None) -> None:
        me, popen = here.mine.me, self._popen
        worker = 0 if me.depth or popen is None or self._closed else children.worker_of(popen.pid)
        if not worker:
            original(self, timeout)
            return
        where = site(_frame(1))
        waits = popen.poll() is None
        if waits:
            me.emit(Kind.JOIN, 0, where, worker)
        me.depth += 1
        try:
            original(self, timeout)
        finally:
            me.depth -= 1
            if popen.returncode is not None:
                me.emit(Kind.JOINED, 0, where, worker)
            elif waits:
                me.emit(Kind.TIMED_OUT, 0, where)

    return join


def _make_bootstrap(original: Callable[..., int]) -> Callable[..., int]:
    """In the child: all that it does but for its very end, which is `os._exit` or the interpreter's own."""

    def _bootstrap(self: Any, *args: Any, **kwargs: Any) -> int:
        children.introduce_self(self.name, "daemon" if self.daemon else "")
        return original(self, *args, **kwargs)

    edges.add(id(_bootstrap.__code__))
    return _bootstrap


def _make_print(original: Callable[..., None], bootstrap: CodeType) -> Callable[..., None]:
    """`_bootstrap` prints the exception that ended its process, and nobody else may know of it."""

    def print_exc(*args: Any, **kwargs: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None and _frame(1).f_code is bootstrap:
            me = here.mine.me
            me.emit(Kind.FAILED, 0, 0, here.process().names.new(Table.TEXT, words(error)), me.thread_worker)
            clean(error)
        original(*args, **kwargs)

    return print_exc
