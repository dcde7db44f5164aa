"""The program's code: compiled once in a process, with its accesses to memory as points where that is asked for."""

from __future__ import annotations

import os
from importlib.machinery import PathFinder, SourceFileLoader

from concviz.gates import replaced
from concviz.gates.places import own_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import CodeType
    from typing import Any

_codes: dict[tuple[str, bool, int], CodeType] = {}

_adopted: dict[int, dict[str, Any]] = {}
"""Namespaces in which originals were replaced; kept alive, so that their ids stay theirs."""


def code(path: str, *, memory: bool) -> CodeType:
    """The code of a file. OSError and SyntaxError are the target's own."""
    key = path, memory, os.stat(path).st_mtime_ns
    found = _codes.get(key)
    if found is None:
        with open(path, "rb") as file:
            found = _codes[key] = compiled(file.read(), os.path.abspath(path), memory=memory)
    return found


def compiled(source: bytes, path: str, *, memory: bool) -> CodeType:
    """Source as code."""
    if memory:
        from concviz.gates.rewriting import rewritten

        return compile(rewritten(source, path), path, "exec", dont_inherit=True)
    return compile(source, path, "exec", dont_inherit=True)


def adopt(function: Callable[..., Any], *, memory: bool) -> None:
    """A function that was loaded before: what it knows of the standard library's primitives is replaced, its accesses become points."""
    scope = getattr(function, "__globals__", None)
    if scope is None:
        return
    if id(scope) not in _adopted:
        _adopted[id(scope)] = scope
        replaced.in_scope(scope)
    if memory:
        from concviz.gates.reloading import instrument

        instrument(function, scope, lambda path: code(path, memory=True))


class _Finder:
    """Finds the person's own modules, as the path does, and has them loaded with their accesses as points."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """As a finder's."""
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader) or not own_file(spec.origin or "<none>"):
            return None
        spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    """Compiles with points; no bytecode file is read or written."""

    def get_code(self, fullname: str) -> CodeType | None:
        """As a loader's."""
        return code(self.path, memory=True)


def watch_imports() -> None:
    """Own modules that are imported from now on have their accesses as points."""
    import sys

    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)


def unwatch_imports() -> None:
    """Imports are as they were."""
    import sys

    if _Finder in sys.meta_path:
        sys.meta_path.remove(_Finder)
