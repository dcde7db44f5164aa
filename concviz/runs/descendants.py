"""The processes below one: found, killed and reaped, so that nothing stays behind.

Linux: the kernel's process table, and a child subreaper that inherits what the program orphans
(prctl(2), PR_SET_CHILD_SUBREAPER). Elsewhere: the program's process group only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
"""Options of prctl(2)."""

KILL_SECONDS = 2.0
"""How long killing may take before it is given up."""


def become_subreaper() -> bool:
    """Inherit the orphans of all below this process; False where the platform has no such thing."""
    return _prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """In a child before exec: be killed when the parent's thread that made this process ends."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(option: int, value: int) -> bool:
    """prctl(2); False where it failed or is not known. Loaded before any fork."""
    return _LIBRARY is not None and bool(_LIBRARY.prctl(option, value, 0, 0, 0) == 0)


_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


def below(pid: int) -> list[int]:
    """All living processes below this one, any depth; zombies left out. Empty where there is no /proc."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = entry.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z":
                children.setdefault(int(parent), []).append(int(entry.parent.name))
    found: list[int] = []
    level = [pid]
    while level:
        level = [child for parent in level for child in children.get(parent, [])]
        found += level
    return found


def kill_below(pid: int, group: int) -> None:
    """SIGKILL to the group and to all below `pid` (this process), and reap them, until none is left."""
    until = time.monotonic() + KILL_SECONDS
    if group:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    while time.monotonic() < until:
        reap()
        left = below(pid)
        if not left:
            return
        for child in left:
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.002)


def reap() -> None:
    """Take the exit status of every child that has ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def alive(pid: int) -> bool:
    """Whether such a process exists and is no zombie."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    if Path("/proc/self").exists():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
