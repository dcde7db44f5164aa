"""Semaphores of the operating system that processes share, and the locks, conditions, events and barriers made of them.

The real ones are used: whether one can be had is asked of the semaphore itself, and it is taken without blocking when its turn has
come. So whatever else has it, and however, is seen as it is.
"""

from __future__ import annotations

import sys

from concviz.gates import scheduler, sharing
from concviz.gates.choice import Access, Option
from concviz.gates.monitors import Call, put_init, wrapped
from concviz.gates.places import own_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Worker

MADE_BY = frozenset({"context.py"})
RECURSIVE = 0
"""As `multiprocessing.synchronize` has it."""

TAKEN_OUTSIDE = "a shared lock was taken by somebody outside control"


def put_in() -> None:
    """All of them, once in a process; imports `multiprocessing.synchronize`."""
    from multiprocessing import synchronize

    _put_semaphores(synchronize.SemLock)
    synchronize.Condition.__init__ = _condition(synchronize.Condition.__init__)  # type: ignore[method-assign]
    _put_all(synchronize.Condition, {"wait": Call("wait"), "notify": Call("notify"), "notify_all": Call("notify")})
    event = {
        "set": Call("notify"),
        "clear": Call("write"),
        "is_set": Call("read", write=False),
        "wait": Call("wait", lambda found: free(found._flag), write=False, waits=1),
    }
    _put_all(synchronize.Event, event)
    barrier: Any = synchronize.Barrier
    barrier._concviz_shared = True
    for kind in (synchronize.Event, barrier):
        put_init(kind, told)
    for owner in (synchronize.SemLock, synchronize.Condition, synchronize.Barrier):
        sharing.carry(owner)
    _carry(synchronize.SemLock)


def _put_all(owner: Any, calls: dict[str, Call]) -> None:
    owner._concviz_shared = True
    for name, call in calls.items():
        setattr(owner, name, wrapped(owner.__dict__[name], call))


def told(original: Any, files: frozenset[str] = MADE_BY) -> Any:
    """An `__init__` that notes what the program stores the object in; one that it does not make itself is hidden."""

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        self._concviz_hidden = not sharing.made(self, 1, files)
        original(self, *args, **kwargs)

    return init


def _condition(original: Any) -> Any:
    def init(self: Any, lock: Any = None, *, ctx: Any) -> None:
        self._concviz_hidden = not sharing.made(self, 1, MADE_BY)
        original(self, lock, ctx=ctx)
        if lock is None and not self._concviz_hidden:
            own_by(self._lock, self)

    return init


def own_by(lock: Any, thing: Any) -> None:
    """This lock is the thing's: it has its name, and taking it is a step."""
    lock._concviz_thing, lock._concviz_hidden = thing, False


def _carry(owner: Any) -> None:
    """A lock that is a part of a thing is called like it in another process, too."""
    pack = owner.__getstate__

    def get(self: Any) -> Any:
        thing = getattr(self, "_concviz_thing", None)
        if thing is not None:
            self._concviz_name = getattr(thing, "_concviz_name", "")
        return pack(self)

    owner.__getstate__ = get


def _put_semaphores(owner: Any) -> None:
    owner._concviz_shared = True
    owner.__init__ = told(owner.__init__)
    owner._make_methods = _make_methods
    owner.__enter__ = lambda self: self.acquire()
    owner.__exit__ = lambda self, *_: self.release()


def _make_methods(self: Any) -> None:
    """What each semaphore gets as its own methods."""

    def acquire(block: bool = True, timeout: float | None = None) -> bool:
        found = scheduler.run()
        if found is None or found.over:
            return bool(self._semlock.acquire(block, timeout))
        return _acquire(found, self, sys._getframe(1), block=block, timeout=timeout)

    def release() -> None:
        found = scheduler.run()
        if found is not None and not found.over:
            _release(found, self, sys._getframe(1))
        else:
            self._semlock.release()

    self.acquire, self.release = acquire, release


def name_of(found: Scheduler, lock: Any, frame: FrameType | None) -> str:
    """What the program calls it."""
    thing = getattr(lock, "_concviz_thing", lock)
    return found.names.of(thing, type(thing).__name__, frame)


def mine(lock: Any) -> bool:
    """Whether the calling thread has it already, and may take it again."""
    return bool(lock._semlock.kind == RECURSIVE and lock._semlock._is_mine())


def free(lock: Any) -> bool:
    """Whether it could be had by who does not have it."""
    return not lock._semlock._is_zero()


def _acquire(found: Scheduler, lock: Any, frame: FrameType, *, block: bool, timeout: float | None) -> bool:
    worker, semlock = found.current, lock._semlock
    again = mine(lock)
    shown = not (getattr(lock, "_concviz_hidden", False) or worker.depth or again)
    name = name_of(found, lock, frame) if shown else ""
    if shown and not block:
        found.point(worker, "acquire", name, own_place(frame), Access(name, True))
    elif block and (shown or not (again or free(lock))) and not _wait(found, worker, lock, (name, timeout), frame):
        found.saw("timed out")
        return False
    while not semlock.acquire(False):
        if not block:
            if shown:
                found.saw("refused")
            return False
        sharing.escape(found, TAKEN_OUTSIDE)
        if not _wait(found, worker, lock, (name, timeout), frame):
            return False
    if shown and semlock.maxvalue == 1:
        found.family.hold(name, worker)
    return True


def _wait(found: Scheduler, worker: Worker, lock: Any, given: tuple[str, float | None], frame: FrameType) -> bool:
    name, timeout = given
    inside = worker.inside if not name else None
    if inside is not None:
        operation, resource, key = inside.operation, inside.resource, inside.key
    else:
        resource = name or name_of(found, lock, frame)
        operation, key = "acquire", resource

    def why() -> tuple[str, tuple[int, ...]]:
        if inside is not None:
            return inside.words(), ()
        return sharing.held(resource)() if lock._semlock.maxvalue == 1 else (f"no permit of `{resource}` is left", ())

    access = Access(key, True) if timeout is None else Access("*", True)
    option = Option(worker.number, worker.name, operation, resource, *own_place(frame), access)
    return found.wait(worker, option, lambda: free(lock), why, timeout)


def _release(found: Scheduler, lock: Any, frame: FrameType) -> None:
    worker, semlock = found.current, lock._semlock
    if not (getattr(lock, "_concviz_hidden", False) or worker.depth or semlock._count() > 1):
        name = name_of(found, lock, frame)
        found.point(worker, "release", name, own_place(frame), Access(name, True))
        if semlock.maxvalue == 1:
            found.family.let_go(name, worker.number)
    semlock.release()
