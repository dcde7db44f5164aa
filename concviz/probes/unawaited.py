"""Coroutines that were never awaited: the interpreter says so by `warnings._warn_unawaited_coroutine`, when one is thrown away.

That function warns in the name of its caller, counted in frames, and an error that a filter makes of the warning shows
them. So no frame of ours may lie between: ours is the same code, and hears when it looks up what it warns by. What is
printed, how often and where stays as it was. Where the code does it otherwise, it is left alone.
"""

from __future__ import annotations

import sys
from types import FunctionType

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.sites import site
from concviz.probes.variables import variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

_COMPLAINT = int(Kind.COMPLAINT)
_WARNS_BY = ("warn", "_wm")
"""What the code looks up last: the function; from 3.14 on its module."""

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our function into `warnings`."""
    original = getattr(module, "_warn_unawaited_coroutine", None)
    if type(original) is FunctionType and any(name in original.__code__.co_names for name in _WARNS_BY):
        seam.replace(module, "_warn_unawaited_coroutine", _make)


def _make(original: Any) -> Any:
    heard = _Globals(original.__globals__)
    return FunctionType(original.__code__, heard, original.__name__, original.__defaults__, original.__closure__)


class _Globals(dict):  # type: ignore[type-arg]  # typing is not imported here
    """The globals of the original code, as they are at each moment."""

    def __init__(self, real: dict[str, Any]) -> None:
        super().__init__(real)
        self._real = real

    def __getitem__(self, name: str) -> Any:
        if name in _WARNS_BY:
            _note(_frame(1))
        return self._real[name]


def _note(frame: FrameType) -> None:
    """`frame` runs the original code: its first variable is the coroutine, its caller threw that away."""
    coroutine = variables(frame).get(frame.f_code.co_varnames[0])
    me = here.mine.me
    words = f"coroutine '{getattr(coroutine, '__qualname__', '')}' was never awaited"
    me.emit(_COMPLAINT, 0, site(frame.f_back), me.process.names.new(Table.TEXT, words))
