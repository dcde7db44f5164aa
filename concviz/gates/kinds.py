"""Which objects have something that threads can read and write under control, and which values never change."""

from __future__ import annotations

import functools
import queue
import sys
import threading
from array import array
from collections import Counter, OrderedDict, defaultdict, deque
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType, SimpleNamespace

from concviz.gates.locks import Lock, RLock
from concviz.gates.places import own_file
from concviz.gates.simple_queues import SimpleQueue

CONTAINERS = frozenset({list, dict, set, deque, bytearray, array, OrderedDict, defaultdict, Counter})
"""Built-in things whose content is shared memory; subclasses of them are not watched."""

LOOKING = frozenset(
    {"get", "items", "keys", "values", "copy", "count", "index", "union", "intersection", "difference", "issubset", "isdisjoint"}
)
"""Their methods that change nothing."""

_CONSTANT = (
    FunctionType,
    BuiltinFunctionType,
    MethodType,
    ModuleType,
    type,
    Lock,
    RLock,
    SimpleQueue,
    functools.partial,
    threading.Condition,
    threading.Event,
    threading.Semaphore,
    threading.Barrier,
    threading.Thread,
    queue.Queue,
)

_data: dict[type, bool] = {}
_constant: dict[type, bool] = {}


def constant(value: object) -> bool:
    """Whether an attribute that holds this is taken for one that never changes: a function, a class, a lock, a queue."""
    kind = type(value)
    found = _constant.get(kind)
    if found is None:
        found = _constant[kind] = (
            issubclass(kind, _CONSTANT)
            or kind.__module__ in {"asyncio", "concurrent"}
            or kind.__module__.startswith(("asyncio.", "concurrent."))
        )
    return found


def data_class(kind: type) -> bool:
    """Whether a class is the person's own, or holds nothing but what a person puts there: its instances' attributes are watched."""
    found = _data.get(kind)
    if found is None:
        module = sys.modules.get(kind.__module__)
        path = getattr(module, "__file__", None)
        own = path is not None and own_file(path) and not issubclass(kind, threading.local | type)
        found = own or kind.__module__ == "__main__" or kind is SimpleNamespace
        if module is not None:
            _data[kind] = found
    return found


def module_data(module: ModuleType, attribute: str) -> bool:
    """Whether a module's attribute is a variable of the person's own."""
    path = getattr(module, "__file__", None)
    return path is not None and own_file(path) and not constant(getattr(module, attribute, None))


def forget() -> None:
    """Classes of the last run are gone."""
    _data.clear()
    _constant.clear()
