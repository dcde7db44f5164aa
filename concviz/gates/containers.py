"""Accesses to the content of lists, dicts, sets and the like: each is one step on the whole container."""

from __future__ import annotations

from collections import defaultdict

from concviz.gates.kinds import CONTAINERS, LOOKING
from concviz.gates.memory import RAW, get, short, stop_at, token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def method(thing: Any, attribute: str, words: str) -> Any:
    """`thing.attribute`, about to be called: what a container does to itself is an access to it."""
    if type(thing) in CONTAINERS:
        found = token()
        if found is not None:
            return _Bound(thing, attribute, words)
        return getattr(thing, attribute)
    if RAW and type(thing) in RAW:
        return RAW[type(thing)].method(thing, attribute)
    return get(thing, attribute)


class _Bound:
    """A container's method."""

    __slots__ = ("_attribute", "_thing", "_words")

    def __init__(self, thing: Any, attribute: str, words: str) -> None:
        self._thing, self._attribute, self._words = thing, attribute, words

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        found = token()
        thing, attribute, words = self._thing, self._attribute, self._words
        if found is not None:
            name = found.names.called(thing, words)
            stop_at(found, name, name, write=attribute not in LOOKING)
        value = getattr(thing, attribute)(*args, **kwargs)
        if found is not None:
            found.saw(short(thing if value is None else value))
        return value


def item(thing: Any, index: Any, words: str) -> Any:
    """`thing[index]`."""
    found = token() if type(thing) in CONTAINERS else None
    if found is None:
        return RAW[type(thing)].item(thing, index) if RAW and type(thing) in RAW else thing[index]
    name = found.names.called(thing, words)
    stop_at(found, f"{name}[{short(index)}]", name, write=type(thing) is defaultdict and index not in thing)
    value = thing[index]
    found.saw(short(value))
    return value


def put_item(value: Any, thing: Any, index: Any, words: str) -> None:
    """`thing[index] = value`."""
    found = token() if type(thing) in CONTAINERS else None
    if found is not None:
        name = found.names.called(thing, words)
        stop_at(found, f"{name}[{short(index)}]", name, write=True)
        found.saw(short(value))
    elif RAW and type(thing) in RAW:
        RAW[type(thing)].put_item(value, thing, index)
        return
    thing[index] = value


class Place:
    """`thing[index]` where it is assigned among others, or deleted."""

    __slots__ = ("_index", "_thing", "_words")

    def __init__(self, thing: Any, index: Any, words: str) -> None:
        self._thing, self._index, self._words = thing, index, words

    @property
    def value(self) -> Any:
        """What it holds."""
        return item(self._thing, self._index, self._words)

    @value.setter
    def value(self, value: Any) -> None:
        put_item(value, self._thing, self._index, self._words)

    @value.deleter
    def value(self) -> None:
        """It is deleted."""
        found = token() if type(self._thing) in CONTAINERS else None
        if found is not None:
            name = found.names.called(self._thing, self._words)
            stop_at(found, f"{name}[{short(self._index)}]", name, write=True)
        del self._thing[self._index]


def contains(value: Any, thing: Any, words: str) -> bool:
    """`value in thing`."""
    found = token() if type(thing) in CONTAINERS else None
    if found is None:
        return value in thing
    name = found.names.called(thing, words)
    stop_at(found, f"{name}[{short(value)}]", name, write=False)
    there = value in thing
    found.saw("there" if there else "not there")
    return there


def whole(thing: Any, words: str) -> Any:
    """A container that is looked at as a whole: its length, its truth, all its items."""
    found = token() if type(thing) in CONTAINERS else None
    if found is not None:
        name = found.names.called(thing, words)
        stop_at(found, name, name, write=False)
        found.saw(short(thing))
    return thing
