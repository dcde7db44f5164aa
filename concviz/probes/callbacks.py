"""Every callback that an asyncio loop is told to run: a task's next step makes the task ready, by whoever is running now.

All become ready in `BaseEventLoop._call_soon`, also those of the task that is made in C. Loops that have no such method (uvloop)
need another way. A callback that is not a step runs as the loop's thread; when a task or another thread handed it in, it wakes
others in that one's name: the task that has finished, the thread that called `call_soon_threadsafe`.
"""

from __future__ import annotations

import sys

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.tasks import meet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

STEP, METHOD, HANDED, PLAIN = 1, 2, 3, 0
"""What a type of callback can be: a task's step; a method, which is one if its name says so; ours; none of these."""

STEP_NAMES = frozenset({"task_wakeup", "__wakeup", "__step"})
"""Methods that run a task's step: of the task made in C, and of the one written in Python."""

_READY = int(Kind.READY)
_frame = sys._getframe

class Handed:
    """Stands for a callback until it runs, and remembers who handed it in."""

    __slots__ = ("callback", "worker")

    def __init__(self, callback: Any, worker: int) -> None:
        self.callback = callback
        self.worker = worker


roles: dict[type, int] = {Handed: HANDED, type(len): METHOD, type(Handed(0, 0).__init__): METHOD}
"""Type of callback -> what it can be."""


def install(module: Any) -> None:
    """Put our `_call_soon` into `asyncio.base_events`."""
    seam.replace(module.BaseEventLoop, "_call_soon", _make_call_soon)


def learn(kind: type) -> int:
    """Whether callbacks of this type are steps of tasks; learned once for each type."""
    role = roles[kind] = STEP if kind.__name__ == "TaskStepMethWrapper" else PLAIN
    return role


def _make_call_soon(original: Callable[..., Any]) -> Callable[..., Any]:
    role_of = roles.get

    def _call_soon(self: Any, callback: Any, args: Any, context: Any) -> Any:
        kind = type(callback)
        role = role_of(kind)
        if role is None:
            role = learn(kind)
        me = here.mine.me
        waker = me.cause or me.worker
        task = 0
        if role == STEP or (role == METHOD and callback.__name__ in STEP_NAMES):
            task = getattr(callback.__self__, "_concviz", None) or meet(callback.__self__, _frame(1))
        if task:
            me.emit(_READY, 0, 0, waker, task)
        elif waker != me.thread_worker or self._thread_id not in (None, me.ident):  # noqa: PLR6201 - no set is built
            callback = Handed(callback, waker)
        handle = original(self, callback, args, context)
        if handle._source_traceback:
            del handle._source_traceback[-1]  # our own frame
        return handle

    return _call_soon
