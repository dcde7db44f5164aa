"""Names for what a thread is handed: the starter's frame knows `forks[2]`, where the thread itself has only `left`."""

from __future__ import annotations

from types import MethodType

from concviz.probes.labels import instance, names_in
from concviz.probes.locks import Lock
from concviz.probes.notes import ATTRIBUTE
from concviz.probes.rlocks import RLock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

MANY = 64
"""More things than this are not looked at."""


def introduce(frame: FrameType | None, thread: Any) -> None:
    """Name the unnamed locks, queues and events that this thread will use and this frame has a name for."""
    if frame is None:
        return
    for thing, speaker in _resources(thread):
        if next(names_in(frame, (thing,)), None) is not None:
            speaker.announce(frame)


def _resources(thread: Any) -> Iterator[tuple[object, Any]]:
    """Ours among the thread's arguments and attributes, and its target's: the thing, and who can announce it."""
    held = thread.__dict__
    things = [*held.get("_args", ()), *held.get("_kwargs", {}).values(), *held.values()]
    target = held.get("_target")
    if type(target) is MethodType:
        things += instance(target.__self__).values()
    for thing in things[:MANY]:
        speaker = _speaker(thing)
        if speaker is not None:
            yield thing, speaker


def _speaker(thing: object) -> Any:
    """What announces this thing, when it is one of ours and has no name yet."""
    kind = type(thing)
    if kind is Lock or kind is RLock:
        return None if thing._id else thing  # type: ignore[attr-defined]
    if kind.__module__ in {"threading", "queue"} and kind.__name__ != "Thread" and hasattr(thing, "__dict__"):
        note = thing.__dict__.get(ATTRIBUTE)
        if note is not None and getattr(note, "ident", 1) == 0:
            return note
    return None
