"""Queue, Event, Semaphore, Barrier, Condition, Future: the standard library's own code, each call one step.

Inside a call the locks that the object made for itself are taken without a choice: nobody else can be between them, since nobody else
goes. What stays a choice is the call itself, and each wait inside it. Where the object's state says whether a call would block, the
call is not granted before that: waiting at the door and waiting inside cannot be told apart by anybody.
"""

from __future__ import annotations

import queue
import sys
import threading
from dataclasses import dataclass

from concviz.gates import scheduler
from concviz.gates.choice import Access, Option
from concviz.gates.places import called_by_program, own_place
from concviz.gates.replaced import put
from concviz.gates.simple_queues import SimpleQueue
from concviz.gates.worker import Inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One method and what it counts as."""

    operation: str
    open: Callable[..., bool] | None = None
    """Whether it would go through, asked of the object; None: it never waits, or only it knows."""
    write: bool = True
    mine: bool | None = False
    """Only calls by the program's own code are steps; None: others too, if they would wait."""
    waits: int = 0
    """Arguments up to its `timeout`, the object not counted; `blocking` or `block` is before it. 0: it takes none of them."""
    key: str = ""
    """What it touches, instead of the object."""
    name: Callable[[Any, Any, Any], str] | None = None
    """What the object is called, of (run, object, who calls); None: as its name is found."""


