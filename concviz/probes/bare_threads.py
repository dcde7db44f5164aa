"""_thread.start_new_thread: threads that are started without `threading`. Those made in C are met at their first event."""

from __future__ import annotations

import sys
from _thread import get_ident, get_native_id

from concviz.events import Kind, Table
from concviz.probes import here, lines, seam
from concviz.probes.sites import probe_file, site
from concviz.probes.tracebacks import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install(module: Any) -> None:
    """Put our starts into `_thread`, under both of its names."""
    substitute = seam.replace(module, "start_new_thread", _make_start)
    if substitute is not None and hasattr(module, "start_new"):
        module.start_new = substitute


def _make_start(original: Callable[..., int]) -> Callable[..., int]:
    def start_new_thread(*given: Any, **settings: Any) -> int:
        if len(given) < 2 or settings or _has_a_lane(given[0]):
            return original(*given, **settings)
        return original(_Life(given[0]), *given[1:])

    return start_new_thread


def _has_a_lane(function: Any) -> bool:
    """Whether it is `threading`'s own way in, or ours; or nothing that can be called, of which the original says so."""
    code = getattr(function, "__code__", None)
    ours = code is not None and probe_file(code.co_filename)
    return ours or not callable(function) or getattr(function, "__name__", "") in {"_bootstrap", "thread_run"}


class _Life:
    """All that such a thread does."""

    __slots__ = ("_function", "_worker")

    def __init__(self, function: Any) -> None:
        self._function = function
        where = site(sys._getframe(2))
        name = getattr(function, "__qualname__", type(function).__name__).rpartition("<locals>.")[2]
        self._worker = here.new_worker("thread", f"thread ({name})", 0, "daemon", where)
        here.mine.me.emit(Kind.SPAWNED, 0, where, self._worker)

    def __call__(self, *args: Any, **settings: Any) -> None:
        here.process().threads[get_ident()] = self._worker
        me = here.mine.me
        me.emit(Kind.STARTED, 0, 0, get_native_id())
        lines.thread_begins()
        try:
            self._function(*args, **settings)
        except SystemExit:
            me.emit(Kind.ENDED)
            raise
        except BaseException as error:
            me.emit(Kind.FAILED, 0, 0, here.process().names.new(Table.TEXT, words(error)))
            raise
        else:
            me.emit(Kind.ENDED)

    def __repr__(self) -> str:
        return repr(self._function)
