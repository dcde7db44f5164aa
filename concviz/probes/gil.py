"""Where this process's GIL lies in memory, so that its holder can be read from outside without our help.

CPython keeps, in the memory behind the symbol `_PyRuntime`, the switch interval, the last holder (a thread state's
address), whether it is locked, and a count of switches, side by side (Python/ceval_gil.c, `struct _gil_runtime_state`;
the same order from 3.11 to 3.15). An odd interval, set for a moment, marks the place: it is taken only when it is
found once and once only, followed by the address of the calling thread's own state and by "locked".
"""

from __future__ import annotations

import sys
from struct import Struct

MARK_MICROSECONDS = 12347
"""The interval that marks the place; any value that memory is unlikely to hold."""

PATTERN = Struct("<QQi")
"""interval in µs, last holder, locked."""

INTERPRETERS = Struct("<QQq")
"""The newest interpreter, the main one, the next one's id: as long as there is one, it is twice itself, and 1."""

OWN_GIL_SINCE = (3, 12)
"""From this version on, interpreters made later can have GILs of their own (PEP 684)."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def place() -> str:
    """What `find` gives, looked for once: a forked child's GIL lies where its parent's does."""
    global _place
    if not _place:
        _place = find()
    return _place


def find() -> str:
    """The address in hex ("0x..."), or in words why there is none. Called with one thread, before the program.

    Where interpreters can have GILs of their own, two more follow: where the newest interpreter's address stands, and
    the main one's. While these are the same there is one interpreter, and one GIL.
    """
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        return "this interpreter runs without the GIL"
    if sys.platform != "linux" or sys.implementation.name != "cpython":
        return "only known for CPython on Linux"
    try:
        import ctypes
    except ImportError:
        return "this interpreter has no ctypes"
    start = ctypes.addressof(ctypes.c_char.in_dll(ctypes.pythonapi, "_PyRuntime"))
    end = mapped_until(start)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(MARK_MICROSECONDS / 1e6)
    try:
        memory = ctypes.string_at(start, end - start)
    finally:
        sys.setswitchinterval(interval)
    wanted = PATTERN.pack(MARK_MICROSECONDS, thread_state(), 1)
    at = memory.find(wanted)
    if at < 0 or memory.find(wanted, at + 1) >= 0:
        return "not found in this interpreter's memory"
    return " ".join(map(hex, (start + at, *_interpreters(start, memory))))


def _interpreters(start: int, memory: bytes) -> tuple[int, ...]:
    """(where the newest interpreter's address stands, the main one's); nothing where that cannot be told."""
    import ctypes

    if sys.version_info < OWN_GIL_SINCE:
        return ()
    get = ctypes.pythonapi.PyInterpreterState_Main
    get.restype = ctypes.c_void_p
    main = get()
    wanted = INTERPRETERS.pack(main, main, 1)
    at = memory.find(wanted)
    return () if at < 0 or memory.find(wanted, at + 1) >= 0 else (start + at, main)


def mapped_until(address: int) -> int:
    """The end of the run of adjoining writable mappings that holds this address."""
    end = 0
    with open("/proc/self/maps") as maps:
        for line in maps:
            span, rights = line.split()[:2]
            low, high = (int(edge, 16) for edge in span.split("-"))
            if low <= address < high or (end == low and rights.startswith("rw")):
                end = high
    return end


def thread_state() -> int:
    """The address of the calling thread's state; 0 where nothing would be done with it."""
    global _get
    if _get is None and sys.platform == "linux":
        import ctypes

        _get = ctypes.pythonapi.PyThreadState_Get
        _get.restype = ctypes.c_void_p
    return _get() if _get is not None else 0


_get: Any = None
_place = ""
