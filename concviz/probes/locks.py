"""threading.Lock: who holds it, who waits for it, and for whom.

The lock is made in C, so ours stands in its place and holds the real one. What the standard library makes for
itself stays the real one. An event lies inside the time in which it is true: ACQUIRED after the lock was taken,
RELEASED before it is given up; so that two workers are never seen to hold it at once.
"""

from __future__ import annotations

import sys
import time
from _thread import allocate_lock
from functools import partial

from concviz.events import RECORD, RECORD_BYTES, Kind
from concviz.probes import here, seam
from concviz.probes.labels import announce, place
from concviz.probes.sites import caller, maker, site, standard_file
from concviz.probes.yields import take, waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any, NoReturn

    from concviz.probes.labels import Place

_ACQUIRED, _RELEASED, _REQUESTED, _REFUSED = int(Kind.ACQUIRED), int(Kind.RELEASED), int(Kind.REQUESTED), int(Kind.REFUSED)
_frame = sys._getframe
_clock, _pack = time.monotonic_ns, RECORD.pack_into
_raw_lock = type(allocate_lock())


_CALLS_ITS_TYPE = sys.version_info >= (3, 13)
"""Whether `threading.Lock` is the type of locks, or a function that makes them."""


def install(module: Any) -> None:
    """Put our lock into `threading`."""
    module.Lock = Lock
    if not _CALLS_ITS_TYPE:
        module.Lock = _Maker(Lock.allocate)
        seam.dress(module.Lock, allocate_lock)
    seam.pickled_as(_LockType, _raw_lock)


class _Maker(partial):  # type: ignore[type-arg]  # typing is not imported here
    """Stands for a function made in C, and costs no frame."""

    __class__ = property(lambda self: type(allocate_lock))  # as which it goes everywhere

    def __copy__(self) -> _Maker:
        return self

    def __deepcopy__(self, memo: object) -> _Maker:
        return self

    def __reduce__(self) -> Any:
        return seam.same(allocate_lock)

    def __repr__(self) -> str:
        return repr(allocate_lock)


class _LockType(type):
    """Real locks, which the standard library makes for itself, are instances too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return type(instance) is _raw_lock or super().__instancecheck__(instance)


class Lock(metaclass=_LockType):
    """A real lock, and the worker that holds it."""

    __slots__ = ("__weakref__", "_at", "_code", "_holder", "_id", "_place", "_raw", "_where")
    _raw: Any
    _place: Place
    _code: CodeType | None
    _holder: int
    _id: int
    _at: int
    _where: int
    __class__ = property(lambda self: _raw_lock)  # an instance of the real one, whoever asks

    def __new__(cls) -> Any:
        """As the real one's: before 3.13 nobody calls it."""
        if not _CALLS_ITS_TYPE:
            raise TypeError("cannot create '_thread.lock' instances")
        return cls._for(maker())

    @classmethod
    def allocate(cls) -> Any:
        """What `threading.Lock()` gives where that is a function."""
        return cls._for(maker())

    @classmethod
    def _for(cls, frame: FrameType) -> Any:
        """A real lock for a caller in the standard library, ours for all others."""
        if standard_file(frame.f_code.co_filename):
            return allocate_lock()
        self = object.__new__(cls)
        self._raw = allocate_lock()
        self._holder = self._id = self._at = self._where = 0
        self._code = None
        self._place = place(frame)
        return self

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def __enter__(self) -> bool:
        if not self._raw.acquire(False):
            return self._wait(_frame(1), -1)
        try:
            frame = _frame(1)
            if frame.f_code is not self._code or frame.f_lasti != self._at:
                self._look(frame)
            me = here.mine.me
            self._holder = worker = me.worker
            now, cursor = _clock(), me.cursor  # from here on what me.emit does, without the call
            while (at := cursor.at) >= cursor.limit:
                if not cursor.room():
                    break
            else:
                cursor.at = at + RECORD_BYTES
                _pack(cursor.memory, at, now, 1, worker, self._id, self._where, _ACQUIRED, cursor.lap)
        except BaseException:
            self._undo()  # a signal handler raised: the program will not leave what it has not entered
            raise
        return True

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if self._holder:
                self._holder = 0
                me = here.mine.me
                now, cursor = _clock(), me.cursor
                while (at := cursor.at) >= cursor.limit:
                    if not cursor.room():
                        break
                else:
                    cursor.at = at + RECORD_BYTES  # a `with` ends on the line where it began
                    _pack(cursor.memory, at, now, 0, me.worker, self._id, self._where, _RELEASED, cursor.lap)
        finally:
            self._raw.release()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As the real one's."""
        frame = caller()
        if waits(blocking, timeout):
            if self._raw.acquire(False):
                return self._taken(frame)
            return self._wait(frame, timeout)
        if self._raw.acquire(blocking, timeout):  # what is wrong with the arguments, the real lock says
            return self._taken(frame)
        here.mine.me.emit(_REFUSED, self._id or self.announce(frame), site(frame))
        return False

    def release(self) -> None:
        """As the real one's."""
        if self._holder:
            self._holder = 0
            here.mine.me.emit(_RELEASED, self._id, site(caller()), 0)
        self._raw.release()

    def locked(self) -> bool:
        """As the real one's."""
        return self._raw.locked()  # type: ignore[no-any-return]

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def announce(self, frame: FrameType | None) -> int:
        """Give the lock its name, as this frame has it; its id."""
        if not self._id:
            self._id = announce("Lock", (self,), self._place, frame)
        return self._id

    def _look(self, frame: FrameType | None) -> None:
        """Remember where the holder took it; a loop then needs no look-up. Only the holder comes here."""
        self._id = self._id or self.announce(frame)
        self._where = site(frame)
        self._at = frame.f_lasti if frame is not None else 0
        self._code = frame.f_code if frame is not None else None

    def _undo(self) -> None:
        if self._holder:
            self._holder = 0
            here.mine.me.emit(_RELEASED, self._id, self._where, 0)
        self._raw.release()

    def _taken(self, frame: FrameType | None) -> bool:
        if frame is None or frame.f_code is not self._code or frame.f_lasti != self._at:
            self._look(frame)
        me = here.mine.me
        self._holder = me.worker
        me.emit(_ACQUIRED, self._id, self._where, 1, 0)
        return True

    def _wait(self, frame: FrameType | None, timeout: float) -> bool:
        """Somebody holds it: say who, and wait."""
        me = here.mine.me
        me.emit(_REQUESTED, self._id or self.announce(frame), site(frame), self._holder)
        taken = False
        try:
            taken = take(self._raw.acquire) or self._raw.acquire(True, timeout)
        finally:
            if not taken:
                me.emit(_REFUSED, self._id, site(frame))
        return taken and self._taken(frame)

    def _at_fork_reinit(self) -> None:
        self._raw._at_fork_reinit()
        self._holder = 0

    def __reduce__(self) -> NoReturn:
        raise TypeError("cannot pickle '_thread.lock' object")

    def __repr__(self) -> str:
        return f"<{'locked' if self._raw.locked() else 'unlocked'} _thread.lock object at {id(self):#x}>"


seam.dress(Lock, _raw_lock)
