"""threading.RLock: as a Lock, and how often its holder has taken it."""

from __future__ import annotations

import sys
from _thread import RLock as _RawLock
from types import FunctionType

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.labels import announce, place
from concviz.probes.sites import caller, maker, site, standard_file
from concviz.probes.yields import take, waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any, NoReturn

    from concviz.probes.labels import Place
    from concviz.probes.notes import Note

_ACQUIRED, _RELEASED, _REQUESTED, _REFUSED = int(Kind.ACQUIRED), int(Kind.RELEASED), int(Kind.REQUESTED), int(Kind.REFUSED)
_frame = sys._getframe


_factory: CodeType | None = None


def install(module: Any) -> None:
    """Have `threading.RLock` make ours: its own code, frame and complaints, which finds another lock made in C."""
    global _factory
    original = module.RLock
    _factory = original.__code__
    module.RLock = FunctionType(original.__code__, _Globals(original.__globals__), original.__name__)
    seam.dress(module.RLock, original)
    seam.pickled_as(_RLockType, _RawLock)


class _Globals(dict):  # type: ignore[type-arg]  # typing is not imported here
    """The globals of the original's code, as they are at each moment, but for that lock."""

    def __init__(self, real: dict[str, Any]) -> None:
        super().__init__(real)
        self._real = real

    def __getitem__(self, name: str) -> Any:
        found = self._real[name]  # KeyError: a builtin
        return RLock if found is _RawLock else found


class _RLockType(type):
    """Real locks, which the standard library makes for itself, are instances too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return type(instance) is _RawLock or super().__instancecheck__(instance)


class RLock(metaclass=_RLockType):
    """A real lock, the worker that holds it, and how often."""

    __slots__ = ("__weakref__", "_at", "_code", "_count", "_holder", "_id", "_note", "_place", "_raw", "_where")
    _raw: Any
    _place: Place
    _note: Note | None
    _code: CodeType | None
    _count: int
    _holder: int
    _id: int
    _at: int
    _where: int
    __class__ = property(lambda self: _RawLock)  # an instance of the real one, whoever asks

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """A real lock for a caller in the standard library, ours for all others."""
        raw = _RawLock(*args, **kwargs)
        frame = maker()
        if frame.f_code is _factory:
            frame = frame.f_back or frame
        if standard_file(frame.f_code.co_filename):
            return raw
        return cls._around(raw, place(frame), None)

    @classmethod
    def _of(cls, note: Note) -> RLock:
        """The lock that a condition makes for itself: the same resource."""
        return cls._around(_RawLock(), note._place, note)

    @classmethod
    def _around(cls, raw: Any, made: Place, note: Note | None) -> RLock:
        self = object.__new__(cls)
        self._raw, self._place, self._note = raw, made, note
        self._count = self._holder = self._id = self._at = self._where = 0
        self._code = None
        return self

    def __enter__(self) -> bool:
        if self._raw.acquire(False):
            return self._taken(_frame(1))
        return self._wait(_frame(1), -1)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._give(_frame(1))

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As the real one's."""
        frame = caller()
        if waits(blocking, timeout):
            if self._raw.acquire(False):
                return self._taken(frame)
            return self._wait(frame, timeout)
        if self._raw.acquire(blocking, timeout):  # what is wrong with the arguments, the real lock says
            return self._taken(frame)
        here.mine.me.emit(_REFUSED, self._id or self.announce(frame), site(frame), 0)
        return False

    def release(self) -> None:
        """As the real one's."""
        self._give(caller())

    if hasattr(_RawLock, "locked"):  # from 3.14 on

        def locked(self) -> bool:
            """As the real one's."""
            return self._raw.locked()  # type: ignore[no-any-return]

    if hasattr(_RawLock, "_recursion_count"):

        def _recursion_count(self) -> int:
            return self._raw._recursion_count()  # type: ignore[no-any-return]

    def announce(self, frame: FrameType | None) -> int:
        """Give the lock its name, as this frame has it; its id."""
        if not self._id:
            self._id = self._note.announce(frame) if self._note else announce("RLock", (self,), self._place, frame)
        return self._id

    def _taken(self, frame: FrameType | None) -> bool:
        """Only the holder comes here, so what it remembers is guarded by the lock itself."""
        if frame is None or frame.f_code is not self._code or frame.f_lasti != self._at:
            self._id = self._id or self.announce(frame)
            self._where = site(frame)
            self._at = frame.f_lasti if frame is not None else 0
            self._code = frame.f_code if frame is not None else None
        me = here.mine.me
        self._holder = me.worker
        self._count = count = self._count + 1
        emit = me.emit
        emit(_ACQUIRED, self._id, self._where, count)
        return True

    def _give(self, frame: FrameType | None) -> None:
        if self._count and self._raw._is_owned():
            self._count = left = self._count - 1
            if not left:
                self._holder = 0
            emit = here.mine.me.emit
            emit(_RELEASED, self._id, site(frame), left)
        self._raw.release()

    def _wait(self, frame: FrameType | None, timeout: float) -> bool:
        """Somebody holds it: say who, and wait."""
        me = here.mine.me
        me.emit(_REQUESTED, self._id or self.announce(frame), site(frame), self._holder)
        taken = False
        try:
            taken = take(self._raw.acquire) or self._raw.acquire(True, timeout)
        finally:
            if not taken:
                me.emit(_REFUSED, self._id, site(frame), 0)
        return taken and self._taken(frame)

    def _is_owned(self) -> bool:
        return self._raw._is_owned()  # type: ignore[no-any-return]

    def _release_save(self) -> int:
        """All at once, for a condition's wait."""
        count = self._count
        if count and self._raw._is_owned():
            self._count = self._holder = 0
            here.mine.me.emit(_RELEASED, self._id, site(caller()), 0)
        self._raw._release_save()
        return count

    def _acquire_restore(self, count: int) -> None:
        """Undo `_release_save`; never gives up."""
        frame, acquire = caller(), self._raw.acquire
        if not acquire(False):
            here.mine.me.emit(_REQUESTED, self._id or self.announce(frame), site(frame), self._holder)
            if not take(acquire):
                acquire()
        for _ in range(count - 1):
            acquire(False)
        self._count = count - 1
        self._taken(frame)

    def _at_fork_reinit(self) -> None:
        self._raw._at_fork_reinit()
        self._count = self._holder = 0

    def __reduce__(self) -> NoReturn:
        raise TypeError("cannot pickle '_thread.RLock' object")

    def __repr__(self) -> str:
        return f"{repr(self._raw).rpartition(' at ')[0]} at {id(self):#x}>"


seam.dress(RLock, _RawLock)
