"""A stand-in for one function that may wait for input or output: what it waits for, and from when to when."""

from __future__ import annotations

from concviz.events import Kind, Table
from concviz.probes import here
from concviz.probes.sites import outer, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_WAIT, _DONE = int(Kind.IO_WAIT), int(Kind.IO_DONE)
_frame = outer


def make_waiting(kind: str, name_of: Callable[..., str | None]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What makes the stand-in from the original. `name_of`, given its arguments: what is waited for, "" unnamed; None: no wait."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def function(*args: Any, **settings: Any) -> Any:
            me = here.mine.me
            name = None if me.depth else name_of(*args, **settings)
            if name is None:
                return original(*args, **settings)
            ident = here.process().names.intern(Table.RESOURCE, "", kind, name, "", 0) if name else 0
            where = site(_frame(1))
            me.emit(_WAIT, ident, where)
            me.depth += 1
            try:
                return original(*args, **settings)
            finally:
                me.depth -= 1
                me.emit(_DONE, ident, where)

        return function

    return make
