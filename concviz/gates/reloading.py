"""Functions that were loaded before anybody asked for their accesses: they get the code that their source gives with points."""

from __future__ import annotations

import sys
import types

from concviz.gates import accesses
from concviz.gates.places import own_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType
    from typing import Any

    Load = Callable[[str], CodeType]

_whole: set[Callable[..., Any]] = set()
"""Functions that were gone through, with all that they reach."""

_done: set[CodeType] = set()
_codes: dict[str, dict[tuple[str, int], CodeType]] = {}


def instrument(function: Callable[..., Any], scope: dict[str, Any], load: Load) -> None:
    """This function, and the others of the person's own that it can reach by names, by classes and by closures.

    `load`: a file's code with points.
    """
    if function in _whole:
        return
    _whole.add(function)
    accesses.put_in()
    seen: set[int] = set()
    waiting: list[Any] = [function, *scope.values()]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        waiting += _inner(thing)
        if isinstance(thing, types.FunctionType) and thing.__code__ not in _done and own_file(thing.__code__.co_filename):
            _exchange(thing, load)


def _inner(thing: Any) -> Iterator[Any]:
    if isinstance(thing, types.MethodType | staticmethod | classmethod):
        yield thing.__func__
    elif isinstance(thing, property):
        yield from (one for one in (thing.fget, thing.fset, thing.fdel) if one is not None)
    elif isinstance(thing, type) and own_file(getattr(sys.modules.get(thing.__module__), "__file__", None) or "<none>"):
        yield from list(vars(thing).values())
    elif isinstance(thing, types.FunctionType) and thing.__closure__:
        for cell in thing.__closure__:
            try:
                yield cell.cell_contents
            except ValueError:
                continue


def _exchange(function: types.FunctionType, load: Load) -> None:
    code = function.__code__
    made = _all_of(code.co_filename, load).get((code.co_qualname, code.co_firstlineno))
    if made is not None and made.co_freevars == code.co_freevars:
        function.__code__ = made
        _done.add(made)


def _all_of(path: str, load: Load) -> dict[tuple[str, int], CodeType]:
    if path not in _codes:
        found: dict[tuple[str, int], CodeType] = {}
        try:
            waiting = [load(path)]
        except (OSError, SyntaxError):
            waiting = []
        while waiting:
            one = waiting.pop()
            found[one.co_qualname, one.co_firstlineno] = one
            waiting += [inner for inner in one.co_consts if isinstance(inner, types.CodeType)]
        _codes[path] = found
    return _codes[path]
