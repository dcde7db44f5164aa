"""uvloop: an event loop whose ready list is made in C. Its tasks are asyncio's own, and are told step by step.

A step comes by the loop's public `call_soon`, where ours puts a callable around it.
"""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import callbacks, here, seam
from concviz.probes.handles import close
from concviz.probes.tasks import meet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_READY, _RESUMED = int(Kind.READY), int(Kind.RESUMED)
_frame = sys._getframe


def install(module: Any) -> None:
    """Put our `call_soon` into `uvloop.Loop`."""
    seam.replace(module.Loop, "call_soon", _make_call_soon)


class Step:
    """One step of a task, to be called by the loop."""

    __slots__ = ("_callback", "_task", "_worker")

    def __init__(self, callback: Any, task: Any, worker: int) -> None:
        self._callback, self._task, self._worker = callback, task, worker

    def __call__(self, *args: Any) -> None:
        """As the loop calls it."""
        me = here.mine.me
        before, cause = me.worker, me.cause
        me.worker, me.cause = self._worker, 0
        me.hand_over(self._worker, _RESUMED, me.thread_worker, self._worker)
        try:
            self._callback(*args)
        finally:
            close(self._task, self._worker, me, before)
            me.worker, me.cause = before, cause

    def __repr__(self) -> str:
        return repr(self._callback)


def _make_call_soon(original: Callable[..., Any]) -> Callable[..., Any]:
    def call_soon(self: Any, callback: Any, *args: Any, context: Any = None) -> Any:
        if callbacks.is_step(callback):
            me = here.mine.me
            task = callback.__self__
            worker = getattr(task, "_concviz", None) or meet(task, me, _frame(1))
            if worker:
                if worker != me.worker:
                    me.emit(_READY, 0, 0, me.cause or me.worker, worker)
                callback = Step(callback, task, worker)
        return original(self, callback, *args, context=context)

    return call_soon
