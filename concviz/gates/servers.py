"""Managers: their process is a server, which nobody controls; what is asked of it are steps that say so."""

from __future__ import annotations

import sys

from concviz.gates import scheduler
from concviz.gates.outside import outside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def put_in() -> None:
    """Once in a process, when `multiprocessing.managers` is imported."""
    from multiprocessing import managers as module

    managers: Any = module
    for owner, names in (
        (managers.BaseManager, ("start", "connect", "_create", "_finalize_manager")),
        (managers.BaseProxy, ("__init__", "_callmethod", "_decref")),
    ):
        for name in names:
            original = owner.__dict__[name]
            if isinstance(original, staticmethod):
                setattr(owner, name, staticmethod(_real(original.__func__, f"{owner.__name__}.{name}")))
            else:
                setattr(owner, name, _real(original, f"{owner.__name__}.{name}"))


def _real(original: Any, words: str) -> Any:
    def stand_in(*args: Any, **kwargs: Any) -> Any:
        found = scheduler.run()
        if found is None or found.over:
            return original(*args, **kwargs)
        said = f"{type(args[0]).__name__}.{args[1]}" if words.endswith("._callmethod") else words
        with outside(found, said, sys._getframe(1), step="._" not in words or said != words):
            return original(*args, **kwargs)

    stand_in.__name__, stand_in.__qualname__, stand_in.__doc__ = original.__name__, original.__qualname__, original.__doc__
    return stand_in
