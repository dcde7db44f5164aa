"""What processes share: whose it is, who made it, and what it is called in all of them."""

from __future__ import annotations

import os
import sys

from concviz.gates import scheduler
from concviz.gates.places import own_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Why, Worker

_PACKAGE = os.sep + "multiprocessing" + os.sep


def maker(thing: object, depth: int, files: frozenset[str]) -> FrameType | None:
    """The program's frame that makes this thing, by way of these files of `multiprocessing` at most; None: it is a part of another."""
    frame: FrameType | None = sys._getframe(depth + 1)
    while frame is not None:
        name = frame.f_code.co_filename
        own = name.rpartition(_PACKAGE)[2] in files or any(frame.f_locals.get(word) is thing for word in ("self", "_"))
        if not own and not name.startswith(os.path.dirname(__file__)):
            return frame if own_file(name) else None
        frame = frame.f_back
    return None


def made(thing: Any, depth: int, files: frozenset[str]) -> bool:
    """Somebody makes it: whether that is the program itself, so that what is done with it are steps."""
    found = scheduler.run()
    frame = maker(thing, depth + 1, files)
    if found is not None and frame is not None:
        found.names.made(thing, frame)
        found.names.shared.append((thing, type(thing).__name__))
    return frame is not None


def held(name: str) -> Why:
    """Why a shared lock is not to be had: the scheduler knows its holder, wherever that is."""

    def why() -> tuple[str, tuple[int, ...]]:
        found = scheduler.current_run()
        holder = found.family.holder(name) if found is not None else None
        return (f"`{name}` is held", ()) if holder is None else held_by(name, holder)

    return why


def held_by(name: str, holder: Worker) -> tuple[str, tuple[int, ...]]:
    """Why a lock is not to be had that this worker has, or had when it ended."""
    if holder.alive:
        return f"`{name}` is held by {holder.name}", (holder.number,)
    return f"`{name}` is held by {holder.name}, which has ended", ()


def escape(found: Scheduler, words: str) -> None:
    """Something happened that other programs have a part in."""
    if words not in found.escaped:
        found.escaped.append(words)


def carry(owner: Any) -> None:
    """What is pickled of a thing, for another process of the run, has its name with it."""
    pack, unpack = owner.__getstate__, owner.__setstate__

    def get(self: Any) -> tuple[Any, ...]:
        return (*pack(self), _Carried((getattr(self, "_concviz_name", ""), getattr(self, "_concviz_hidden", False))))

    def put(self: Any, state: tuple[Any, ...]) -> None:
        if state and isinstance(state[-1], _Carried):
            self._concviz_name, self._concviz_hidden = state[-1]
            state = state[:-1]
        unpack(self, state)

    owner.__getstate__, owner.__setstate__ = get, put


class _Carried(tuple):  # type: ignore[type-arg]
    """A name, and whether it is hidden."""

    __slots__ = ()
