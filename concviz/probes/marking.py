"""What a watched program notes about itself through `concviz.mark`, `event` and `counter`."""

from __future__ import annotations

from concviz.events import Kind, Table
from concviz.probes import here
from concviz.probes.sites import caller, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_MARK, _BEGUN, _OVER, _COUNTED = int(Kind.MARK), int(Kind.MARK_BEGUN), int(Kind.MARK_OVER), int(Kind.COUNTED)

LONGEST = 2**63 - 1
"""What a record's number can hold; larger ones are shown as this."""


def install(module: Any, watch: Any = None) -> None:
    """Put ours into the package `concviz` itself. `watch`: what stays there; None: who is watched as a whole only marks its parts."""
    module.mark, module.event, module.counter = mark, event, counter
    module.watch = watch or _watch


class mark:  # noqa: N801 - read as a verb: `with concviz.mark("stage 2")`
    """A context manager, or a decorator: what it encloses is called `text` in the lanes of whoever runs it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __enter__(self) -> None:
        here.mine.me.emit(_BEGUN, 0, site(caller()), _known(self._text))

    def __exit__(self, *error: object) -> None:
        here.mine.me.emit(_OVER, 0, site(caller()), _known(self._text))

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, marked each time it runs."""
        from functools import wraps

        @wraps(function)
        def marked(*args: Any, **kwargs: Any) -> Any:
            with self:
                return function(*args, **kwargs)

        return marked


def _watch(path: Any, **how: Any) -> mark:
    return mark(str(how.get("title") or path))


def event(text: str) -> None:
    """Something happened here and now."""
    here.mine.me.emit(_MARK, 0, site(caller()), _known(text))


def counter(name: str, value: int) -> None:
    """The number called `name` is `value` from now on; a row among the resources shows it."""
    where = site(caller())
    number = here.process().names.intern(Table.RESOURCE, "", "Counter", str(name), "", 0)
    here.mine.me.emit(_COUNTED, number, where, max(-LONGEST, min(LONGEST, int(value))))


def _known(text: str) -> int:
    return here.process().names.intern(Table.TEXT, str(text))
