"""What the rewritten accesses of a program call: a point, the access itself, what was seen, and whether anything orders it."""

from __future__ import annotations

import sys
from _thread import get_ident
from collections import Counter, OrderedDict, defaultdict, deque
from types import FunctionType, MemberDescriptorType, ModuleType

from concviz.gates import scheduler
from concviz.gates.choice import Access, Option
from concviz.gates.kinds import CONTAINERS, constant, data_class, module_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.scheduler import Scheduler

RAW: dict[type, Any] = {}
"""Kinds of things in memory that processes share -> who sees to accesses to them."""

OPTIONS_MOST = 10_000
"""How many steps are remembered: most runs of a program make the same ones, and to make one anew takes longer than to find it."""

_options: dict[tuple[Any, ...], Option] = {}
_MISSING = object()
_PLAIN = frozenset({int, float, bool, str, bytes, type(None)})
_STANDARD = (Counter, OrderedDict, defaultdict, deque)


def token() -> Scheduler | None:
    """The run, if the calling thread has its token and what it does is a step of its own."""
    found = scheduler.current_run()
    if found is None or not found.memory or found.busy or found.over or found.current.depth or found.current.carrier.ident != get_ident():
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
    if issubclass(kind, type):
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


def _default(thing: Any, attribute: str) -> type | None:
    """The class that has a value for who has none of its own: whoever reads there depends on it, whoever writes hides it."""
    kind = type(thing)
    if kind is ModuleType or isinstance(thing, type):
        return None
    if type(kind) is type and getattr(kind, attribute, _MISSING) is _MISSING:
        return None
    for one in kind.__mro__:
        value = one.__dict__.get(attribute, _MISSING)
        if value is not _MISSING:
            return None if hasattr(type(value), "__get__") else one
    return None


def _changes(owner: type, attribute: str) -> bool:
    if not data_class(owner):
        return False
    for one in owner.__mro__:
        value = one.__dict__.get(attribute, _MISSING)
        if value is not _MISSING:
            return not constant(value) and not isinstance(value, FunctionType | property | classmethod | staticmethod)
    return False


def stop_at(found: Scheduler, name: str, key: str, *, write: bool) -> None:
    """The program's access, two frames up, is the next step of whoever has the token."""
    frame = sys._getframe(2)
    code = frame.f_code
    worker = found.current
    what = worker.number, worker.name, "write" if write else "read", name, code.co_filename, frame.f_lineno or 0, code.co_qualname, key
    option = _options.get(what)
    if option is None:
        if len(_options) == OPTIONS_MOST:
            _options.clear()
        option = _options[what] = Option(*what[:7], Access(key, write))
    worker.option = option
    found.step_to(worker)


def get(thing: Any, attribute: str) -> Any:
    """`thing.attribute`."""
    if RAW and type(thing) in RAW:
        return RAW[type(thing)].get(thing, attribute)
    found = token()
    if found is None:
        return getattr(thing, attribute)
    owner = _owner(thing, attribute)
    if owner is None:
        return getattr(thing, attribute)
    names = found.names
    name = names.attribute(owner, attribute)
    default = _default(thing, attribute)
    stop_at(found, name, names.attribute(default, attribute) if default else name, write=False)
    found.order.read(found.current, name)
    if default is owner:
        found.order.read(found.current, names.attribute(thing, attribute))
    value = getattr(thing, attribute)
    found.saw(short(value))
    return value


def set_(value: Any, thing: Any, attribute: str) -> None:
    """`thing.attribute = value`."""
    if RAW and type(thing) in RAW:
        RAW[type(thing)].set(value, thing, attribute)
        return
    found = token()
    if found is not None and _stores(thing, attribute, value):
        name = found.names.attribute(thing, attribute)
        default = _default(thing, attribute)
        stop_at(found, name, found.names.attribute(default, attribute) if default else name, write=True)
        found.order.write(found.current, name)
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
        found = token()
        if found is not None and data_class(type(self._thing)):
            key = found.names.attribute(self._thing, self._attribute)
            stop_at(found, key, key, write=True)
        delattr(self._thing, self._attribute)


def at(name: str) -> str:
    """A shared variable is about to be read."""
    found = token()
    if found is not None:
        key = found.names.variable(name)
        stop_at(found, key.removeprefix("variable "), key, write=False)
        if "." not in name:
            found.order.read(found.current, key)
    return name


def seen(_: str, value: Any) -> Any:
    """It was read."""
    found = token()
    if found is not None:
        found.saw(short(value))
    return value


def put(value: Any, name: str) -> Any:
    """A shared variable is about to be written."""
    found = token()
    if found is not None:
        key = found.names.variable(name)
        stop_at(found, key.removeprefix("variable "), key, write=True)
        if "." not in name:
            found.order.write(found.current, key)
        found.saw(short(value))
    return value
