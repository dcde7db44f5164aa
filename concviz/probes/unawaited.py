"""Coroutines that were never awaited: the interpreter says so by `warnings._warn_unawaited_coroutine`, when one is thrown away.

That function warns in the name of its caller, counted in frames. So ours is the same code, with another `warn` that goes
one frame further: what is printed, how often and where stays as it was. Where the code does it otherwise, it is left alone.
"""

from __future__ import annotations

import sys
from types import FunctionType

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.sites import site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

_COMPLAINT = int(Kind.COMPLAINT)
_frame = sys._getframe


class _Elsewhere:
    """Stands for the module of which the code takes `warn` (from 3.14 on)."""

    def __init__(self, warn: Any) -> None:
        self.warn = warn


def install(module: Any) -> None:
    """Put our function into `warnings`."""
    original = getattr(module, "_warn_unawaited_coroutine", None)
    if type(original) is FunctionType and "warn" in original.__code__.co_names:
        seam.replace(module, "_warn_unawaited_coroutine", lambda original: _make(original, module))


def _make(original: Any, module: Any) -> Any:
    def warn(message: Any, category: Any = None, stacklevel: int = 1, source: Any = None) -> None:
        _note(source, _outer())
        module.warn(message, category=category, stacklevel=stacklevel + 1, source=source)

    copied = {**original.__globals__, "warn": warn, "_wm": _Elsewhere(warn)}
    return FunctionType(original.__code__, copied, original.__name__, original.__defaults__, original.__closure__)


def _outer() -> FrameType | None:
    """Who threw the coroutine away; None where no Python code did."""
    try:
        return _frame(3)
    except ValueError:
        return None


def _note(coroutine: Any, frame: FrameType | None) -> None:
    me = here.mine.me
    name = getattr(coroutine, "__qualname__", "")
    me.emit(_COMPLAINT, 0, site(frame), me.process.names.new(Table.TEXT, f"coroutine '{name}' was never awaited"))
