"""What our probes have put into the standard library, so that it can be taken out again.

That is all that a module, or one of its classes, had otherwise before an installation than after it. What the program itself has put
there since, stays.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

OURS = "concviz"
"""The package that a program may use itself; what lies below it is ours alone."""

PLAIN = (int, float, str, bytes, tuple, list, set, type(None))
"""What none of our probes puts anywhere."""

MISSING = object()
"""Stands for a name that was not there."""


class Undoing:
    """Owns the list of what was put where."""

    def __init__(self, libraries: set[str]) -> None:
        """`libraries`: the roots of the modules that anything is put into."""
        self._libraries = libraries
        self._done: list[tuple[Any, str, Any, Any]] = []
        self._noted: set[int] = set()

    def noting(self, install: Callable[[], None]) -> None:
        """Install, and note what that changed."""
        before = _all(self._libraries)
        outer, self._noted = self._noted, self._noted | {id(owner) for owner, _ in before}
        try:
            install()
        finally:
            self._noted = outer
        for owner, had in before:
            has = _names(owner)
            changed = [(name, had.get(name, MISSING), value) for name, value in has.items() if had.get(name, MISSING) is not value]
            self._done += [(owner, *each) for each in changed if _ours(each[2])]

    def noting_more(self, module: object, install: Callable[[], None]) -> None:
        """Likewise what is put into one module, which may have come since another installation began."""
        if id(module) in self._noted:
            install()
        else:
            self.noting(install)

    def undo(self) -> None:
        """Take out what is still there, the last first."""
        for owner, name, had, put in reversed(self._done):
            if _names(owner).get(name, MISSING) is not put:
                continue
            try:
                if isinstance(owner, dict):
                    _restore(owner, name, had)
                elif had is MISSING:
                    delattr(owner, name)
                else:
                    setattr(owner, name, had)
            except (AttributeError, TypeError):
                continue
        self._done.clear()


def _restore(table: dict[Any, Any], key: Any, had: Any) -> None:
    if had is MISSING:
        table.pop(key, None)
    else:
        table[key] = had


def _all(libraries: set[str]) -> list[tuple[Any, dict[Any, Any]]]:
    """(module, class or table, what it has) of all these libraries."""
    found: list[tuple[Any, dict[Any, Any]]] = []
    for name, module in list(sys.modules.items()):
        if module is not None and (name == OURS or name.partition(".")[0] in libraries):
            found.append((module, dict(_names(module))))
            found += [(each, dict(_names(each))) for each in _owned(module)]
    table = getattr(sys.modules.get("copyreg"), "dispatch_table", None)
    return found + ([(table, dict(table))] if table is not None else [])


def _owned(module: Any) -> Iterator[type]:
    """The classes that were made there."""
    name = module.__name__
    for each in list(_names(module).values()):
        if isinstance(each, type) and getattr(each, "__module__", "") == name:
            yield each


def _names(owner: Any) -> Any:
    return owner if isinstance(owner, dict) else vars(owner)


def _ours(value: object) -> bool:
    """Whether it may be something of ours: no module that an installation has loaded, nor what the program may count there."""
    return type(value) is not type(sys) and not isinstance(value, PLAIN)
