"""What stands in the place of what: the one list of originals and their stand-ins."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_by_original: dict[int, tuple[Any, Any]] = {}


def put(owner: Any, name: str, stand_in: Any) -> None:
    """Replace an attribute of a module or class, if it is there."""
    original = getattr(owner, name, None)
    if original is None or original is stand_in:
        return
    _by_original.setdefault(id(original), (original, stand_in))
    setattr(owner, name, stand_in)


def in_scope(scope: dict[str, Any]) -> None:
    """Originals that were imported by name before they were replaced."""
    for name, value in list(scope.items()):
        found = _by_original.get(id(value))
        if found is not None and found[0] is value:
            scope[name] = found[1]
