"""Tasks whose first step runs inside their creation, before anybody has them: eager ones, from 3.12 on.

The step is not a callback of the loop, so it is noted around the making of the task. Whoever makes it stands still meanwhile, but is
not suspended: its own step goes on below. A task made by calling `Task(..., eager_start=True)` itself is met later.
"""

from __future__ import annotations

import sys

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.handles import close
from concviz.probes.tasks import announce, eager, rename, title, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_frame = sys._getframe


def install(module: Any) -> None:
    """Put our factories into `asyncio.tasks`, where it has eager ones."""
    create = seam.replace(module, "create_eager_task_factory", _make_create_factory)
    if create is not None:
        factory = create(module.Task)
        seam.dress(factory, module.eager_task_factory)
        module.eager_task_factory = factory


def _make_create_factory(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def create_eager_task_factory(custom_task_constructor: Any) -> Any:
        def constructor(coro: Any, **settings: Any) -> Any:
            if not settings.get("eager_start"):
                return custom_task_constructor(coro, **settings)
            return start(coro, settings.get("loop"), lambda: custom_task_constructor(coro, **settings))

        return original(constructor)

    return create_eager_task_factory


def start(coroutine: Any, loop: Any, make: Callable[[], Any]) -> Any:
    """Make a task whose first step runs at once, if its loop runs."""
    if loop is None or not loop.is_running():
        return make()
    me = here.mine.me
    worker = announce(title("", coroutine), coroutine, me, _frame(1))
    before, cause = me.worker, me.cause
    me.worker, me.cause = worker, 0
    me.hand_over(worker, Kind.RESUMED, me.thread_worker, worker)
    eager[id(coroutine)] = worker
    try:
        task = make()
    except BaseException as error:
        me.hand_over(before, Kind.FAILED, me.process.names.new(Table.TEXT, words(error)))
        raise
    else:
        task._concviz = worker
        rename(worker, title(task.get_name(), coroutine))
        close(task, worker, me, before)
        return task
    finally:
        del eager[id(coroutine)]
        me.worker, me.cause = before, cause