def _waits_for_ever(call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    given = dict(enumerate(args, 1))
    timeout = kwargs.get("timeout", given.get(call.waits))
    block = kwargs.get("block", kwargs.get("blocking", given.get(call.waits - 1, True) if call.waits > 1 else True))
    return timeout is None and (call.operation in {"wait", "join"} or bool(block))


_UNSEEN = Inside("wait", "a part of the standard library", "*")
"""A call that is no step: what it waits for, only it knows."""


def wrapped(original: Any, call: Call) -> Any:
    """A method in place of this one."""

    def stand_in(self: Any, *args: Any, **kwargs: Any) -> Any:
        found = scheduler.run()
        if found is None or found.over:
            return original(self, *args, **kwargs)
        worker = found.current
        if worker.depth:
            return original(self, *args, **kwargs)
        before, worker.inside = worker.inside, _UNSEEN
        if _shows(call, self) and not getattr(self, "_concviz_hidden", False):
            frame = sys._getframe(1)
            name = call.name(found, self, frame) if call.name is not None else found.names.of(self, type(self).__name__, frame)
            worker.inside = Inside(call.operation, name, call.key or _key(found, self, name))
            _stop(found, call, self, (args, kwargs), frame)
        worker.depth += 1
        try:
            return original(self, *args, **kwargs)
        finally:
            worker.depth -= 1
            worker.inside = before

    stand_in.__name__, stand_in.__qualname__ = original.__name__, original.__qualname__
    stand_in.__doc__, stand_in.__module__ = original.__doc__, original.__module__
    return stand_in


def _shows(call: Call, thing: Any) -> bool:
    if call.mine is False or called_by_program(2):
        return True
    return call.mine is None and call.open is not None and not call.open(thing)


def _key(found: Any, thing: Any, name: str) -> str:
    """A condition is touched with its lock."""
    lock = getattr(thing, "_lock", None) if isinstance(thing, threading.Condition) or hasattr(thing, "_sleeping_count") else None
    owner = getattr(lock, "thing", getattr(lock, "_concviz_thing", lock))
    return name if lock is None else found.names.of(owner, "Lock")


def _stop(found: Any, call: Call, thing: Any, given: tuple[Any, Any], frame: Any) -> None:
    worker = found.current
    inside = worker.inside
    place, access = own_place(frame), Access(inside.key, call.write)
    door = call.open
    if door is None or not _waits_for_ever(call, *given):
        found.point(worker, call.operation, inside.resource, place, access)
        return
    option = Option(worker.number, worker.name, call.operation, inside.resource, *place, access)
    found.wait(worker, option, lambda: door(thing), lambda: (inside.words(thing), ()))


def _has_items(found: Any) -> bool:
    return found._qsize() > 0 or bool(getattr(found, "is_shutdown", False))


def _has_room(found: Any) -> bool:
    return found.maxsize <= 0 or found._qsize() < found.maxsize or bool(getattr(found, "is_shutdown", False))


def _put_queues() -> None:
    calls = {
        "put": Call("put", _has_room, waits=3),
        "get": Call("get", _has_items, waits=2),
        "task_done": Call("notify"),
        "join": Call("wait", lambda found: not found.unfinished_tasks, write=False),
        "qsize": Call("read", write=False),
        "empty": Call("read", write=False),
        "full": Call("read", write=False),
        "shutdown": Call("notify"),
    }
    _put_all(queue.Queue, calls)
    put(queue, "SimpleQueue", SimpleQueue)


def _put_all(owner: Any, calls: dict[str, Call]) -> None:
    for name, call in calls.items():
        original = owner.__dict__.get(name)
        if original is not None:
            setattr(owner, name, wrapped(original, call))


def _put_threading() -> None:
    event = {
        "set": Call("notify", mine=True),
        "clear": Call("write", mine=True),
        "is_set": Call("read", write=False, mine=True),
        "isSet": Call("read", write=False, mine=True),
        "wait": Call("wait", lambda found: found._flag, write=False, mine=True, waits=1),
    }
    _put_all(threading.Event, event)
    take = Call("acquire", lambda found: found._value > 0, waits=2)
    _put_all(threading.Semaphore, {"acquire": take, "__enter__": take, "release": Call("release")})
    _put_all(threading.BoundedSemaphore, {"release": Call("release")})
    _put_all(threading.Barrier, {"wait": Call("wait"), "reset": Call("notify"), "abort": Call("notify")})
    _put_all(threading.Condition, {"wait": Call("wait"), "notify": Call("notify"), "notify_all": Call("notify")})
    put_init(threading.Condition, _condition)
    for owner in (threading.Event, threading.Semaphore, threading.Barrier, queue.Queue):
        put_init(owner, named)


def put_init(owner: Any, make: Any) -> None:
    """Replace a class's `__init__` by what is made of it."""
    owner.__init__ = make(owner.__init__)


def _condition(original: Any) -> Any:
    def init(self: Any, lock: Any = None) -> None:
        original(self, lock)
        found = scheduler.run()
        if found is not None and lock is None and called_by_program(1):
            found.names.made(self, sys._getframe(1))
            self._lock.hidden, self._lock.thing, self._lock.kind = False, self, "Condition"

    return init


def named(original: Any) -> Any:
    """An `__init__` that notes what the program stores the object in."""

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        found = scheduler.run()
        if found is not None and called_by_program(1):
            found.names.made(self, sys._getframe(1))
        original(self, *args, **kwargs)

    return init


FUTURES = "futures"
"""All futures are one thing to whoever reorders steps: waiting for the first of several touches them all."""


def put_futures() -> None:
    """Executors and futures; once they are imported."""
    import concurrent.futures.thread as executors
    from concurrent.futures import _base

    from concviz.gates.locks import Lock

    done = {"CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED"}
    wait = Call("wait", lambda found: found._state in done, write=False, mine=None, waits=1, key=FUTURES)
    ask, tell = Call("read", write=False, mine=True, key=FUTURES), Call("notify", key=FUTURES)
    calls = {"result": wait, "exception": wait, "done": ask, "cancelled": ask, "running": ask}
    _put_all(_base.Future, calls | dict.fromkeys(("set_result", "set_exception", "cancel"), tell))
    executors._global_shutdown_lock = Lock()  # type: ignore[assignment]
    original = executors.ThreadPoolExecutor.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        found = scheduler.run()
        if found is not None:
            self._idle_semaphore._concviz_hidden = True
            self._work_queue.thing = self
            if called_by_program(1):
                found.names.made(self, sys._getframe(1))

    executors.ThreadPoolExecutor.__init__ = init  # type: ignore[method-assign]
    _put_all(executors.ThreadPoolExecutor, {"submit": Call("put")})
    executors.ThreadPoolExecutor.shutdown = _silent(executors.ThreadPoolExecutor.shutdown)  # type: ignore[method-assign]


def _silent(original: Any) -> Any:
    """Telling a pool's workers to look is no step; waiting for each of them is."""

    def shutdown(self: Any, wait: bool = True, *, cancel_futures: bool = False) -> None:
        found = scheduler.run()
        if found is None or found.over:
            original(self, wait, cancel_futures=cancel_futures)
            return
        worker = found.current
        name = found.names.of(self, type(self).__name__, sys._getframe(1))
        if not worker.depth:
            found.point(worker, "notify", name, own_place(sys._getframe(1)), Access(name, True))
        worker.depth += 1
        try:
            original(self, False, cancel_futures=cancel_futures)
        finally:
            worker.depth -= 1
        if wait:
            # Not by the original: it goes through a set of threads, in an order that differs from run to run.
            for thread in sorted(self._threads, key=lambda one: str(one.name)):
                thread.join()

    return shutdown


def put_in() -> None:
    """All of them."""
    _put_queues()
    _put_threading()
    put_futures()
