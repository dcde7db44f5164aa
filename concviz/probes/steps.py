"""Every step of every asyncio task: resumed, suspended.

The loop calls `Handle._run`, which is Python code, for each ready callback, also in front of the task that is made in C:
the callback's `__self__` is the task whose step begins, and `_fut_waiter` is afterwards what it waits for.
"""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.async_sites import edge
from concviz.probes.awaiting import suspend
from concviz.probes.callbacks import HANDED, METHOD, STEP, STEP_NAMES, Handed, roles
from concviz.probes.tasks import end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_RESUMED = int(Kind.RESUMED)


def install(module: Any) -> None:
    """Put our `_run` into `asyncio.events`."""
    edge(seam.replace(module.Handle, "_run", _make_run).__code__)


def _make_run(original: Callable[[Any], None]) -> Callable[[Any], None]:
    role_of = roles.get

    def _run(self: Any) -> None:
        callback = self._callback
        role = role_of(type(callback))
        if role == HANDED:
            run_handed(self, callback)
            return
        worker = None
        if role == STEP or (role == METHOD and callback.__name__ in STEP_NAMES):
            task = callback.__self__
            worker = getattr(task, "_concviz", None)
        if worker is None:
            original(self)
            return
        me = here.mine.me
        before, cause = me.worker, me.cause
        me.worker = worker
        me.cause = 0
        me.switch_emitter(worker)
        me.emit(_RESUMED, 0, 0, me.thread_worker)
        try:
            original(self)
        finally:
            if here.mine.me is not me:
                me, before = forked(worker)
            if task.done():
                end(task, worker, me.emit)
            else:
                suspend(task, worker, me.emit)
            me.worker = before
            me.cause = cause
            me.switch_emitter(before)

    def run_handed(handle: Any, handed: Handed) -> None:
        me = here.mine.me
        before = me.cause
        me.cause = handed.worker
        handle._callback = handed.callback
        try:
            original(handle)
        finally:
            me.cause = before

    return _run


def forked(worker: int) -> tuple[here.Me, int]:
    """The step has forked and this is the child: it goes on as the same task, on a thread of its own."""
    me = here.mine.me
    me.switch(worker)
    return me, me.thread_worker
