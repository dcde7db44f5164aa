"""Shared memory without a lock: numbers and arrays of `ctypes`, blocks and lists of `shared_memory`. Each access is a point, with memory.

What C code does with a block of which it was given the buffer is not seen: `struct` is, item by item; numpy is said to escape.
"""

from __future__ import annotations

import os
import sys
import weakref
from contextlib import suppress

from concviz.gates import memory, scheduler, sharing
from concviz.gates.choice import Access, Option
from concviz.gates.memory import short
from concviz.gates.places import own_frame, own_place
from concviz.gates.replaced import put

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

MADE_BY = frozenset({"context.py", "sharedctypes.py"})

UNSEEN = "numpy is there: what it does with a block of shared memory is not seen"

LOOKING = frozenset({"tobytes", "tolist", "hex"})
"""Methods of a buffer that read it."""

_CREATES = os.O_CREAT
"""Of a block's flags: it was made here, not only opened."""

_originals: dict[str, Callable[..., Any]] = {}

_views: dict[int, tuple[weakref.ref[Any], Any]] = {}
"""A buffer, by its id -> itself, and whose it is."""


def put_in_numbers() -> None:
    """Numbers and arrays; once in a process, imports `multiprocessing.sharedctypes`."""
    from multiprocessing import sharedctypes as module

    sharedctypes: Any = module
    make = sharedctypes._new_value
    _originals["rebuild"], _originals["reduce"] = sharedctypes.rebuild_ctype, sharedctypes.reduce_ctype

    def new_value(kind: Any) -> Any:
        made = make(kind)
        sharing.made(made, 1, MADE_BY)
        return made

    sharedctypes._new_value = new_value
    sharedctypes.rebuild_ctype, sharedctypes.reduce_ctype = rebuilt, _reduced


def rebuilt(kind: Any, wrapper: Any, length: Any, name: str = "") -> Any:
    """In place of `sharedctypes.rebuild_ctype`: called where one is made, and in another process with its name."""
    made = _originals["rebuild"](kind, wrapper, length)
    made._concviz_shared = True
    if name:
        made._concviz_name = name
    memory.RAW[type(made)] = _Number
    return made


def _reduced(number: Any) -> Any:
    _, args = _originals["reduce"](number)
    return rebuilt, (*args, getattr(number, "_concviz_name", ""))


def put_in_blocks() -> None:
    """Blocks and lists; once in a process, when `multiprocessing.shared_memory` is imported."""
    from multiprocessing import shared_memory

    block: Any = shared_memory.SharedMemory
    original = block.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        found, frame = scheduler.run(), sharing.maker(self, 0, frozenset())
        if found is not None and frame is not None:
            found.names.made(self, frame)
            if any(value is sys.modules.get("numpy", _views) for value in frame.f_globals.values()):
                sharing.escape(found, UNSEEN)
        _watch(self._buf, self)

        if found is not None and self._flags & _CREATES:
            found.family.block(self._name, True)

    unlink = block.unlink

    def unlinked(self: Any) -> None:
        unlink(self)
        found = scheduler.run()
        if found is not None:
            found.family.block(self._name, False)

    block.__init__, block.unlink = init, unlinked
    memory.RAW[memoryview] = _Buffer
    shared_list: Any = shared_memory.ShareableList
    for name, operation in (("__getitem__", "read"), ("__setitem__", "write")):
        setattr(shared_list, name, _item_of_list(shared_list.__dict__[name], operation))
    import struct

    put(struct, "pack_into", _packing(struct.pack_into, "write"))
    put(struct, "unpack_from", _packing(struct.unpack_from, "read"))


def unlink_all(names: Iterable[str]) -> None:
    """Blocks that a run has left behind."""
    from multiprocessing import resource_tracker, shared_memory

    for name in names:
        with suppress(OSError):
            shared_memory._posixshmem.shm_unlink(name)  # type: ignore[attr-defined]
            resource_tracker.unregister(name, "shared_memory")


def own(number: Any, thing: Any) -> None:
    """This number is the content of that thing, and called like it."""
    number._concviz_content_of = weakref.ref(thing)
    found = scheduler.run()
    if found is not None:
        found.names.shared[:] = [one for one in found.names.shared if one[0] is not number]


