"""Where in the program: the innermost frame of the person's own files."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

    from concviz.gates.worker import Place

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_SCENARIOS = _PACKAGE + "scenarios" + os.sep
_STANDARD = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")
_own: dict[str, bool] = {}


def own_file(name: str) -> bool:
    """Whether a code's file is the person's own: neither the standard library's, nor installed, nor ours."""
    found = _own.get(name)
    if found is None:
        found = _own[name] = _is_own(name)
    return found


def _is_own(name: str) -> bool:
    if name.startswith("<"):
        return False
    path = os.path.abspath(name)
    if path.startswith(_SCENARIOS):
        return True
    return not path.startswith((_PACKAGE, _STANDARD)) and not any(part in path for part in _INSTALLED)


def own_frame(frame: FrameType | None) -> FrameType | None:
    """The innermost of these frames that is the person's own."""
    while frame is not None and not _own.get(frame.f_code.co_filename, False):
        if own_file(frame.f_code.co_filename):
            return frame
        frame = frame.f_back
    return frame


def own_place(frame: FrameType | None) -> Place:
    """File, line and function of it; nowhere when there is none."""
    frame = own_frame(frame)
    if frame is None:
        return "", 0, ""
    return frame.f_code.co_filename, frame.f_lineno or 0, frame.f_code.co_qualname


def called_by_program(depth: int) -> bool:
    """Whether the caller of the function that asks is the person's own code; depth as for `sys._getframe` there."""
    try:
        name = sys._getframe(depth + 1).f_code.co_filename
    except ValueError:
        return False
    return own_file(name)
