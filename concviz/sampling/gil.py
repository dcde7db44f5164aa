"""The GIL's holder, read from another process's memory, exactly and without its help.

Linux: /proc/PID/mem of a descendant, which costs a third of what process_vm_readv(2) does. The place is told by the
watched process itself (probes/gil.py).
"""

from __future__ import annotations

import os
import sys
from struct import Struct
from struct import error as too_short
from typing import NamedTuple

GIL = Struct("<QQiiQ")
"""interval in µs, last holder, locked, padding, switch number."""

WAITING_BYTES = 256
"""What threads wait on lies so near behind that: two conditions and two mutexes of the C library."""

REFUSED = "the kernel refused to read the memory of the watched process"


class Holding(NamedTuple):
    """One look at a GIL."""

    thread_state: int
    """Address of the state of the thread that holds it, or held it last."""
    locked: bool
    """Whether anybody holds it now."""
    switches: int
    """The interpreter's own count of hand-overs to another thread."""


def meant(data: bytes) -> Holding:
    """What so many bytes say."""
    _, holder, locked, _, switches = GIL.unpack(data)
    return Holding(holder, locked == 1, switches)


class GilReader:
    """Owns the open memory of one process; `close` it."""

    def __init__(self, pid: int, address: int) -> None:
        """OSError when this machine does not permit or know such reading, or when no GIL can lie there."""
        if sys.platform != "linux":
            raise OSError("only Linux lets a parent read the memory of a child")
        self._address = address
        try:
            self._memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise OSError(error.errno, f"{REFUSED} ({error.strerror})") from None
        try:
            _, _, locked, _, _ = GIL.unpack(os.pread(self._memory, GIL.size, address))
        except (OSError, ValueError, OverflowError, too_short) as error:
            self.close()
            raise OSError(f"{REFUSED} ({error})") from None
        if locked not in {0, 1}:
            self.close()
            raise OSError("what lies there is no GIL")

    def look(self) -> Holding | None:
        """Who holds it now; None when the process is gone, or runs another program by now."""
        data = self.read()
        return None if len(data) != GIL.size else meant(data)

    def read(self) -> bytes:
        """The same as bytes, which are cheaper to compare; fewer than GIL's when the process is gone."""
        try:
            return os.pread(self._memory, GIL.size, self._address)
        except OSError:
            return b""

    def word(self, address: int) -> int:
        """The machine word at another address of that process; 0 when it cannot be read."""
        try:
            return int.from_bytes(os.pread(self._memory, 8, address), "little")
        except OSError:
            return 0

    def waited_on(self, address: int) -> bool:
        """Whether a thread that is blocked on a futex there waits for this GIL."""
        return self._address <= address < self._address + GIL.size + WAITING_BYTES

    def close(self) -> None:
        """Close it; afterwards `look` gives None."""
        if self._memory >= 0:
            os.close(self._memory)
            self._memory = -1
