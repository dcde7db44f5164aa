"""select.select: the worker waits until one of several files is ready. `selectors` has a probe of its own."""

from __future__ import annotations

from concviz.probes import seam
from concviz.probes.sites import called_by_standard
from concviz.probes.waiting_calls import make_waiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def install(module: Any) -> None:
    """Put our `select` into `select`. Its objects for poll and epoll are made in C, and seen from outside alone."""
    seam.replace(module, "select", make_waiting("File", _name))


def _name(*args: Any) -> str | None:
    at_once = len(args) > 3 and isinstance(args[3], int | float) and args[3] <= 0
    return None if at_once or called_by_standard(2) else ""
