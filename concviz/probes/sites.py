"""Where in the program: the innermost line of the person's own files on a stack, as a small id.

What is known is kept under `id(code) + f_lasti`. A code object holds its bytecode inside itself, so that sum is an
address inside it and belongs to it alone, as long as it lives, which is seen to. No code object is ever hashed or
compared (that looks at all it contains), and a line number is worked out once for each place.
"""

from __future__ import annotations

import os
import sys

from concviz.events import Table
from concviz.probes import here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType

known: dict[int, int] = {}
"""id(code) + f_lasti -> site id; 0 where the code is not the person's; negative at an edge. Look here first on a hot path."""

edges: set[int] = set()
"""id of code beyond which frames are another's: a forked child's stack lies on its parent's. Such code lives for ever."""

MANY_CODES = 20_000
"""A program that makes code without end is not remembered without end."""

_alive: dict[int, CodeType] = {}
_own: dict[str, str] = {}
_standard: dict[str, bool] = {}

_PROBES = os.path.dirname(os.path.abspath(__file__)) + os.sep
_PACKAGE = os.path.dirname(_PROBES[:-1]) + os.sep
_RING = _PACKAGE + "ring" + os.sep
_SCENARIOS = _PACKAGE + "scenarios" + os.sep
_STANDARD = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
_TESTS = _STANDARD + "test" + os.sep
"""The standard library's own tests are programs like any other."""

_START = os.getcwd() if os.path.isdir(os.curdir) else os.sep
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")


def site(frame: FrameType | None) -> int:
    """The site of the innermost frame, from this one outwards, that runs the person's own code; 0 for none."""
    while frame is not None:
        found = known.get(id(frame.f_code) + frame.f_lasti)
        if found is None:
            found = _learn(frame)
        if found:
            return max(found, 0)
        frame = frame.f_back
    return 0


def own_frame(frame: FrameType | None) -> FrameType | None:
    """The innermost frame, from this one outwards, that runs the person's own code."""
    while frame is not None and not own_file(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def line_site(code: CodeType, line: int) -> int:
    """The site of a line of code that is the person's own."""
    return here.process().names.intern(Table.SITE, own_file(code.co_filename), line, code.co_qualname)


def own_file(name: str) -> str:
    """The absolute path of a code's file when it is the person's own, else ""."""
    path = _own.get(name)
    if path is None:
        path = _own[name] = _absolute(name) if _is_own(_absolute(name)) else ""
    return path


def standard_file(name: str) -> bool:
    """Whether a code's file is the standard library's (or frozen into the interpreter)."""
    found = _standard.get(name)
    if found is None:
        path = _absolute(name)
        found = name.startswith("<frozen") or (path.startswith(_STANDARD) and not any(part in path for part in (*_INSTALLED, _TESTS)))
        _standard[name] = found
    return found


def caller() -> FrameType | None:
    """Who called our stand-in that calls this; None where the interpreter itself did: `atexit`, a bare thread's function."""
    try:
        return sys._getframe(2)
    except ValueError:
        return None


def outer(depth: int) -> FrameType:
    """As `sys._getframe` in the stand-in that calls this; where the interpreter itself calls that one, its own frame."""
    try:
        return sys._getframe(depth + 1)
    except ValueError:
        return sys._getframe(1)


def maker() -> FrameType:
    """Who makes an object by the stand-in that calls this; the stand-in itself where the interpreter does."""
    try:
        return sys._getframe(2)
    except ValueError:
        return sys._getframe(1)


def called_by_standard(depth: int) -> bool:
    """Whether the caller of our stand-in is the standard library; depth as for `sys._getframe` there."""
    try:
        return standard_file(sys._getframe(depth + 1).f_code.co_filename)
    except ValueError:
        return False


def probe_file(name: str) -> bool:
    """Whether a code's file is one of ours."""
    return name.startswith((_PROBES, _RING))


def _absolute(name: str) -> str:
    return name if name.startswith("<") else os.path.normpath(os.path.join(_START, name))


def _is_own(path: str) -> bool:
    if path.startswith(_SCENARIOS):
        return True
    if path.startswith(("<", _PROBES, _PACKAGE + "ring", _PACKAGE + "events.py")) or standard_file(path):
        return False
    return not any(part in path for part in _INSTALLED)


def _learn(frame: FrameType) -> int:
    code = frame.f_code
    if id(code) in edges:
        return -1
    found = line_site(code, frame.f_lineno or code.co_firstlineno) if own_file(code.co_filename) else 0
    if keep(code):
        known[id(code) + frame.f_lasti] = found
    return found


def keep(code: CodeType) -> bool:
    """Keep a code object alive, so that its address stays its own. False: there are too many already."""
    if id(code) not in _alive:
        if len(_alive) >= MANY_CODES:
            return False
        _alive[id(code)] = code
    return True
