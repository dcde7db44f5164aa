"""Numbers, arrays and strings in memory that processes share: with a lock of their own, each access is one step."""

from __future__ import annotations

import sys

from concviz.gates import scheduler, sharing
from concviz.gates.choice import Access, Option
from concviz.gates.memory import short
from concviz.gates.places import own_place
from concviz.gates.raw_memory import own
from concviz.gates.shared_locks import free, mine, own_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MADE_BY = frozenset({"context.py", "sharedctypes.py"})


def put_in() -> None:
    """All of them, once in a process; imports `multiprocessing.sharedctypes`."""
    from multiprocessing import sharedctypes as module

    sharedctypes: Any = module
    owner = sharedctypes.SynchronizedBase
    owner._concviz_shared = True
    owner.__init__ = _told(owner.__init__)
    owner.__reduce__ = _reduced(owner.__reduce__)
    make = sharedctypes.make_property
    made: dict[str, Any] = {}

    def make_property(name: str) -> Any:
        if name not in made:
            made[name] = _watched(make(name), "" if name == "value" else f".{name}")
        return made[name]

    sharedctypes.make_property = make_property
    sharedctypes.Synchronized.value = make_property("value")
    sharedctypes.SynchronizedString.value = make_property("value")
    sharedctypes.SynchronizedString.raw = make_property("raw")
    array = sharedctypes.SynchronizedArray
    array.__getitem__ = _got(array.__getitem__)
    array.__setitem__ = _put(array.__setitem__)


def _told(original: Any) -> Any:
    def init(self: Any, obj: Any, lock: Any = None, ctx: Any = None) -> None:
        self._concviz_hidden = not sharing.made(self, 1, MADE_BY)
        original(self, obj, lock, ctx)
        own(obj, self)
        if getattr(self._lock, "_concviz_hidden", False) and not self._concviz_hidden:
            own_by(self._lock, self)

    return init


def _reduced(original: Any) -> Any:
    def reduce(self: Any) -> Any:
        make, args = original(self)
        return _rebuilt, (make, args, getattr(self, "_concviz_name", ""), self._concviz_hidden)

    return reduce


def _rebuilt(make: Any, args: Any, name: str, hidden: bool) -> Any:
    """In another process: it is called as it was."""
    thing = make(*args)
    thing._concviz_name, thing._concviz_hidden = name, hidden
    return thing


def _watched(original: property, words: str) -> property:
    read, write = original.fget, original.fset
    assert read is not None
    assert write is not None

    def get(self: Any) -> Any:
        return _step(self, "read", words, read, ())

    def put(self: Any, value: Any) -> None:
        _step(self, "write", words, write, (value,))

    return property(get, put)


def _got(original: Any) -> Any:
    def get(self: Any, index: Any) -> Any:
        return _step(self, "read", f"[{short(index)}]", original, (index,))

    return get


def _put(original: Any) -> Any:
    def put(self: Any, index: Any, value: Any) -> None:
        _step(self, "write", f"[{short(index)}]", original, (index, value))

    return put


def _step(thing: Any, operation: str, words: str, original: Any, args: tuple[Any, ...]) -> Any:
    """One access, once the thing's lock is free or the caller's."""
    found = scheduler.run()
    if found is None or found.over or found.current.depth:
        return original(thing, *args)
    worker, frame = found.current, sys._getframe(2)
    key = found.names.of(thing, "Value", frame)
    option = Option(worker.number, worker.name, operation, key + words, *own_place(frame), Access(key, operation == "write"))
    lock = thing._lock
    if hasattr(lock, "_semlock") and not mine(lock):
        found.wait(worker, option, lambda: free(lock), sharing.held(key))
    else:
        worker.option = option
        found.step_to(worker)
    worker.depth += 1
    try:
        value = original(thing, *args)
    finally:
        worker.depth -= 1
    found.saw(short(value if operation == "read" else args[-1]))
    return value
