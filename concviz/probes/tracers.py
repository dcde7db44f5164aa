"""sys.settrace and sys.setprofile: a debugger or a coverage tool that the program brings does not step into our frames.

`sys.gettrace` tells what the program has set, and nothing of the trace function of ours. A tracer made in C that puts itself in place
(coverage's) sees our frames, and chooses by their file.
"""

from __future__ import annotations

import sys

from concviz.probes import seam
from concviz.probes.sites import probe_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    Set = Callable[[Any], None]
    Get = Callable[[], Any]

PAIRS = (("settrace", "gettrace"), ("setprofile", "getprofile"))
"""What sets, and what tells what is set."""


class Theirs:
    """The program's function, called for its own frames and the library's."""

    __slots__ = ("function",)

    def __init__(self, function: Any) -> None:
        self.function = function

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:
        """As the interpreter calls it; None: nothing is to be told of this frame."""
        if probe_file(frame.f_code.co_filename):
            return None
        return self.function(frame, event, arg)


def install(module: Any) -> None:
    """Put our functions into `sys`."""
    for setter, getter in PAIRS:
        seam.replace(module, setter, _make_set)
        seam.replace(module, getter, _make_get)


def bare(name: str) -> Any:
    """The interpreter's own function of this name."""
    function = getattr(sys, name)
    return getattr(function, "__wrapped__", function)


def _make_set(original: Set) -> Set:
    def set_function(function: Any, /) -> None:
        original(function if function is None else Theirs(function))

    return set_function


def _make_get(original: Get) -> Get:
    def get_function() -> Any:
        function = original()
        if isinstance(function, Theirs):
            return function.function
        code = getattr(function, "__code__", None)
        return None if code is not None and probe_file(code.co_filename) else function

    return get_function
