"""Locks whose blocking is known to the scheduler. In threads that are no part of a run they are locks like any other."""

from __future__ import annotations

import _thread
import sys
import threading

from concviz.gates import scheduler
from concviz.gates.choice import Access, Option
from concviz.gates.places import called_by_program, own_file, own_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Inside, Why, Worker

_allocate = _thread.allocate_lock


class Lock:
    """As `threading.Lock`. One that the standard library made for itself is no choice while it is free."""

    __slots__ = ("__weakref__", "_plain", "hidden", "holder", "kind", "thing")

    def __init__(self) -> None:
        self._plain: Any = None
        """A real lock, for threads that are no part of a run."""
        self.holder: Worker | None = None
        self.thing: object = self
        """What it is the lock of; its name is the lock's."""
        self.kind = "Lock"
        self.hidden = not called_by_program(1)
        found = scheduler.run()
        if found is None:
            self._plain = _allocate()
        elif not self.hidden:
            found.names.made(self, sys._getframe(1))

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As the original."""
        found = scheduler.run()
        if found is None:
            return self._outside(blocking, timeout)
        _check(blocking, timeout)
        worker = found.current
        if self.hidden or worker.depth:
            if self.holder is None:
                self.holder = worker
                return True
        elif not blocking:
            place = own_place(sys._getframe(1))
            name = found.names.of(self.thing, self.kind)
            found.point(worker, "acquire", name, place, Access(name, True))
        if not blocking:
            return self._try(found, worker)
        return self._block(found, worker, None if timeout < 0 else timeout, sys._getframe(1))

    def _try(self, found: Scheduler, worker: Worker) -> bool:
        if self.holder is None:
            self.holder = worker
            return True
        if not (self.hidden or worker.depth):
            found.saw("refused")
        return False

    def _block(self, found: Scheduler, worker: Worker, timeout: float | None, frame: FrameType) -> bool:
        inside = worker.inside
        if inside is not None and self.hidden and not isinstance(self.thing, threading.Condition):
            operation, name, key = inside.operation, inside.resource, inside.key
        else:
            operation, name = "acquire", found.names.of(self.thing, self.kind, frame)
            key, inside = name, None
        access = Access(key, True) if timeout is None else Access("*", True)
        option = Option(worker.number, worker.name, operation, name, *own_place(frame), access)
        if not found.wait(worker, option, self._free, self._why(inside, name), timeout):
            found.saw("timed out")
            return False
        self.holder = worker
        return True

    def _free(self) -> bool:
        return self.holder is None

    def _why(self, inside: Inside | None, name: str) -> Why:
        def why() -> tuple[str, tuple[int, ...]]:
            holder = self.holder
            if inside is not None or holder is None:
                return inside.words() if inside is not None else "", ()
            return f"`{name}` is held by {holder.name}", (holder.number,)

        return why

    def _outside(self, blocking: bool, timeout: float) -> bool:
        if self._plain is None:
            self._plain = _allocate()
            if self.holder is not None:
                self._plain.acquire()
        return bool(self._plain.acquire(blocking, timeout))

    def release(self) -> None:
        """As the original."""
        found = scheduler.run()
        if found is None:
            self._release_outside()
            return
        worker = found.current
        if not (self.hidden or worker.depth or found.over):
            name = found.names.of(self.thing, self.kind)
            found.point(worker, "release", name, own_place(sys._getframe(1)), Access(name, True))
        if self.holder is None and not found.over:
            raise RuntimeError("release unlocked lock")
        self.holder = None

    def _release_outside(self) -> None:
        self.holder = None
        if self._plain is not None:
            self._plain.release()

    def locked(self) -> bool:
        """As the original."""
        return self.holder is not None or (self._plain is not None and self._plain.locked())

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def _at_fork_reinit(self) -> None:
        self.holder = None
        self._plain = None if self._plain is None else _allocate()

    def __repr__(self) -> str:
        return f"<{'locked' if self.locked() else 'unlocked'} _thread.lock object at {id(self):#x}>"


class RLock:
    """As `threading.RLock`."""

    __slots__ = ("__weakref__", "_count", "_plain", "hidden", "holder", "kind", "thing")

    def __init__(self) -> None:
        self._plain: Any = None
        self._count = 0
        self.holder: Worker | None = None
        self.thing: object = self
        self.kind = "RLock"
        self.hidden = not own_file(sys._getframe(1).f_code.co_filename)
        found = scheduler.run()
        if found is None:
            self._plain = _thread.RLock()
        elif not self.hidden:
            found.names.made(self, sys._getframe(1))

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As the original."""
        found = scheduler.run()
        if found is None:
            return self._outside().acquire(blocking, timeout)  # type: ignore[no-any-return]
        _check(blocking, timeout)
        worker = found.current
        if self.holder is worker:
            self._count += 1
            return True
        if not ((self.hidden or worker.depth) and self.holder is None):
            self._stop_at(found, worker, blocking, timeout, sys._getframe(1))
            if self.holder is not None:
                found.saw("timed out" if blocking else "refused")
                return False
        self.holder, self._count = worker, 1
        return True

    def _stop_at(self, found: Scheduler, worker: Worker, blocking: bool, timeout: float, frame: FrameType) -> None:
        name = found.names.of(self.thing, self.kind, frame)
        place = own_place(frame)
        if not blocking:
            found.point(worker, "acquire", name, place, Access(name, True))
            return
        access = Access(name, True) if timeout < 0 else Access("*", True)
        option = Option(worker.number, worker.name, "acquire", name, *place, access)
        found.wait(worker, option, self._free, self._why, None if timeout < 0 else timeout)

    def _free(self) -> bool:
        return self.holder is None

    def _why(self) -> tuple[str, tuple[int, ...]]:
        found = scheduler.current_run()
        holder = self.holder
        if found is None or holder is None:
            return "", ()
        return f"`{found.names.of(self.thing, self.kind)}` is held by {holder.name}", (holder.number,)

    def release(self) -> None:
        """As the original."""
        found = scheduler.run()
        if found is None:
            self._outside().release()
            return
        worker = found.current
        if self.holder is not worker:
            raise RuntimeError("cannot release un-acquired lock")
        if self._count > 1:
            self._count -= 1
            return
        if not (self.hidden or worker.depth or found.over):
            name = found.names.of(self.thing, self.kind)
            found.point(worker, "release", name, own_place(sys._getframe(1)), Access(name, True))
        self.holder, self._count = None, 0

    def _outside(self) -> Any:
        if self._plain is None:
            self._plain = _thread.RLock()
        return self._plain

    def locked(self) -> bool:
        """As the original of 3.14."""
        return self.holder is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    # What a Condition asks of its lock

    def _is_owned(self) -> bool:
        found = scheduler.run()
        return self._outside()._is_owned() if found is None else self.holder is found.current

    def _release_save(self) -> Any:
        found = scheduler.run()
        if found is None:
            return self._outside()._release_save()
        state = self._count
        self.holder, self._count = None, 0
        return state

    def _acquire_restore(self, state: Any) -> None:
        found = scheduler.run()
        if found is None:
            self._outside()._acquire_restore(state)
            return
        if not found.over:
            self.acquire()
            self._count = state

    def _recursion_count(self) -> int:
        found = scheduler.run()
        return self._count if found is not None and self.holder is found.current else 0

    def _at_fork_reinit(self) -> None:
        self.holder, self._count = None, 0
        self._plain = None if self._plain is None else _thread.RLock()

    def __repr__(self) -> str:
        owner = self.holder.carrier.ident if self.holder else 0
        return f"<{'locked' if owner else 'unlocked'} _thread.RLock object owner={owner} count={self._count} at {id(self):#x}>"


def _check(blocking: bool, timeout: float) -> None:
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")
