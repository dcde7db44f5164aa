"""multiprocessing's Lock, RLock, Semaphore and BoundedSemaphore: who has one, who waits for one.

All four are a semaphore of the system, and each object carries `acquire` and `release` as attributes of its own: there
ours go. What multiprocessing makes for itself keeps the bare ones. Who holds a lock is known only when it is a worker
of this process; else the last ACQUIRED of all processes says it.
"""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.process_notes import ATTRIBUTE, ProcessNote, maker, note_of, pin
from concviz.probes.sites import known, outer, site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType
    from typing import Any

_ACQUIRED, _RELEASED, _REQUESTED, _REFUSED = int(Kind.ACQUIRED), int(Kind.RELEASED), int(Kind.REQUESTED), int(Kind.REFUSED)
_KINDS = ("BoundedSemaphore", "Lock", "RLock", "Semaphore")
_ENTER, _LEAVE = "_concviz_enter", "_concviz_leave"
_frame = outer
_known = known.get


def install(module: Any) -> None:
    """Put our methods into `multiprocessing.synchronize.SemLock`, which all four are."""
    lock = module.SemLock
    seam.replace(lock, "__init__", _make_init)
    seam.replace(lock, "__setstate__", _make_setstate)
    seam.replace(lock, "__enter__", _make_enter)
    seam.replace(lock, "__exit__", _make_exit)


def recursive(lock: Any) -> bool:
    """Whether it is an RLock."""
    return bool(lock._semlock.kind == 0)


def value(semlock: Any) -> Callable[[], int]:
    """What gives a semaphore's value; -1 where the system does not tell (macOS)."""
    try:
        semlock._get_value()
    except NotImplementedError:
        return lambda: -1
    return semlock._get_value  # type: ignore[no-any-return]


def hush(lock: Any) -> None:
    """Let a lock be silent, as those inside of other things are."""
    for name in (ATTRIBUTE, _ENTER, _LEAVE):
        lock.__dict__.pop(name, None)
    lock._make_methods()


def speak(lock: Any, note: ProcessNote) -> None:
    """Let a lock's events be noted, as those of what the note is about."""
    pin(lock, note)
    take, give = _methods(lock, note)

    def acquire(block: bool = True, timeout: float | None = None) -> bool:
        return take(_frame(1), block, timeout)

    def release() -> None:
        give(_frame(1))

    lock.acquire, lock.release = acquire, release
    lock.__dict__[_ENTER], lock.__dict__[_LEAVE] = take, give


def _kind(lock: Any) -> str:
    return next((owner.__name__ for owner in type(lock).__mro__ if owner.__name__ in _KINDS), "Lock")


def _make_init(original: Callable[..., None]) -> Callable[..., None]:
    def __init__(self: Any, kind: int, value: int, maxvalue: int, *, ctx: Any) -> None:  # noqa: N807 - it becomes one
        original(self, kind, value, maxvalue, ctx=ctx)
        if here.mine.me.depth:
            return  # a part of something larger
        made, through = maker(_frame(1))
        if made is not None:
            is_lock = maxvalue == 1 and "Semaphore" not in _kind(self)
            note = ProcessNote(_kind(self), self._semlock.name, (self,), made, "" if is_lock else value)
            if "sharedctypes" in through:
                note.between = ".get_lock()"  # of a Value or an Array
            speak(self, note)

    return __init__


def _make_setstate(original: Callable[..., None]) -> Callable[..., None]:
    """It came from another process; if it is a part of something larger, that says so when it is built in turn."""

    def __setstate__(self: Any, state: Any) -> None:  # noqa: N807 - it becomes one
        original(self, state)
        speak(self, ProcessNote(_kind(self), self._semlock.name, (self,), None))

    return __setstate__


def _make_enter(original: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def __enter__(self: Any) -> bool:  # noqa: N807 - it becomes one
        enter = self.__dict__.get(_ENTER)
        if enter is not None:
            return enter(_frame(1))  # type: ignore[no-any-return]
        return original(self) if note_of(self) is None else self.acquire()

    return __enter__


def _make_exit(original: Callable[..., None]) -> Callable[..., None]:
    def __exit__(self: Any, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:  # noqa: N807
        leave = self.__dict__.get(_LEAVE)
        if leave is None:
            original(self, kind, value, trace)
        else:
            leave(_frame(1))

    return __exit__


def _methods(lock: Any, note: ProcessNote) -> tuple[Callable[..., bool], Callable[[FrameType], None]]:
    """To take and to give back this lock, for a frame. They keep its system semaphore, not the lock itself."""
    semlock = lock._semlock
    bare_acquire, bare_release, count = semlock.acquire, semlock.release, semlock._count
    left, after = _values(lock)
    alone = semlock.maxvalue == 1  # else many may hold it
    holder = 0

    def take(frame: FrameType, block: bool = True, timeout: float | None = None) -> bool:
        nonlocal holder
        me = here.mine.me
        if me.depth:
            return bool(bare_acquire(block, timeout))
        where, ident = _known(id(frame.f_code) + frame.f_lasti) or site(frame), note.ident or note.announce(frame)
        if not bare_acquire(False):
            if not block:
                me.emit(_REFUSED, ident, where)
                return False
            me.emit(_REQUESTED, ident, where, holder if count() else 0)
            taken = False
            try:
                taken = bare_acquire(True, timeout)
            finally:
                if not taken:
                    me.emit(_REFUSED, ident, where)
            if not taken:
                return False
        me.emit(_ACQUIRED, ident, where, after())
        holder = me.worker if alone else 0
        return True

    def give(frame: FrameType) -> None:
        nonlocal holder
        me = here.mine.me
        remaining = left()
        if not me.depth and remaining is not None:
            where = _known(id(frame.f_code) + frame.f_lasti) or site(frame)
            me.emit(_RELEASED, note.ident or note.announce(frame), where, remaining)
            if not remaining:
                holder = 0
        bare_release()

    return take, give


def _values(lock: Any) -> tuple[Callable[[], int | None], Callable[[], int]]:
    """What gives RELEASED its arg, before the release, None when that will be refused; and ACQUIRED, after it."""
    semlock = lock._semlock
    if recursive(lock):
        return lambda: semlock._count() - 1 if semlock._is_mine() else None, semlock._count
    if _kind(lock) == "Lock":
        return lambda: 0 if semlock._is_zero() else None, lambda: 1
    permits, at_most = value(semlock), semlock.maxvalue
    return lambda: free + 1 if (free := permits()) < at_most else None, permits
