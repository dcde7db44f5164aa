"""The GIL's holder, read from another process's memory, exactly and without its help.

Linux: process_vm_readv(2) on a descendant. The place is told by the watched process itself (probes/gil.py).
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from struct import Struct

GIL = Struct("<QQiiQ")
"""interval in µs, last holder, locked, padding, switch number."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One look at a GIL."""

    thread_state: int
    """Address of the state of the thread that holds it, or held it last."""
    locked: bool
    """Whether anybody holds it now."""
    switches: int
    """The interpreter's own count of hand-overs to another thread."""


class _Span(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("size", ctypes.c_size_t))


class GilReader:
    """Owns the buffer for looks at one process's GIL."""

    def __init__(self, pid: int, address: int) -> None:
        """OSError when this machine does not permit or know such reading."""
        if sys.platform != "linux":
            raise OSError("only Linux lets a parent read the memory of a child")
        self._pid = pid
        self._buffer = ctypes.create_string_buffer(GIL.size)
        self._here = _Span(ctypes.cast(self._buffer, ctypes.c_void_p), GIL.size)
        self._there = _Span(ctypes.c_void_p(address), GIL.size)
        self._spans = ctypes.byref(self._here), 1, ctypes.byref(self._there), 1, 0
        self._readv = ctypes.CDLL(None, use_errno=True).process_vm_readv
        self._readv.restype = ctypes.c_ssize_t
        if self.look() is None:
            raise OSError(ctypes.get_errno(), "the kernel refused to read the memory of the watched process")

    def look(self) -> Holding | None:
        """Who holds it now; None when the process is gone or may not be read."""
        if self._readv(self._pid, *self._spans) != GIL.size:
            return None
        _, holder, locked, _, switches = GIL.unpack_from(self._buffer)
        return Holding(holder, locked == 1, switches)
