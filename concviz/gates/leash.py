"""A process that ends with its parent, however that ends. Linux; elsewhere it ends when it next asks its scheduler, which is gone."""

from __future__ import annotations

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1
"""Option of prctl(2)."""

_library = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """In a child: be killed when the parent's thread that made this process ends."""
    if _library is not None:
        _library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
