"""What we know of a condition, event, semaphore, barrier or queue: its id, and who woke whom.

These are Python, and all of them wait and wake through a `threading.Condition` inside. So a note is pinned to that
condition, as the attribute `_concviz`, and the condition's own wait and notify (conditions.py) turn to it. What the
standard library makes for itself carries no note and stays silent. The objects keep their class and methods, so that
subclasses, isinstance and copies are as they were.
"""

from __future__ import annotations

from _thread import allocate_lock
from _weakref import ref

from concviz.events import Kind
from concviz.probes import here
from concviz.probes.labels import announce
from concviz.probes.sites import site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from concviz.probes.labels import Place

ATTRIBUTE = "_concviz"
"""The name under which objects carry their note."""


class Note:
    """What is known of one object; subclasses say which kinds its waits and wakes are."""

    __slots__ = ("_by", "_capacity", "_face", "_kind", "_place", "ident")

    def __init__(self, kind: str, face: object, made: Place, capacity: object = "") -> None:
        """`face` is what the program holds and names; the note does not keep it alive."""
        self._kind = kind
        self._face = ref(face)
        self._place = made
        self._capacity = capacity
        self._by: dict[int, int] = {}
        self.ident = 0
        """The resource's id; 0 before its first event."""

    @property
    def face(self) -> Any:
        """What the program holds; None when it is gone."""
        return self._face()

    def announce(self, frame: FrameType | None) -> int:
        """Give it its name, as this frame has it; its id."""
        if not self.ident:
            self.ident = announce(self._kind, (self.face,), self._place, frame, self._capacity)
        return self.ident

    def emit(self, kind: int, frame: FrameType | None, arg: int = 0) -> None:
        """Note an event of the calling thread's worker, unless an outer probe speaks for it."""
        me = here.mine.me
        if not me.depth:
            me.emit(kind, self.ident or self.announce(frame), site(frame), arg)

    def begins(self, condition: Any, frame: FrameType | None) -> None:
        """The calling worker is about to wait."""
        self.emit(Kind.WAIT, frame, len(condition._waiters))

    def ends(self, frame: FrameType | None, woken: bool | None, by: int) -> None:
        """It has waited. `woken`: False when its time was up, None when an exception came."""
        self.emit(Kind.TIMED_OUT if woken is False else Kind.WOKE, frame, by)

    def notifies(self, condition: Any, count: int, frame: FrameType | None) -> None:
        """The calling worker is about to wake so many."""
        self.emit(Kind.NOTIFIED, frame, min(count, len(condition._waiters)))

    def notifies_all(self, condition: Any, frame: FrameType | None) -> None:
        """The calling worker is about to wake all."""
        self.notifies(condition, len(condition._waiters), frame)

    def marks(self, condition: Any, count: int) -> None:
        """Remember who wakes the next so many; the caller holds the condition's lock, so they are the ones."""
        worker = here.mine.me.worker
        for waiter in list(condition._waiters)[:count]:
            self._by[id(waiter)] = worker

    def wait(self, condition: Any, timeout: float | None, frame: FrameType) -> bool:
        """`Condition.wait`, with its events where they belong: the wake comes before the lock is wanted again."""
        if not condition._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        waiter = allocate_lock()
        waiter.acquire()
        condition._waiters.append(waiter)
        waits = timeout is None or timeout > 0
        if waits:
            self.begins(condition, frame)
        saved = condition._release_save()
        woken: bool | None = None
        try:
            woken = waiter.acquire(waits, -1 if timeout is None or not waits else timeout)
            return woken
        finally:
            by = self._by.pop(id(waiter), 0)
            if waits:
                self.ends(frame, woken, by)
            condition._acquire_restore(saved)
            if not woken:
                self._by.pop(id(waiter), 0)
                try:
                    condition._waiters.remove(waiter)
                except ValueError:
                    pass


def note_of(thing: Any) -> Any:
    """The note that an object made in Python carries, or None."""
    return thing.__dict__.get(ATTRIBUTE)


def pin(thing: Any, note: Note) -> None:
    """Make an object carry this note."""
    thing.__dict__[ATTRIBUTE] = note
