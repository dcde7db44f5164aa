"""The name of a lock, queue or event as the source has it: `lock`, `self.forks[2]`, `locks['a']`.

An object does not know who refers to it, so this looks, once for each, where the code that uses it looks: in the
frame's own variables, in its globals, in the attributes of `self` and of the other objects at hand, and in their small
lists, tuples and dicts. Where several refer to it, the one that the creating statement stores it in is preferred.

Nothing of the program's runs here: objects are compared by identity, attributes are read from instance dicts and
slots alone.
"""

from __future__ import annotations

import os
import sys
from types import GetSetDescriptorType, MemberDescriptorType, ModuleType

from concviz.events import Table
from concviz.probes import here
from concviz.probes.sites import known, own_file, own_frame, site
from concviz.probes.targets import IN_CONTAINER, target
from concviz.probes.variables import variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

SMALL = 256
"""Containers with more items than this are not searched."""

MANY_TAKEN = 10_000
"""A program that makes resources without end is not remembered without end."""

_places: dict[int, Place] = {}
_taken: dict[str, int] = {}
_HEAP_TYPE = 1 << 9
"""Of a class's flags: made in Python, not in C."""
_CLASS_DICT = type.__dict__["__dict__"].__get__
_CLASS_MRO = type.__dict__["__mro__"].__get__


class Place:
    """Where something is made: a statement, the same one for all that it makes."""

    __slots__ = ("file", "line", "site", "target")

    def __init__(self, frame: FrameType) -> None:
        own = own_frame(frame)
        self.site = site(own)
        self.file = os.path.basename((own or frame).f_code.co_filename)
        self.line = (own or frame).f_lineno
        self.target = target(frame.f_code, frame.f_lasti) if own is frame else ""
        """What the statement stores it in: "lock", "self.lock", IN_CONTAINER, or "" when that is not plain."""


def place(frame: FrameType) -> Place:
    """The place of this frame's statement."""
    key = id(frame.f_code) + frame.f_lasti
    found = _places.get(key)
    if found is None:
        found = Place(frame)
        site(frame)
        if key in known:  # then the code is kept alive, and the key its own
            _places[key] = found
    return found


def announce(kind: str, things: tuple[object, ...], made: Place, frame: FrameType | None, capacity: object = "") -> int:
    """Give a resource its name and id. `things`: the object, and what stands for it; `frame`: who uses it, if known."""
    own = own_frame(frame)
    found = list(names_in(own, things)) if own else []
    name = choose(found or list(names_in_main(things)), made, kind)
    return here.process().names.new(Table.RESOURCE, "", kind, name, capacity, made.site)


def choose(candidates: list[str], made: Place, kind: str) -> str:
    """The best of the names found; else what it was stored in when made; else its type and place."""
    stored = made.target
    if stored == IN_CONTAINER:
        candidates.sort(key=lambda name: not name.endswith("]"))
    elif stored:
        last = stored.rpartition(".")[2]
        candidates.sort(key=lambda name: name != stored and name.rpartition(".")[2] != last)
    if not candidates:
        candidates = [stored if stored and stored != IN_CONTAINER else f"{kind} at {made.file}:{made.line}"]
    name = next((name for name in candidates if name not in _taken), candidates[0])
    if name in _taken or len(_taken) < MANY_TAKEN:
        _taken[name] = times = _taken.get(name, 0) + 1
        return name if times == 1 else f"{name} #{times}"
    return name


def names_in(frame: FrameType, things: tuple[object, ...]) -> Iterator[str]:
    """What refers to one of these from this frame, likelier names first."""
    local: Any = variables(frame)
    around: dict[str, Any] = {} if local is frame.f_globals else frame.f_globals
    if isinstance(local, dict) and type(local) is not dict:
        local = {}  # a class body with a mapping of the program's own
    code = frame.f_code
    given = set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    here_first = {name: value for name, value in local.items() if name not in given}
    yield from direct(here_first, things)
    yield from direct(around, things)
    for name in ("self", "cls"):
        if name in local:
            yield from attributes(name, local[name], things)
    for name, value in [*here_first.items(), *around.items()]:
        yield from items(name, value, things)
    handed = {name: local[name] for name in given if name in local}
    yield from direct(handed, things)
    for name, value in [*local.items(), *around.items()]:
        if name not in {"self", "cls"}:
            yield from attributes(name, value, things)
    for name, value in handed.items():
        yield from items(name, value, things)


def names_in_main(things: tuple[object, ...]) -> Iterator[str]:
    """What refers to one of these in the program's main module, where who uses it has no name for it."""
    scope = sys.modules["__main__"].__dict__
    yield from direct(scope, things)
    for name, value in list(scope.items()):
        yield from items(name, value, things)


def direct(scope: dict[str, Any], things: tuple[object, ...]) -> Iterator[str]:
    """Variables that are one of these."""
    for name, value in list(scope.items()):
        if any(value is thing for thing in things):
            yield name


def items(name: str, value: object, things: tuple[object, ...]) -> Iterator[str]:
    """Places in a small list, tuple or dict that hold one of these."""
    if type(value) in {list, tuple} and len(value) <= SMALL:  # type: ignore[arg-type]
        for index, item in enumerate(list(value)):  # type: ignore[call-overload]
            if any(item is thing for thing in things):
                yield f"{name}[{index}]"
    elif type(value) is dict and len(value) <= SMALL:
        for key, item in list(value.items()):
            if type(key) in {str, int} and any(item is thing for thing in things):
                yield f"{name}[{key!r}]"


def attributes(name: str, value: object, things: tuple[object, ...]) -> Iterator[str]:
    """Attributes of an object of the program's own, and items of theirs, that are one of these."""
    if type(value) is ModuleType and not own_file(str(value.__dict__.get("__file__") or "<none>")):
        return
    held = instance(value)
    for attribute in direct(held, things):
        yield f"{name}.{attribute}"
    for attribute, inner in list(held.items()):
        yield from items(f"{name}.{attribute}", inner, things)


def instance(value: object) -> dict[str, Any]:
    """An object's own attributes and those of its classes, read without asking the object; {} for what has none."""
    kind = type(value)
    if not kind.__flags__ & _HEAP_TYPE:
        return dict(value.__dict__) if kind is ModuleType else {}
    found: dict[str, Any] = {}
    for owner in reversed(_CLASS_MRO(kind)):
        for attribute, member in list(_CLASS_DICT(owner).items()):
            if type(member) is MemberDescriptorType:
                try:
                    found[attribute] = member.__get__(value)
                except AttributeError:
                    continue
            elif attribute == "__dict__" and type(member) is GetSetDescriptorType:
                try:
                    found.update(member.__get__(value))
                except TypeError:  # of a class made in C beside one of its own that has another: its other one tells
                    continue
            elif not attribute.startswith("__"):
                found.setdefault(attribute, member)
    return found
