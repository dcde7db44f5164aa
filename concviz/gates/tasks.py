"""asyncio under control: the loop that is made in a run is ours, and its locks say who holds them."""

from __future__ import annotations

from concviz.gates import scheduler
from concviz.gates.monitors import named, put_init

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_done = False


def put_in() -> None:
    """Imports asyncio, which a program that is under control may import in its midst; a second time does nothing."""
    global _done
    if _done:
        return
    _done = True
    import asyncio
    from asyncio import events, locks, queues

    from concviz.gates.loop import Loop

    original = events.new_event_loop

    def new_event_loop() -> Any:
        return original() if scheduler.run() is None else Loop()

    events.new_event_loop = asyncio.new_event_loop = new_event_loop
    _put_runner()
    _put_lock(locks.Lock)
    for owner in (locks.Lock, locks.Event, locks.Condition, locks.Semaphore, locks.Barrier, queues.Queue):
        put_init(owner, named)


class _Signals:
    """In place of the `signal` that `asyncio.run` sees: in a run, Ctrl-C is left as it is, as it is for threads.

    To look at a handler and put another one in takes as long as all tasks of a short program.
    """

    def __init__(self, original: Any) -> None:
        self._original = original

    def getsignal(self, number: int) -> Any:
        """As the original's; None, which is nobody that could be replaced, in a run."""
        return self._original.getsignal(number) if scheduler.run() is None else None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


def _put_runner() -> None:
    """What `asyncio.run` does around a program, without going through all tasks of the process when its loop has none left."""
    from asyncio import runners

    from concviz.gates.loop import Loop

    own: Any = runners
    cancel = own._cancel_all_tasks

    def cancel_all_tasks(loop: Any) -> None:
        if not isinstance(loop, Loop) or loop.has_tasks():
            cancel(loop)

    own._cancel_all_tasks, own.signal = cancel_all_tasks, _Signals(own.signal)


def _put_lock(owner: Any) -> None:
    acquire, release = owner.acquire, owner.release

    async def acquire_and_tell(self: Any) -> Any:
        got = await acquire(self)
        found = scheduler.run()
        if found is not None:
            self._concviz_holder = found.current
        return got

    def release_and_tell(self: Any) -> None:
        release(self)
        self._concviz_holder = None

    acquire_and_tell.__name__, release_and_tell.__name__ = "acquire", "release"
    owner.acquire, owner.release = acquire_and_tell, release_and_tell