class _Number:
    """What is done to a number or array."""

    @staticmethod
    def get(thing: Any, attribute: str) -> Any:
        if not hasattr(thing, "_concviz_shared") or attribute.startswith("_"):
            return getattr(thing, attribute)
        words = "" if attribute == "value" else f".{attribute}"
        return _accessed(thing, "read", words, lambda: getattr(thing, attribute))

    @staticmethod
    def set(value: Any, thing: Any, attribute: str) -> None:
        if not hasattr(thing, "_concviz_shared") or attribute.startswith("_"):
            setattr(thing, attribute, value)
            return
        words = "" if attribute == "value" else f".{attribute}"
        _accessed(thing, "write", words, lambda: setattr(thing, attribute, value), value)

    @staticmethod
    def item(thing: Any, index: Any) -> Any:
        if not hasattr(thing, "_concviz_shared"):
            return thing[index]
        return _accessed(thing, "read", f"[{_index(index)}]", lambda: thing[index])

    @staticmethod
    def put_item(value: Any, thing: Any, index: Any) -> None:
        if not hasattr(thing, "_concviz_shared"):
            thing[index] = value
            return
        _accessed(thing, "write", f"[{_index(index)}]", lambda: thing.__setitem__(index, value), value)

    @staticmethod
    def method(thing: Any, attribute: str) -> Any:
        return getattr(thing, attribute)


class _Buffer:
    """What is done to the buffer of a block, or a part of it."""

    get = staticmethod(getattr)

    @staticmethod
    def set(value: Any, thing: Any, attribute: str) -> None:
        setattr(thing, attribute, value)

    @staticmethod
    def item(thing: Any, index: Any) -> Any:
        block = _block(thing)
        if block is None:
            return thing[index]
        value = _accessed(block, "read", f"[{_index(index)}]", lambda: thing[index])
        if isinstance(value, memoryview):
            _watch(value, block)
        return value

    @staticmethod
    def put_item(value: Any, thing: Any, index: Any) -> None:
        block = _block(thing)
        if block is None:
            thing[index] = value
        else:
            _accessed(block, "write", f"[{_index(index)}]", lambda: thing.__setitem__(index, value), value)

    @staticmethod
    def method(thing: Any, attribute: str) -> Any:
        block, call = _block(thing), getattr(thing, attribute)
        if block is None or attribute not in {*LOOKING, "cast", "toreadonly"}:
            return call

        def called(*args: Any, **kwargs: Any) -> Any:
            if attribute in LOOKING:
                return _accessed(block, "read", "", lambda: call(*args, **kwargs))
            made = call(*args, **kwargs)
            _watch(made, block)
            return made

        return called


def _index(index: Any) -> str:
    if isinstance(index, slice):
        return ":".join("" if part is None else str(part) for part in (index.start, index.stop))
    return short(index)


def _watch(view: Any, block: Any) -> None:
    key = id(view)
    _views[key] = weakref.ref(view, lambda _: _views.pop(key, None)), block


def _block(view: Any) -> Any:
    known = _views.get(id(view))
    return known[1] if known is not None and known[0]() is view else None


def _item_of_list(original: Any, operation: str) -> Any:
    def stand_in(self: Any, index: Any, *value: Any) -> Any:
        return _accessed(self.shm, operation, f"[{short(index)}]", lambda: original(self, index, *value), *value)

    return stand_in


def _packing(original: Any, operation: str) -> Any:
    def stand_in(form: Any, buffer: Any, *args: Any, **kwargs: Any) -> Any:
        block = _block(buffer)
        if block is None:
            return original(form, buffer, *args, **kwargs)
        return _accessed(block, operation, "", lambda: original(form, buffer, *args, **kwargs), *args[1:2])

    return stand_in


def _accessed(thing: Any, operation: str, words: str, do: Callable[[], Any], *written: Any) -> Any:
    """The access, as a step if the run has memory."""
    found = scheduler.run()
    if found is None or found.over or not found.family.memory or found.current.depth:
        return do()
    worker, frame = found.current, own_frame(sys._getframe(2))
    content_of = getattr(thing, "_concviz_content_of", lambda: None)()
    if hasattr(thing, "_buf"):
        key = found.family.called(thing.name, lambda: found.names.candidate(thing, type(thing).__name__, frame))
    else:
        key = found.names.of(thing if content_of is None else content_of, type(thing).__name__, frame)
    write = operation == "write"
    worker.option = Option(worker.number, worker.name, operation, key + words, *own_place(frame), Access(key, write))
    found.step_to(worker)
    part = key + words
    (found.order.write if write else found.order.read)(worker, part)
    value = do()
    found.saw(short(written[0] if written else value))
    return value
