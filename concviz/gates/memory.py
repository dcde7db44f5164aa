"""What the rewritten accesses of a program call: a point, the access itself, what was seen, and whether anything orders it."""

from __future__ import annotations

import builtins
import sys
from _thread import get_ident
from collections import Counter, OrderedDict, defaultdict, deque
from types import FunctionType, MemberDescriptorType, ModuleType

from concviz.gates import scheduler
from concviz.gates.choice import Option
from concviz.gates.kinds import CONTAINERS, LOOKING, constant, data_class, module_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.scheduler import Scheduler

_MISSING = object()
_PLAIN = frozenset({int, float, bool, str, bytes, type(None)})
_STANDARD = (Counter, OrderedDict, defaultdict, deque)


def _run() -> Scheduler | None:
    found = scheduler.current_run()
    if found is None or found.busy or found.over or found.current.depth or found.current.carrier.ident != get_ident():
        return None
    return found


def short(value: object) -> str:
    """A value in a few letters; nothing of the program's runs for it."""
    kind = type(value)
    if kind in _PLAIN:
        words = repr(value)
        return words if len(words) <= 40 else f"{words[:37]}..."
    if kind in CONTAINERS:
        return f"{kind.__name__} of {len(value)}"  # type: ignore[arg-type]
    return f"a {kind.__name__}"


def _owner(thing: Any, attribute: str) -> Any:  # noqa: PLR0911 - one line for each kind of thing
    """Whose attribute it is: the object, the class that has it, or None where it is nothing that changes."""
    kind = type(thing)
    if kind is ModuleType:
        return thing if module_data(thing, attribute) else None
    if isinstance(thing, type):
        return next((one for one in thing.__mro__ if attribute in one.__dict__), thing) if _changes(thing, attribute) else None
    if not data_class(kind):
        return None
    own = getattr(thing, "__dict__", None)
    if own is not None and attribute in own:
        return None if constant(own[attribute]) else thing
    for one in kind.__mro__:
        value = one.__dict__.get(attribute, _MISSING)
        if value is not _MISSING:
            if type(value) is MemberDescriptorType:
                return thing
            return None if constant(value) or hasattr(type(value), "__get__") else one
    return thing


def _changes(owner: type, attribute: str) -> bool:
    if not data_class(owner):
        return False
    for one in owner.__mro__:
        value = one.__dict__.get(attribute, _MISSING)
        if value is not _MISSING:
            return not constant(value) and not isinstance(value, FunctionType | property | classmethod | staticmethod)
    return False


def _point(found: Scheduler, name: str, key: str, *, write: bool) -> None:
    frame = sys._getframe(2)
    code = frame.f_code
    worker = found.current
    operation = "write" if write else "read"
    access = found.access(key, write)
    place = code.co_filename, frame.f_lineno or 0, code.co_qualname
    worker.option = Option(worker.number, worker.name, operation, name, *place, access)
    found.step_to(worker)


def get(thing: Any, attribute: str) -> Any:
    """`thing.attribute`."""
    found = _run()
    if found is None:
        return getattr(thing, attribute)
    owner = _owner(thing, attribute)
    if owner is None:
        return getattr(thing, attribute)
    key = f"{found.label(owner)}.{attribute}"
    _point(found, key, key, write=False)
    found.order.read(found.current, key)
    value = getattr(thing, attribute)
    found.saw(short(value))
    return value


def set_(value: Any, thing: Any, attribute: str) -> None:
    """`thing.attribute = value`."""
    found = _run()
    if found is not None and _stores(thing, attribute, value):
        key = f"{found.label(thing)}.{attribute}"
        _point(found, key, key, write=True)
        found.order.write(found.current, key)
        found.saw(short(value))
    setattr(thing, attribute, value)


def _stores(thing: Any, attribute: str, value: Any) -> bool:
    kind = type(thing)
    if constant(value):
        return False
    if kind is ModuleType:
        return module_data(thing, attribute)
    if isinstance(thing, type):
        return data_class(thing)
    if not data_class(kind):
        return False
    return not any(isinstance(one.__dict__.get(attribute), property) for one in kind.__mro__)


class Slot:
    """`thing.attribute` where it is assigned among others, or deleted."""

    __slots__ = ("_attribute", "_thing")

    def __init__(self, thing: Any, attribute: str) -> None:
        self._thing, self._attribute = thing, attribute

    @property
    def value(self) -> Any:
        """What it holds."""
        return get(self._thing, self._attribute)

    @value.setter
    def value(self, value: Any) -> None:
        set_(value, self._thing, self._attribute)

    @value.deleter
    def value(self) -> None:
        """It is deleted."""
        found = _run()
        if found is not None and data_class(type(self._thing)):
            key = f"{found.label(self._thing)}.{self._attribute}"
            _point(found, key, key, write=True)
        delattr(self._thing, self._attribute)


