"""Interpreters beside the main one: where each one's own GIL lies (PEP 684), told when it is made and when it is destroyed.

`_interpreters` (3.12: `_xxsubinterpreters`) is what `concurrent.interpreters` and InterpreterPoolExecutor make them with. An
interpreter's own GIL lies as far from the interpreter's address as the main one's does: it is a member of the same structure
(Include/internal/pycore_interp.h). One that shares the main GIL has nothing there, and is not told.
"""

from __future__ import annotations

import sys
from _thread import get_ident, get_native_id
from struct import Struct
from time import monotonic_ns

from concviz.events import Table
from concviz.probes import gil, here, seam

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

IDENTS = Struct("<QQ")
"""In a thread state, side by side: the thread's ident, and its native id."""

STATE_BYTES = 256
"""So near to a thread state's beginning they lie."""

OWN_STATES_SINCE = (3, 13)
"""Before, whoever entered an interpreter borrowed the thread state of who had made it; but only one could be in there."""

MANY = 1000
"""No more interpreters than this are gone through."""


_entered: dict[int, int] = {}
"""Number -> native id of the thread that was last told to enter it; only where its thread state does not say."""


def install(module: Any) -> None:
    """Tell of each interpreter that the module makes or destroys."""
    seam.replace(module, "create", _make_create)
    seam.replace(module, "destroy", _make_destroy)
    if sys.version_info < OWN_STATES_SINCE:
        seam.replace(module, "run_string", _make_run_string)


def _make_create(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(*args: Any, **settings: Any) -> Any:
        made = original(*args, **settings)
        place = _own_gil(int(made))
        if place:
            _tell(int(made), place)
        return made

    return create


def _make_destroy(original: Callable[..., Any]) -> Callable[..., Any]:
    def destroy(id: Any, *args: Any, **settings: Any) -> Any:
        number = int(id) if hasattr(id, "__index__") or hasattr(id, "__int__") else 0
        if number:
            _tell(number, "")  # before: afterwards the memory is another's
        return original(id, *args, **settings)

    return destroy


def _make_run_string(original: Callable[..., Any]) -> Callable[..., Any]:
    def run_string(id: Any, *args: Any, **settings: Any) -> Any:
        number = int(id) if hasattr(id, "__index__") or hasattr(id, "__int__") else 0
        if number and _entered.get(number) != get_native_id():
            place = _own_gil(number)
            if place:
                _tell(number, place)
        return original(id, *args, **settings)

    return run_string


def _tell(number: int, place: str) -> None:
    native_at = _native_at() if sys.version_info >= OWN_STATES_SINCE else 0
    _entered[number] = native = 0 if native_at else get_native_id()
    here.process().names.new(Table.INTERPRETER, number, place, native_at, native, monotonic_ns())


def _own_gil(number: int) -> str:
    """Where the GIL of the interpreter of that number lies, in hex; "" if it has none of its own, or it cannot be told."""
    words = gil.place().split()
    if len(words) != 3 or not words[0].startswith("0x"):
        return ""
    from ctypes import c_int64, c_uint64, c_void_p, pythonapi

    own, main = int(words[0], 16), int(words[2], 16)
    first, following, number_of = pythonapi.PyInterpreterState_Head, pythonapi.PyInterpreterState_Next, pythonapi.PyInterpreterState_GetID
    first.restype = following.restype = c_void_p
    following.argtypes = number_of.argtypes = (c_void_p,)
    number_of.restype = c_int64
    interpreter = first()
    for _ in range(MANY):
        if not interpreter or number_of(interpreter) == number:
            break
        interpreter = following(interpreter)
    else:
        interpreter = None
    if not interpreter or interpreter == main:
        return ""
    place = interpreter + own - main
    return hex(place) if c_uint64.from_address(place).value else ""  # the switch interval, which a GIL has


def _native_at() -> int:
    """How far into a thread state its thread's native id lies, in bytes; 0: not found."""
    from ctypes import string_at

    state = string_at(gil.thread_state(), STATE_BYTES)
    at = state.find(IDENTS.pack(get_ident(), get_native_id()))
    return at + IDENTS.size // 2 if at >= 0 else 0
