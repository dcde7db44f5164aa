"""Jobs: what a program hands to a pool, by the name of the function and a number; shown as a resource to wait for."""

from __future__ import annotations

from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType

from concviz.events import Kind, Table
from concviz.probes import here
from concviz.probes.sites import line_site, own_file, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

JOB = "_concviz_job"
"""The name under which a future, or what else stands for a result, carries its Job."""

_CARRIERS = {"run", "_process_chunk"}
"""What asyncio.to_thread and Executor.map wrap the program's own function in: it is their first argument."""


class Job:
    """One job: its id here, whether a thread of this process runs it, and who completed it."""

    __slots__ = ("ident", "runs_here", "setter", "where")

    def __init__(self, ident: int, runs_here: bool = False, where: int = 0) -> None:
        self.ident = ident
        self.runs_here = runs_here
        self.where = where
        """The site where its function begins."""
        self.setter = 0
        """The worker that completed it; 0 nobody yet."""


def title(function: Any) -> str:
    """What the job is called: the program's own function's name."""
    return str(_named(_inner(function)).__qualname__).rpartition("<locals>.")[2]


def home(function: Any) -> int:
    """The site where the job's function begins; 0 when that is not the program's own."""
    code = getattr(_named(_inner(function)), "__code__", None)
    return line_site(code, code.co_firstlineno) if code is not None and own_file(code.co_filename) else 0


def announce(name: str, number: int | str, uid: str = "", where: int = 0) -> int:
    """A job's id: "square #3"."""
    return here.process().names.new(Table.RESOURCE, uid, "Job", f"{name} #{number}", "", where)


def submitted(ident: int, frame: FrameType | None) -> None:
    """The calling worker has handed this job to a pool."""
    me = here.mine.me
    if not me.depth:
        me.emit(Kind.SUBMITTED, ident, site(frame))


def _inner(function: Any) -> Any:
    while isinstance(function, partial):
        outer = function.func
        function = function.args[0] if getattr(outer, "__name__", "") in _CARRIERS and function.args else outer
    return function


def _named(function: Any) -> Any:
    """The function itself, or the class of what can be called like one."""
    if type(function) in {FunctionType, MethodType, BuiltinFunctionType, type}:
        return function.__func__ if type(function) is MethodType else function
    return type(function)
