"""The variables of a frame, read so that nothing of it stays: before 3.13 a frame keeps what it has once shown.

Such a dict holds its values until the frame ends, also those that the program has deleted since.
"""

from __future__ import annotations

import sys
from sys import getrefcount

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

_FUNCTION = 1
"""Of a code's flags: its variables are not the items of a dict (CO_OPTIMIZED)."""

_KEEPS = sys.version_info < (3, 13)
_OURS = 3
"""References to a frame's dict when the program has not asked for it: the frame's, ours, and that of the asking."""


def variables(frame: FrameType) -> Any:
    """Name -> value. A module's and a class's are the mapping itself, not to be changed; a function's are a copy."""
    found: Any = frame.f_locals
    code = frame.f_code
    if not code.co_flags & _FUNCTION:
        return found
    copy = dict(found)
    if _KEEPS and getrefcount(found) <= _OURS:
        for name in (*code.co_varnames, *code.co_cellvars, *code.co_freevars):
            found.pop(name, None)
    return copy
