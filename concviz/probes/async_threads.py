"""Jobs that a task hands to a pool and waits for: `run_in_executor`, and `to_thread`, which goes through it."""

from __future__ import annotations

from concviz.probes import seam
from concviz.probes.awaiting import Awaited

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def install(module: Any) -> None:
    """Put our `run_in_executor` into `asyncio.base_events`."""
    seam.replace(module.BaseEventLoop, "run_in_executor", _make_run_in_executor)


def _make_run_in_executor(original: Callable[..., Any]) -> Callable[..., Any]:
    def run_in_executor(self: Any, executor: Any, func: Any, *args: Any) -> Any:
        future = original(self, executor, func, *args)
        if getattr(future, "_concviz", None) is None:
            future._concviz = Awaited("Future", job_name(func))
        return future

    return run_in_executor


def job_name(function: Any) -> str:
    """What the job is called: the function's own name, seen through `to_thread` and `partial`."""
    while hasattr(function, "func") and hasattr(function, "args"):
        inner, given = function.func, function.args
        function = given[0] if getattr(inner, "__name__", "") == "run" and given else inner
    name: str = getattr(function, "__qualname__", "") or type(function).__name__
    return name.rpartition("<locals>.")[2]
