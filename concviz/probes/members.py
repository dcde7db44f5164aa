"""The list of probes: which module of the standard library each one waits for. To add one, add a line."""

from __future__ import annotations

import sys
from functools import partial

from concviz.probes.seam import when_imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install() -> None:
    """Make every probe wait for its library. Called once in a process, after `here.begin`.

    Each `install` imports its probe only when the library is there, so that a program pays for what it uses.
    """
    for library, probe in PROBES.items():
        when_imported(library, _loader(probe))


def warm(source: bytes) -> None:
    """Load the probes of the libraries that a program names, before its zero: else its first import would take their time.

    The libraries themselves are left alone.
    """
    for library, probes in PROBES.items():
        if any(word in source for word in (library.partition(".")[0].encode(), *ROOTS)):
            for probe in probes.split():
                __import__("concviz.probes." + probe)


ROOTS = (b"asyncio", b"concurrent", b"multiprocessing")
"""Libraries that use most of the others."""


def around(module: object, install: Callable[[], None]) -> None:
    """What each probe is put into its library by. Replaced by who wants to know what that changes (leaving.py)."""
    del module
    install()


def _loader(probes: str) -> Callable[[Any], None]:
    def load(module: Any) -> None:
        for word in probes.split():
            name = "concviz.probes." + word
            __import__(name)
            around(module, partial(sys.modules[name].install, module))

    return load


PROBES: dict[str, str] = {
    "_thread": "bare_threads",
    "_interpreters": "interpreters",
    "_xxsubinterpreters": "interpreters",
    "asyncio.base_events": "callbacks async_sockets async_complaints",
    "asyncio.format_helpers": "async_tracebacks",
    "asyncio.futures": "async_threads",
    "asyncio.locks": "async_locks async_semaphores async_events async_conditions async_barriers",
    "asyncio.queues": "async_queues",
    "asyncio.selector_events": "async_sockets",
    "asyncio.streams": "async_streams",
    "asyncio.taskgroups": "async_groups",
    "asyncio.tasks": "awaiting async_sleeping async_waits eager_tasks",
    "asyncio.timeouts": "async_timeouts",
    "builtins": "inputs",
    "concurrent.futures._base": "futures",
    "concurrent.futures.process": "process_executors",
    "concurrent.futures.thread": "thread_executors",
    "multiprocessing.connection": "pipes",
    "multiprocessing.pool": "pools",
    "multiprocessing.process": "processes",
    "multiprocessing.queues": "process_queues",
    "multiprocessing.synchronize": "process_locks process_events",
    "multiprocessing.util": "spawning",
    "os": "children files",
    "eventlet.patcher": "patchers",
    "gevent.monkey": "patchers",
    "queue": "queues simple_queues",
    "select": "selects",
    "selectors": "selecting",
    "socket": "sockets",
    "ssl": "sockets",
    "subprocess": "commands",
    "sys": "tracers",
    "threading": "locks rlocks conditions event_flags semaphores barriers threads",
    "time": "sleeping",
    "traceback": "stacks",
    "trio": "trios",
    "uvloop": "foreign_loops",
    "warnings": "unawaited",
}
"""Library module -> modules of this folder whose `install(module)` put the probes in, in this order."""
