"""What a creating statement stores its object in, read from the code after the call: `self.lock = Lock()`."""

from __future__ import annotations

from opcode import opname

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

IN_CONTAINER = "[]"
"""Stands for "it becomes an item of a list, tuple, set or dict"."""

_INTO = {"LIST_APPEND", "SET_ADD", "MAP_ADD", "BUILD_LIST", "BUILD_TUPLE", "BUILD_MAP", "BUILD_CONST_KEY_MAP", "STORE_SUBSCR"}


def target(code: CodeType, at: int) -> str:
    """The variable or attribute that the result of the call at this offset goes to; "" when it goes elsewhere."""
    steps = _steps(code, at + 2)
    name, arg = next(steps, ("", 0))
    while name in {"COPY", "NOP"}:
        name, arg = next(steps, ("", 0))
    if name in _INTO:
        return IN_CONTAINER
    stored = _stored(code, name, arg)
    if stored or not name.startswith("LOAD_"):
        return stored
    owner = _loaded(code, name, arg)
    name, arg = next(steps, ("", 0))
    return f"{owner}.{code.co_names[arg]}" if owner and name == "STORE_ATTR" else ""


def _steps(code: CodeType, at: int) -> Iterator[tuple[str, int]]:
    """Instructions from this offset on: name and whole argument."""
    code_bytes, high = code.co_code, 0
    for offset in range(at, len(code_bytes), 2):
        name, arg = opname[code_bytes[offset]], code_bytes[offset + 1]
        if name == "EXTENDED_ARG":
            high = (high | arg) << 8
        elif name != "CACHE":
            yield name, high | arg
            high = 0


def _stored(code: CodeType, name: str, arg: int) -> str:
    if name in {"STORE_NAME", "STORE_GLOBAL"}:
        return code.co_names[arg]
    if name in {"STORE_FAST", "STORE_DEREF"}:
        return _variable(code, arg)
    if name in {"STORE_FAST_STORE_FAST", "STORE_FAST_LOAD_FAST"}:
        return _variable(code, arg >> 4)
    return ""


def _loaded(code: CodeType, name: str, arg: int) -> str:
    if name in {"LOAD_NAME", "LOAD_FAST", "LOAD_FAST_BORROW", "LOAD_FAST_CHECK", "LOAD_DEREF"}:
        return code.co_names[arg] if name == "LOAD_NAME" else _variable(code, arg)
    if name == "LOAD_GLOBAL":
        return code.co_names[arg >> 1]
    return ""


def _variable(code: CodeType, index: int) -> str:
    """The name of a fast local, cell or free variable."""
    names = code.co_varnames
    if index < len(names):
        return names[index]
    cells = [name for name in code.co_cellvars if name not in names]
    rest = (*cells, *code.co_freevars)
    return rest[index - len(names)] if index - len(names) < len(rest) else ""
