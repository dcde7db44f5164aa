"""trio: its tasks are lanes, told by an instrument that each run is given beside the program's own."""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.awaiting import standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_SPAWNED, _READY, _RESUMED, _SUSPENDED, _ENDED = (
    int(kind) for kind in (Kind.SPAWNED, Kind.READY, Kind.RESUMED, Kind.SUSPENDED, Kind.ENDED)
)
_WAIT, _DONE = int(Kind.IO_WAIT), int(Kind.IO_DONE)


def install(module: Any) -> None:
    """Put our `run` into `trio`, and our `start_guest_run` into `trio.lowlevel`."""
    seam.replace(module, "run", _make_run)
    seam.replace(module.lowlevel, "start_guest_run", _make_run)


def _make_run(original: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, instruments: Any = (), **settings: Any) -> Any:
        return original(*args, instruments=[*instruments, Tasks()], **settings)

    return run


class Tasks:
    """trio's interface `trio.abc.Instrument`: called by the run's own thread alone, so it knows one `Me`."""

    def __init__(self) -> None:
        self._workers: dict[int, int] = {}

    def task_spawned(self, task: Any) -> None:
        """A task exists; its first step comes later."""
        me = here.mine.me
        nursery = task.parent_nursery
        parent = self._workers.get(id(nursery.parent_task), 0) if nursery is not None else 0
        words = task.name.rpartition(".")[2] if task.name else "task"
        internal = "internal" if nursery is None or task.name.startswith(("trio.", "<")) else ""
        worker = self._workers[id(task)] = here.new_worker("task", words, 0, internal, 0)
        me.emit(_SPAWNED, 0, 0, worker, parent or me.worker)

    def task_scheduled(self, task: Any) -> None:
        """It is ready, and not yet running."""
        worker = self._workers.get(id(task), 0)
        me = here.mine.me
        if worker:
            me.emit(_READY, 0, 0, me.worker, worker)

    def before_task_step(self, task: Any) -> None:
        """Its step begins now."""
        worker = self._workers.get(id(task), 0)
        if worker:
            me = here.mine.me
            me.worker = worker
            me.hand_over(worker, _RESUMED, me.thread_worker, worker)

    def after_task_step(self, task: Any) -> None:
        """Its step is over; where it waits is known from its coroutine."""
        me = here.mine.me
        if id(task) in self._workers:
            me.emit(_SUSPENDED, 0, standing(task.coro))
        me.switch(me.thread_worker)

    def task_exited(self, task: Any) -> None:
        """It has ended, in its last step. How, trio tells its nursery alone."""
        worker = self._workers.pop(id(task), 0)
        if worker:
            here.mine.me.emit(_ENDED, 0, 0, 0, worker)

    def before_io_wait(self, timeout: float) -> None:
        """Nobody is ready."""
        if timeout > 0:
            here.mine.me.emit(_WAIT)

    def after_io_wait(self, timeout: float) -> None:
        """Somebody may be."""
        if timeout > 0:
            here.mine.me.emit(_DONE)
