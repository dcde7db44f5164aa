"""An event loop without a selector: the scheduler says which task goes next, and time is virtual.

Everything above it is asyncio's own code, tasks and futures in C included. In a lane the order is asyncio's; between lanes it is a
choice, which also gives orders that the stock loop would not: it promises none.
"""

from __future__ import annotations

import asyncio
import heapq
import sys

from concviz.gates import scheduler
from concviz.gates.clock import BEGIN_S
from concviz.gates.ends import failure
from concviz.gates.lanes import Lane
from concviz.gates.places import own_place
from concviz.gates.worker import NOWHERE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future, Handle, Task, TimerHandle
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Executor
    from typing import Any

    from concviz.gates.scheduler import Scheduler
    from concviz.gates.worker import Worker

_Base: Any = asyncio.AbstractEventLoop
"""Without its types: what is not here raises NotImplementedError there."""

_scheduled: Any = getattr(asyncio.tasks, "_scheduled_tasks", None)
_set_running = asyncio._set_running_loop
_get_running = asyncio._get_running_loop


class Loop(_Base):  # type: ignore[misc]
    """As the stock loop, as far as tasks, timers and executors go. Sockets, pipes, signals and processes: NotImplementedError."""

    def __init__(self) -> None:
        found = scheduler.run()
        assert found is not None, "a loop under control is made in a run"
        self._found: Scheduler = found
        self._lanes: dict[Any, Lane] = {}
        self._host = found.current
        self._own = Lane(self, found.current, None)
        self._stopping = self._closed = self._running = self._debug = False
        self._executor: Any = None
        self._factory: Any = None
        self._handler: Any = None
        self._awaited: Any = None
        self._tasks = 0
        self.selecting = False
        """Whether it is free to call what comes next."""
        self.runs: Worker = found.current
        """Whoever's call it makes."""
        self.place = NOWHERE
        """Where it was started."""

    # Calls

    def call_soon(self, callback: Callable[..., Any], *args: Any, context: Any = None) -> Handle:
        """As the original."""
        if self._closed:
            raise RuntimeError("Event loop is closed")
        handle = asyncio.Handle(callback, args, self, context)
        self._lane(callback).handles.append(handle)
        return handle

    def call_soon_threadsafe(self, callback: Callable[..., Any], *args: Any, context: Any = None) -> Handle:
        """As the original: what comes from other threads is no task's."""
        return self.call_soon(callback, *args, context=context)

    def call_later(self, delay: float, callback: Callable[..., Any], *args: Any, context: Any = None) -> TimerHandle:
        """As the original."""
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when: float, callback: Callable[..., Any], *args: Any, context: Any = None) -> TimerHandle:
        """As the original; the timer is its maker's."""
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        maker = self._found.current
        lane = next((lane for lane in self._lanes.values() if lane.worker is maker), self._own)
        heapq.heappush(lane.timers, timer)
        return timer

    def _timer_handle_cancelled(self, handle: Any) -> None:
        """As the original: it is dropped when its time comes."""

    def _lane(self, callback: Any) -> Lane:
        task = getattr(callback, "__self__", None)
        if not isinstance(task, asyncio.Task):
            return self._own
        lane = self._lanes.get(task)
        if lane is None:
            worker = self._found.add(task.get_name(), self._host.carrier)
            worker.daemon = True
            worker.clock = self._found.current.clock | {worker.number: 1}
            lane = self._lanes[task] = Lane(self, worker, task)
            lane.stand(self._found)
        return lane

    def lane_of(self, task: object) -> Lane | None:
        """The lane of a task of this loop."""
        return self._lanes.get(task) if isinstance(task, asyncio.Task) else None

    def has_tasks(self) -> bool:
        """Whether any of its tasks is not done."""
        return bool(self._lanes)

    def time(self) -> float:
        """Virtual seconds."""
        return BEGIN_S + self._found.now

    # Running

    def run_forever(self) -> None:
        """As the original."""
        if self._running or _get_running() is not None:
            raise RuntimeError("This event loop is already running")
        found = self._found
        self._running, self._stopping = True, False
        self._host = self._own.worker = found.current
        self.place = own_place(sys._getframe(1))
        _set_running(self)
        try:
            while not self._stopping:
                self._step(found)
        finally:
            self._running = self.selecting = False
            _set_running(None)
            self._host.option = self._host.ready = self._host.why = self._host.deadline = None

    def _step(self, found: Scheduler) -> None:
        lane, lanes = self._own, self._lanes
        self.selecting = True
        if self._host.option is None:
            lane.stand(found)
        lane.wind()
        for one in lanes.values():
            if one.timers:
                one.wind()
        found.step_to(self._host)
        self.selecting = False
        worker = self.runs = found.current
        for one in lanes.values():
            one.worker.deadline = None
            if one.worker is worker:
                lane = one
        lane.begun = True
        handle = lane.take()
        if not handle.cancelled():
            handle._run()
        if lane.task is not None:
            self._after(found, lane)

    def _after(self, found: Scheduler, lane: Lane) -> None:
        task = lane.task
        if task is not None and task.done() and not lane.handles:
            del self._lanes[task]
            if _scheduled is not None:
                _scheduled.discard(task)  # done, so nobody is told of it; many runs' would take long to go through
            for timer in lane.timers:
                heapq.heappush(self._own.timers, timer)
            found.remove(lane.worker)
        else:
            lane.stand(found)

    def unfinished(self) -> tuple[str, tuple[int, ...]]:
        """Why the thread that runs the loop does not go on."""
        lane = self.lane_of(self._awaited)
        if lane is None:
            return "its event loop has nothing to do", ()
        return f"{lane.worker.name} has not ended", (lane.worker.number,)

    def run_until_complete(self, future: Any) -> Any:
        """As the original."""
        if self._found.over:
            if asyncio.iscoroutine(future):
                future.close()
            raise scheduler.Unwound
        code = getattr(future, "cr_code", None)
        if code is _NO_GENERATORS or (code is _NO_EXECUTOR and self._executor is None):
            future.close()
            return None
        self._awaited = task = asyncio.ensure_future(future, loop=self)
        task.add_done_callback(self.stop)
        try:
            self.run_forever()
        finally:
            task.remove_done_callback(self.stop)
        if not task.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return task.result()

    def stop(self, _: object = None) -> None:
        """As the original; what it runs until calls it, too, when that is done."""
        self._stopping = True

    def is_running(self) -> bool:
        """As the original."""
        return self._running

    def is_closed(self) -> bool:
        """As the original."""
        return self._closed

    def close(self) -> None:
        """As the original."""
        self._closed = True
        for lane in self._lanes.values():
            vars_of: Any = lane.task
            vars_of._log_destroy_pending = False
            self._found.remove(lane.worker)
        self._lanes.clear()
        if self._executor is not None:
            self._executor.shutdown(wait=False)
            self._executor = None

    async def shutdown_asyncgens(self) -> None:
        """Nothing is to be done: generators end when they are dropped."""

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as the original
        """As the original."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True)

    # Making things

    def create_future(self) -> Future[Any]:
        """As the original."""
        return asyncio.Future(loop=self)

    def create_task(self, coro: Coroutine[Any, Any, Any], *, name: object = None, context: Any = None, **more: Any) -> Task[Any]:
        """As the original; names count from 1 in each loop."""
        self._tasks += 1
        given = f"Task-{self._tasks}" if name is None else str(name)
        if self._factory is not None:
            made: Task[Any] = self._factory(self, coro, **({} if context is None else {"context": context}))
            made.set_name(given)
            return made
        return asyncio.Task(coro, loop=self, name=given, context=context, **more)

    def set_task_factory(self, factory: Any) -> None:
        """As the original."""
        self._factory = factory

    def get_task_factory(self) -> Any:
        """As the original."""
        return self._factory

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> Future[Any]:
        """As the original: a thread pool over controlled locks, whose threads are workers like all others."""
        if executor is None:
            if self._executor is None:
                import concurrent.futures

                self._executor = concurrent.futures.ThreadPoolExecutor(thread_name_prefix="asyncio")
            executor = self._executor
        return asyncio.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor: Any) -> None:
        """As the original."""
        self._executor = executor

    # Errors

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """An exception that a plain call raised ends the run; what is only logged otherwise is not told."""
        if self._found.over:
            return
        if self._handler is not None:
            self._handler(self, context)
        elif "handle" in context and isinstance(context.get("exception"), BaseException):
            failure(self._found, context["exception"], self.runs)

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        """As `call_exception_handler` without a handler."""
        self._handler = None
        self.call_exception_handler(context)

    def set_exception_handler(self, handler: Any) -> None:
        """As the original."""
        self._handler = handler

    def get_exception_handler(self) -> Any:
        """As the original."""
        return self._handler

    def get_debug(self) -> bool:
        """As the original."""
        return self._debug

    def set_debug(self, enabled: bool) -> None:
        """As the original."""
        self._debug = enabled


_NO_GENERATORS, _NO_EXECUTOR = Loop.shutdown_asyncgens.__code__, Loop.shutdown_default_executor.__code__
