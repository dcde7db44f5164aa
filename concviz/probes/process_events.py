"""multiprocessing's Condition, Event and Barrier: who waits, who woke them.

All waiting is done in a condition, on a semaphore inside it: our events stand around exactly that wait, between the
lock's release and its return. An Event or Barrier gives its condition its own note. Who woke a worker of another
process only the order of all events can tell, so WOKE says 0.
"""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.process_locks import hush, recursive, speak, value
from concviz.probes.process_notes import ProcessNote, maker, note_of, pin
from concviz.probes.sites import outer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_frame = outer


def install(module: Any) -> None:
    """Put our methods into the classes of `multiprocessing.synchronize`."""
    condition, event, barrier = module.Condition, module.Event, module.Barrier
    seam.replace(condition, "__init__", _make_init(_condition_made))
    seam.replace(condition, "__setstate__", _make_condition_setstate)
    seam.replace(condition, "notify", _make_notify)
    seam.replace(event, "__init__", _make_init(_event_made))
    for name, kind in (("set", Kind.NOTIFIED), ("clear", Kind.CLEARED), ("wait", None), ("is_set", None)):
        seam.replace(event, name, _make_event_method(kind))
    seam.replace(barrier, "__init__", _make_init(_barrier_made))
    seam.replace(barrier, "__setstate__", _make_barrier_setstate)


def attach(condition: Any, note: ProcessNote, speaks: bool) -> None:
    """Let a condition's waits be those of what the note is about; its lock's events too if `speaks`, else none at all."""
    pin(condition, note)
    condition._wait_semaphore.acquire = _waiting(condition, note)
    if speaks:
        speak(condition._lock, note)
    condition._make_methods()


def waiters(condition: Any) -> int:
    """How many wait in it now; -1 where the system does not tell."""
    asleep, woken = value(condition._sleeping_count._semlock)(), value(condition._woken_count._semlock)()
    return asleep - woken if asleep >= 0 else -1


def _waiting(condition: Any, note: ProcessNote) -> Callable[..., bool]:
    """Stands for the acquire of the semaphore that a condition's waiters sleep on."""
    bare = condition._wait_semaphore._semlock.acquire
    asleep, awake = value(condition._sleeping_count._semlock), value(condition._woken_count._semlock)

    def acquire(block: bool = True, timeout: float | None = None) -> bool:
        if not block:
            return bare(block, timeout)  # type: ignore[no-any-return]
        frame = _frame(1)
        note.emit(Kind.WAIT, frame, asleep() - awake())
        woken = False
        try:
            woken = bool(bare(block, timeout))
        finally:
            note.emit(Kind.WOKE if woken else Kind.TIMED_OUT, frame)
        return woken

    return acquire


def _make_init(made: Callable[..., None]) -> Callable[..., Any]:
    """An __init__ inside which nothing speaks, and after which `made` gives a note to what the program made itself."""

    def make(original: Callable[..., None]) -> Callable[..., None]:
        def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it becomes one
            me = here.mine.me
            me.depth += 1
            try:
                original(self, *args, **kwargs)
            finally:
                me.depth -= 1
            if not me.depth:
                frame, _ = maker(_frame(1))
                if frame is not None:
                    made(self, frame, args, kwargs)

        return __init__

    return make


def _condition_made(self: Any, frame: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    given = args[0] if args else kwargs.get("lock")
    note = ProcessNote("Condition", self._wait_semaphore._semlock.name, (self,), frame)
    attach(self, note, speaks=not given)


def _event_made(self: Any, frame: Any, *_: Any) -> None:
    attach(self._cond, ProcessNote("Event", self._flag._semlock.name, (self,), frame), speaks=False)


def _barrier_made(self: Any, frame: Any, *_: Any) -> None:
    note = ProcessNote("Barrier", self._cond._wait_semaphore._semlock.name, (self,), frame, self._parties)
    pin(self, note)
    attach(self._cond, note, speaks=False)


def _make_condition_setstate(original: Callable[..., None]) -> Callable[..., None]:
    """It came from another process. A lock given to it when it was made cannot be told from its own, an RLock."""

    def __setstate__(self: Any, state: Any) -> None:  # noqa: N807 - it becomes one
        original(self, state)
        for part in (self._sleeping_count, self._woken_count, self._wait_semaphore):
            hush(part)
        note = ProcessNote("Condition", self._wait_semaphore._semlock.name, (self,), None)
        attach(self, note, speaks=recursive(self._lock))

    return __setstate__


def _make_barrier_setstate(original: Callable[..., None]) -> Callable[..., None]:
    def __setstate__(self: Any, state: Any) -> None:  # noqa: N807 - it becomes one
        original(self, state)
        if not here.mine.me.depth:
            hush(self._cond._lock)
            note = ProcessNote("Barrier", self._cond._wait_semaphore._semlock.name, (self,), None)
            pin(self, note)
            attach(self._cond, note, speaks=False)

    return __setstate__


def _make_notify(original: Callable[..., None]) -> Callable[..., None]:
    def notify(self: Any, n: int = 1) -> None:
        note = note_of(self)
        if note is not None and self._lock._semlock._is_mine():
            waiting = waiters(self)
            if waiting or note.kind == "Condition":  # a barrier notifies once more when the last has left
                note.emit(Kind.NOTIFIED, _frame(1), min(n, waiting))
        original(self, n)

    return notify


def _make_event_method(kind: Kind | None) -> Callable[..., Any]:
    """An event's method; what it does, but for waiting, is noted before it is done."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            note = _event_note(self)
            if kind is None or note is None:
                return original(self, *args, **kwargs)
            note.emit(kind, _frame(1), waiters(self._cond) if kind == Kind.NOTIFIED else 0)
            me = here.mine.me
            me.depth += 1
            try:
                return original(self, *args, **kwargs)
            finally:
                me.depth -= 1

        return method

    return make


def _event_note(event: Any) -> Any:
    """An event's note; one that came from another process is given it here, at its first use."""
    condition = event._cond
    note = note_of(condition)
    if note is not None and note.kind == "Condition":
        hush(condition._lock)
        hush(event._flag)
        note = ProcessNote("Event", event._flag._semlock.name, (event,), None)
        attach(condition, note, speaks=False)
    return note
