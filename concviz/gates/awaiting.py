"""Where a suspended task stands, and what it waits for, read from its coroutines."""

from __future__ import annotations

from concviz.gates.places import own_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Task
    from types import FrameType
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Place, Worker

_CALLS = {
    "Lock.acquire": ("acquire", "Lock", "`{0}` is held by {1}"),
    "Semaphore.acquire": ("acquire", "Semaphore", "no permit of `{0}` is left"),
    "Event.wait": ("wait", "Event", "`{0}` is not set"),
    "Condition.wait": ("wait", "Condition", "nobody has notified `{0}`"),
    "Barrier.wait": ("wait", "Barrier", "not all have come to `{0}`"),
    "Queue.get": ("get", "Queue", "`{0}` is empty"),
    "Queue.put": ("put", "Queue", "`{0}` is full"),
    "Queue.join": ("wait", "Queue", "`{0}` has work that is not done"),
    "sleep": ("sleep", "", "an earlier timer comes first"),
}
"""A coroutine of asyncio's own, by its qualified name -> operation, kind of the thing, why it does not go on."""


def standing(found: Scheduler, task: Task[Any], *, begun: bool) -> tuple[str, str, Place, str, Worker | None]:
    """Operation, resource, place, why it would not go on, and who has the lock that it wants."""
    coroutine: Any = task.get_coro()
    own, call = _innermost(coroutine)
    place = _place(own, coroutine)
    if not begun:
        return "start", "", place, "", None
    if call is None:
        awaited = _awaited(task)
        return "await", awaited, place, f"{awaited} has not ended" if awaited else "", None
    operation, kind, words = _CALLS[call.f_code.co_qualname]
    if not kind:
        return operation, "", place, words, None
    thing = call.f_locals.get("self")
    name = found.names.of(thing, kind, own or call)
    holder = getattr(thing, "_concviz_holder", None)
    return operation, name, place, words.format(name, holder.name if holder is not None else "nobody"), holder


def _awaited(task: Task[Any]) -> str:
    waiter = getattr(task, "_fut_waiter", None)
    name = getattr(waiter, "get_name", None)
    return name() if name is not None else ""


def _innermost(coroutine: Any) -> tuple[FrameType | None, FrameType | None]:
    """The innermost frame of the person's own, and the outermost of asyncio's that says what it does, below it."""
    own: FrameType | None = None
    call: FrameType | None = None
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "gi_frame", None) or getattr(coroutine, "ag_frame", None)
        if frame is None:
            break
        if own_file(frame.f_code.co_filename):
            own, call = frame, None
        elif call is None and frame.f_code.co_qualname in _CALLS and "asyncio" in frame.f_code.co_filename:
            call = frame
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "gi_yieldfrom", None) or getattr(coroutine, "ag_await", None)
    return own, call


def _place(own: FrameType | None, coroutine: Any) -> Place:
    if own is not None:
        return own.f_code.co_filename, own.f_lineno or own.f_code.co_firstlineno, own.f_code.co_qualname
    code = getattr(coroutine, "cr_code", None)
    return (code.co_filename, code.co_firstlineno, code.co_qualname) if code is not None and own_file(code.co_filename) else ("", 0, "")
