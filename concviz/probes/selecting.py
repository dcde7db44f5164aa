"""selectors: when a worker waits for input or output, as an event loop does when it has nothing else to do."""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.sites import caller, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SELECTORS = ("SelectSelector", "PollSelector", "EpollSelector", "DevpollSelector", "KqueueSelector")
"""Each system has some of them."""

_WAIT, _DONE = int(Kind.IO_WAIT), int(Kind.IO_DONE)


def install(module: Any) -> None:
    """Put our `select` into every selector of this system."""
    done = set()
    for name in SELECTORS:
        owner = getattr(module, name, None)
        while owner is not None and "select" not in owner.__dict__:
            owner = owner.__base__
        if owner is not None and owner not in done:
            done.add(owner)
            seam.replace(owner, "select", _make_select)


def _make_select(original: Callable[..., Any]) -> Callable[..., Any]:
    def select(self: Any, timeout: float | None = None) -> Any:
        if timeout is not None and timeout <= 0:
            return original(self, timeout)
        me = here.mine.me
        if me.depth:
            return original(self, timeout)
        where = site(caller())
        emit = me.emit
        emit(_WAIT, 0, where, 0)
        try:
            return original(self, timeout)
        finally:
            emit(_DONE, 0, where, 0)

    return select
