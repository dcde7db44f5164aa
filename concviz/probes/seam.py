"""Puts our function in the place of the standard library's: the one place that patches.

A module is touched when the program imports it, not before, so that a program pays only for what it uses.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

_waiting: dict[str, list[Callable[[Any], None]]] = {}


def when_imported(name: str, install: Callable[[Any], None]) -> None:
    """Call `install(module)` once, right after the module's own code has run; at once when it already has."""
    module = sys.modules.get(name)
    if module is not None:
        install(module)
        return
    _waiting.setdefault(name, []).append(install)


def replace(owner: Any, name: str, make: Callable[[Any], Any]) -> Any:
    """Set `owner.name` to `make(original)`, dressed as the original (name, module, doc, signature); gives it back.

    Does nothing, and gives None, where this Python's owner has no such name.
    """
    original = getattr(owner, name, None)
    if original is None:
        return None
    substitute = make(original)
    dress(substitute, original)
    if isinstance(original, _BUILTIN):
        substitute = as_builtin(substitute, original)
    setattr(owner, name, substitute)
    return substitute


_BUILTIN = type(len)


def as_builtin(function: Callable[..., Any], original: Any) -> Any:
    """The function as a callable that, like one made in C, is no method of a class it is kept in (`wait = time.sleep`).

    It pickles by its name, says what the original says of itself, and is called as directly as an object can be.
    """
    said: dict[str, Any] = {
        "__slots__": (),
        "__call__": staticmethod(function),
        "__class__": property(lambda _: _BUILTIN),
        "__doc__": original.__doc__,
        "__getattr__": lambda _, name: getattr(original, name),
        "__module__": original.__module__,
        "__reduce_ex__": _reduced,
        "__repr__": lambda _: repr(original),
        "__wrapped__": original,
    }
    return type(original.__name__, (), said)()


def _reduced(builtin: Any, _: object) -> Any:
    """By its name where it is found by that; `os.waitpid` says that it is `posix`'s, where the original is still."""
    name = builtin.__name__
    return name if getattr(sys.modules.get(builtin.__module__), name, None) is builtin else same(builtin.__wrapped__)


def dress(substitute: Any, original: Any) -> None:
    """Make `substitute` look like `original` to whoever asks for its name, doc or signature."""
    for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
        try:
            setattr(substitute, attribute, getattr(original, attribute))
        except AttributeError:
            continue
    if hasattr(substitute, "__dict__"):
        substitute.__wrapped__ = original


def pickled_as(metaclass: type, real: type) -> None:
    """Have the class of this metaclass pickled as the real one, which it stands for."""
    when_imported("copyreg", lambda copyreg: copyreg.pickle(metaclass, lambda _: same(real)))


def same(real: Any) -> Any:
    """What `__reduce__` gives for a stand-in: whoever reads the pickle, watched or not, gets the real thing."""
    from copy import copy

    return copy, (real,)


class Finder:
    """Stands first on sys.meta_path; finds nothing itself, but hears when an awaited module is loaded."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As the finders behind it find it."""
        if name not in _waiting:
            return None
        for finder in sys.meta_path:
            if finder is self:
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                _listen(spec, name)
                return spec
        return None


def _listen(spec: ModuleSpec, name: str) -> None:
    """Run what waits for `name` after its loader has run the module's code."""
    loader: Any = spec.loader
    execute = loader.exec_module
    shared = vars(loader).get("exec_module")  # the loader of what is built in is a class, the same for all

    def exec_module(module: ModuleType) -> None:
        if shared is None:
            del loader.exec_module
        else:
            loader.exec_module = shared
        execute(module)
        for install in _waiting.pop(name, ()):
            install(module)

    loader.exec_module = exec_module


def begin() -> None:
    """Start to listen for imports. Called once in a process, before the program's first line."""
    sys.meta_path.insert(0, Finder())
