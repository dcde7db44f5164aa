"""What an asyncio loop has to complain of: an exception that nobody retrieved, a task thrown away before its end.

All of it passes `BaseEventLoop.call_exception_handler`, whoever handles it then. Noted right before, for the task that it is
about; else for the current worker. A loop that has another such method (uvloop) is not heard.
"""

from __future__ import annotations

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.sites import line_site, own_file
from concviz.probes.tracebacks import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_COMPLAINT, _FAILED = int(Kind.COMPLAINT), int(Kind.FAILED)
_DESTROYED, _FATE = "Task was destroyed", "destroyed while it was pending"
"""How asyncio begins to say so; what is said of the task's end, which no step of it could tell."""


def install(module: Any) -> None:
    """Put our method into `asyncio.base_events.BaseEventLoop`."""
    seam.replace(module.BaseEventLoop, "call_exception_handler", _make_handler)


def _make_handler(original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def call_exception_handler(self: Any, context: Any) -> None:
        if type(context) is dict:
            _note(context)
        original(self, context)

    return call_exception_handler


def _note(context: dict[str, Any]) -> None:
    error = context.get("exception")
    told = str(context.get("message", ""))
    where = 0
    if isinstance(error, BaseException):
        told, where = f"{told}: {words(error)}", _raised(error)
    known = getattr(context.get("task") or context.get("future"), "_concviz", 0)
    worker, me = known if type(known) is int else 0, here.mine.me
    me.emit(_COMPLAINT, 0, where, me.process.names.new(Table.TEXT, told), worker)
    if worker and told.startswith(_DESTROYED):
        me.emit(_FAILED, 0, where, me.process.names.new(Table.TEXT, _FATE), worker)


def _raised(error: BaseException) -> int:
    """The site of the innermost own line that the exception came through; 0 for none."""
    found, trace = 0, error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if own_file(code.co_filename):
            found = line_site(code, trace.tb_lineno)
        trace = trace.tb_next
    return found