def method(thing: Any, attribute: str) -> Any:
    """`thing.attribute`, about to be called: what a container does to itself is an access to it."""
    if type(thing) in CONTAINERS:
        found = _run()
        if found is not None:
            return _Bound(thing, attribute)
        return getattr(thing, attribute)
    return get(thing, attribute)


class _Bound:
    """A container's method."""

    __slots__ = ("_attribute", "_thing")

    def __init__(self, thing: Any, attribute: str) -> None:
        self._thing, self._attribute = thing, attribute

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        found = _run()
        thing, attribute = self._thing, self._attribute
        if found is not None:
            name = found.names.of(thing, type(thing).__name__, sys._getframe(1))
            _point(found, name, name, write=attribute not in LOOKING)
        value = getattr(thing, attribute)(*args, **kwargs)
        if found is not None:
            found.saw(short(thing if value is None else value))
        return value


def item(thing: Any, index: Any) -> Any:
    """`thing[index]`."""
    found = _run() if type(thing) in CONTAINERS else None
    if found is None:
        return thing[index]
    name = found.names.of(thing, type(thing).__name__, sys._getframe(1))
    _point(found, f"{name}[{short(index)}]", name, write=type(thing) is defaultdict and index not in thing)
    value = thing[index]
    found.saw(short(value))
    return value


def put_item(value: Any, thing: Any, index: Any) -> None:
    """`thing[index] = value`."""
    found = _run() if type(thing) in CONTAINERS else None
    if found is not None:
        name = found.names.of(thing, type(thing).__name__, sys._getframe(1))
        _point(found, f"{name}[{short(index)}]", name, write=True)
        found.saw(short(value))
    thing[index] = value


class Place:
    """`thing[index]` where it is assigned among others, or deleted."""

    __slots__ = ("_index", "_thing")

    def __init__(self, thing: Any, index: Any) -> None:
        self._thing, self._index = thing, index

    @property
    def value(self) -> Any:
        """What it holds."""
        return item(self._thing, self._index)

    @value.setter
    def value(self, value: Any) -> None:
        put_item(value, self._thing, self._index)

    @value.deleter
    def value(self) -> None:
        """It is deleted."""
        found = _run() if type(self._thing) in CONTAINERS else None
        if found is not None:
            name = found.names.of(self._thing, type(self._thing).__name__, sys._getframe(1))
            _point(found, f"{name}[{short(self._index)}]", name, write=True)
        del self._thing[self._index]


def contains(value: Any, thing: Any) -> bool:
    """`value in thing`."""
    found = _run() if type(thing) in CONTAINERS else None
    if found is None:
        return value in thing
    name = found.names.of(thing, type(thing).__name__, sys._getframe(1))
    _point(found, f"{name}[{short(value)}]", name, write=False)
    there = value in thing
    found.saw("there" if there else "not there")
    return there


def whole(thing: Any) -> Any:
    """A container that is looked at as a whole: its length, its truth, all its items."""
    found = _run() if type(thing) in CONTAINERS else None
    if found is not None:
        name = found.names.of(thing, type(thing).__name__, sys._getframe(1))
        _point(found, name, name, write=False)
        found.saw(short(thing))
    return thing


def at(name: str) -> str:
    """A shared variable is about to be read."""
    found = _run()
    if found is not None:
        key = f"variable {name}"
        _point(found, name, key, write=False)
        if "." not in name:
            found.order.read(found.current, key)
    return name


def seen(_: str, value: Any) -> Any:
    """It was read."""
    found = _run()
    if found is not None:
        found.saw(short(value))
    return value


def put(value: Any, name: str) -> Any:
    """A shared variable is about to be written."""
    found = _run()
    if found is not None:
        key = f"variable {name}"
        _point(found, name, key, write=True)
        if "." not in name:
            found.order.write(found.current, key)
        found.saw(short(value))
    return value


def put_in() -> None:
    """Make the calls known to all code."""
    calls = {
        "get": get,
        "set": set_,
        "slot": Slot,
        "method": method,
        "item": item,
        "put_item": put_item,
        "place": Place,
        "in": contains,
        "all": whole,
        "at": at,
        "name": seen,
        "put": put,
        "slice": slice,
    }
    for name, call in calls.items():
        setattr(builtins, f"__concviz_{name}__", call)
