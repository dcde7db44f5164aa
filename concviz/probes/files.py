"""os.read where it may wait: on pipes, terminals and sockets. A plain file is always ready.

What the standard library reads so for itself, others tell. What a program reads by `open` is made in C and says nothing: that it
waits is seen from outside, as a write into a full pipe is.
"""

from __future__ import annotations

import os
from stat import S_ISBLK, S_ISDIR, S_ISREG

from concviz.probes import seam
from concviz.probes.sites import called_by_standard
from concviz.probes.waiting_calls import make_waiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KINDS = {0o010000: "pipe", 0o020000: "terminal", 0o140000: "socket"}
"""The type of a file, as `os.stat` has it -> what it is called."""

_fstat = os.fstat
_get_blocking = getattr(os, "get_blocking", lambda _: True)


def install(module: Any) -> None:
    """Put our functions into `os`."""
    for name in ("read", "readv"):
        seam.replace(module, name, make_waiting("File", _name))


def _name(fd: Any = -1, *_: Any) -> str | None:
    if called_by_standard(2):
        return None
    try:
        mode = _fstat(fd).st_mode
        if S_ISREG(mode) or S_ISDIR(mode) or S_ISBLK(mode) or not _get_blocking(fd):
            return None
    except (OSError, TypeError, ValueError):
        return None  # the original says what is wrong
    return f"{KINDS.get(mode & 0o170000, 'file')} {fd}"
