"""What an asyncio loop calls when a callback's turn comes: for a step of a task, resumed before and suspended after.

Two kinds of `asyncio.Handle`. After a step `_fut_waiter` is what the task now waits for.
"""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here
from concviz.probes.async_sites import edge
from concviz.probes.awaiting import suspend
from concviz.probes.tasks import end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_RESUMED, _SUSPENDED, _READY = int(Kind.RESUMED), int(Kind.SUSPENDED), int(Kind.READY)


def make_handles(plain: Any) -> tuple[Any, Any]:
    """Handles for steps (set `task`, and its `worker`), and for callbacks that were handed in (set by whom: `cause`)."""
    run = plain._run

    class Step(plain):  # type: ignore[misc]  # the class that this Python has
        __slots__ = ("task", "worker")

        def _run(self) -> None:
            me = here.mine.me
            worker = self.worker
            before, cause = me.worker, me.cause
            me.worker = worker
            me.cause = 0
            me.hand_over(worker, _RESUMED, me.thread_worker, worker)
            try:
                run(self)
            finally:
                if me.process is not here._process:
                    me, before = _forked(worker)
                close(self.task, worker, me, before)
                me.worker = before
                me.cause = cause
                del self  # else an exception's traceback, which leads here, would keep its own task

    return _dressed(Step, plain), _handed_in(plain)


def make_threadsafe(plain: Any) -> Any:
    """Handles of `call_soon_threadsafe`, which makes them itself since 3.14: handed in by who makes them."""

    class ThreadSafe(_handed_in(plain)):  # type: ignore[misc]  # likewise
        __slots__ = ()

        def __init__(self: Any, callback: Any, args: Any, loop: Any, context: Any = None) -> None:
            me = here.mine.me
            self.cause = me.cause or me.worker
            super().__init__(callback, args, loop, context)

    return _dressed(ThreadSafe, plain)


def _handed_in(plain: Any) -> Any:
    run = plain._run

    class HandedIn(plain):  # type: ignore[misc]  # likewise
        __slots__ = ("cause",)

        def _run(self) -> None:
            me = here.mine.me
            before = me.cause
            me.cause = self.cause
            try:
                run(self)
            finally:
                me.cause = before
                del self

    return _dressed(HandedIn, plain)


def _dressed(kind: Any, plain: Any) -> Any:
    kind.__name__, kind.__qualname__, kind.__module__ = plain.__name__, plain.__qualname__, plain.__module__
    edge(kind._run.__code__)
    return kind


def close(task: Any, worker: int, me: here.Me, before: int) -> None:
    """The task's step has ended: say whether for good, or what it waits for; then events belong to `before` again."""
    if task.done():
        end(task, worker, me, before)
    elif task._fut_waiter is None:  # a bare yield, as of sleep(0); to find its site would cost more than all the rest
        me.emit(_SUSPENDED)
        me.hand_over(before, _READY, worker)
    else:
        suspend(task, worker, me, before)


def _forked(worker: int) -> tuple[here.Me, int]:
    """The step has forked and this is the child: it goes on as the same task, on a thread of its own."""
    me = here.mine.me
    me.switch(worker)
    return me, me.thread_worker
