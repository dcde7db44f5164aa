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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
"""Options of prctl(2)."""

KILL_SECONDS = 2.0
"""How long killing may take before it is given up."""

TIDY_SECONDS = 1.0
"""How long a program's resource tracker has for what its processes left behind, before it is killed too."""

TRACKER = b"multiprocessing.resource_tracker"
"""What its command line holds. It ends by itself, once all whose semaphores and shared memory it knows are gone, and unlinks these."""


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
    for child, parent, _ in _living():
        children.setdefault(parent, []).append(child)
    found: list[int] = []
    level = [pid]
    while level:
        level = [child for parent in level for child in children.get(parent, [])]
        found += level
    return found


def _living() -> Iterator[tuple[int, int, int]]:
    """Each process that is no zombie: its id, its parent's and its group's."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent, group = entry.read_text(errors="replace").rpartition(")")[2].split()[:3]
            if state != "Z":
                yield int(entry.parent.name), int(parent), int(group)


def kill_below(pid: int, group: int) -> None:
    """SIGKILL to the group and to all below `pid` (this process), and reap them, until none is left."""

    def left() -> list[int]:
        reap()
        return below(pid)

    _kill_all(left, group)


def kill_group(group: int) -> None:
    """SIGKILL to all of a process group, until none is left but zombies."""
    _kill_all(lambda: [child for child, _, its in _living() if its == group], group)


def _kill_all(find: Callable[[], list[int]], group: int) -> None:
    """Kill whatever `find` gives; a resource tracker last, and only if it does not end by itself when all others are gone."""
    until = time.monotonic() + KILL_SECONDS
    trackers = {child for child in find() if _is_tracker(child)}
    if group and not trackers:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    tidy_until = time.monotonic() + TIDY_SECONDS
    while (now := time.monotonic()) < until:
        left = set(find())
        if not left:
            return
        for child in left if now > tidy_until else left - trackers:
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.002)


def _is_tracker(pid: int) -> bool:
    try:
        return TRACKER in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


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
