"""Every callback that an asyncio loop is told to run: a task's next step makes the task ready, by whoever is running now.

All become ready in `BaseEventLoop._call_soon`, also those of the task that is made in C. Loops that have no such method (uvloop)
need another way. Ours makes handles of its own kinds, so that nothing has to be found out again when they run, and those that
are of no interest cost nothing then.

A callback that is not a step runs as the loop's thread; when a task or another thread handed it in, it wakes
others in that one's name: the task that has finished, the thread that called `call_soon_threadsafe`.
"""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.async_sites import edge
from concviz.probes.handles import make_handles, make_threadsafe
from concviz.probes.tasks import meet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

STEP, METHOD, PLAIN = 1, 2, 0
"""What a type of callback can be: a task's step; a method, which is one if its name says so; neither."""

STEP_NAMES = frozenset({"task_wakeup", "__wakeup", "__step"})
"""Methods that run a task's step: of the task made in C, and of the one written in Python."""

KNOWN_BODY = ("events", "Handle", "_source_traceback", "_ready", "append")
"""The names in the original's code. With others, it does what we have not seen, and is left alone."""

_READY = int(Kind.READY)
_frame = sys._getframe
_roles: dict[type, int] = {type(len): METHOD, type(STEP_NAMES.union): METHOD}


class _Example:
    def method(self) -> None: ...


_roles[type(_Example().method)] = METHOD


def install(module: Any) -> None:
    """Put our `_call_soon` into `asyncio.base_events`."""
    edge(module.BaseEventLoop._run_once.__code__)
    if module.BaseEventLoop._call_soon.__code__.co_names == KNOWN_BODY:
        seam.replace(module.BaseEventLoop, "_call_soon", lambda _: _make_call_soon(module.events.Handle))
    seam.replace(module.events, "_ThreadSafeHandle", make_threadsafe)


def _learn(kind: type) -> int:
    """Whether callbacks of this type are steps of tasks; learned once for each type."""
    role = _roles[kind] = STEP if kind.__name__ == "TaskStepMethWrapper" else PLAIN
    return role


def is_step(callback: Any) -> bool:
    """Whether a callback is a task's next step; its `__self__` is the task then."""
    kind = type(callback)
    role = _roles.get(kind)
    if role is None:
        role = _learn(kind)
    return role == STEP or (role == METHOD and callback.__name__ in STEP_NAMES)


def _make_call_soon(plain: Any) -> Callable[..., Any]:
    role_of = _roles.get
    step, handed_in = make_handles(plain)

    def _call_soon(self: Any, callback: Any, args: Any, context: Any) -> Any:
        kind = type(callback)
        role = role_of(kind)
        if role is None:
            role = _learn(kind)
        me = here.mine.me
        waker = me.cause or me.worker
        worker, task = 0, None
        if role == STEP or (role == METHOD and callback.__name__ in STEP_NAMES):
            task = callback.__self__
            worker = getattr(task, "_concviz", None) or meet(task, me, _frame(1))
        if worker:
            handle = step(callback, args, self, context)
            handle.task = task
            handle.worker = worker
            if worker != me.worker:  # else it is its own step that runs, and says so at its end
                me.emit(_READY, 0, 0, waker, worker)
        elif waker != me.thread_worker or self._thread_id not in (None, me.ident):
            handle = handed_in(callback, args, self, context)
            handle.cause = waker
        else:
            handle = plain(callback, args, self, context)
        self._ready.append(handle)
        return handle

    return _call_soon
