"""The names by which rewritten code calls us."""

from __future__ import annotations

import builtins

from concviz.gates import containers, memory


def put_in() -> None:
    """Make the calls known to all code; a second time does nothing."""
    if vars(builtins).get("__concviz_get__") is memory.get:
        return
    calls = {
        "get": memory.get,
        "set": memory.set_,
        "slot": memory.Slot,
        "method": containers.method,
        "item": containers.item,
        "put_item": containers.put_item,
        "place": containers.Place,
        "in": containers.contains,
        "all": containers.whole,
        "at": memory.at,
        "name": memory.seen,
        "put": memory.put,
        "slice": slice,
    }
    for name, call in calls.items():
        setattr(builtins, f"__concviz_{name}__", call)
