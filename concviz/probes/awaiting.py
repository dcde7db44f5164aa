"""What a suspended task awaits: another task, several by `gather`, a job in a pool, or a plain future.

Known from the future that the task's step ended with. Locks, queues and the like wait on futures of their own that say nothing:
their probes have spoken before.
"""

from __future__ import annotations

from concviz.events import Kind, Table
from concviz.probes import here, seam
from concviz.probes.sites import known as known_sites
from concviz.probes.sites import site
from concviz.probes.tasks import renamed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_SUSPENDED, _AWAIT, _READY = int(Kind.SUSPENDED), int(Kind.AWAIT), int(Kind.READY)
_site_of = known_sites.get


class Awaited:
    """Kept on a future that is a resource: its kind and name, and its id once a task has waited for it."""

    __slots__ = ("kind", "name", "resource")

    def __init__(self, kind: str, name: str, resource: int = 0) -> None:
        self.kind = kind
        self.name = name
        self.resource = resource

    def announce(self, where: int) -> int:
        """Its id; `where` it is awaited."""
        self.resource = here.process().names.new(Table.RESOURCE, "", self.kind, self.name, "", where)
        return self.resource


async def _example() -> None: ...


_made = _example()
_coroutine: Any = type(_made)
_made.close()
_gathering: Any = None


def suspend(task: Any, worker: int, me: here.Me, before: int) -> None:
    """The task's step has ended at the await of a future; emitted for the current worker, which is the task; then that is `before`."""
    if task.get_name()[:5] != "Task-":
        renamed(task, worker)
    future = task._fut_waiter
    where = standing(task.get_coro())
    note = getattr(future, "_concviz", None)
    if note is None and type(future) is _gathering:
        note = future._concviz = Awaited("gather", f"gather of {len(future._children)}")
    resource = 0
    if note is not None:
        if type(note) is int:
            me.emit(_AWAIT, 0, where, note)
        else:
            resource = note.resource or note.announce(where)
    if future.done():
        me.emit(_SUSPENDED, resource, where)
        me.hand_over(before, _READY, worker)
    else:
        me.hand_over(before, _SUSPENDED, 0, 0, resource, where)


def standing(coroutine: Any) -> int:
    """The site of the innermost own frame of a suspended coroutine and those it awaits; 0 for none."""
    found = 0
    while True:
        frame = coroutine.cr_frame if type(coroutine) is _coroutine else getattr(coroutine, "cr_frame", None)
        if frame is None:
            return found
        key = id(frame.f_code) + frame.f_lasti
        one = _site_of(key)
        if one is None:
            site(frame)  # learns this frame
            one = _site_of(key, 0)
        found = one or found
        coroutine = coroutine.cr_await


def install(module: Any) -> None:
    """Know `gather` and `shield` of `asyncio.tasks`."""
    global _gathering
    _gathering = module._GatheringFuture
    seam.replace(module, "shield", lambda original: _make_shield(original, module.ensure_future))


def _make_shield(original: Callable[[Any], Any], ensure_future: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def shield(arg: Any) -> Any:
        inside = ensure_future(arg)  # as the original does first
        outside = original(inside)
        known = getattr(inside, "_concviz", None)
        if outside is not inside and known is not None:
            outside._concviz = known
        return outside

    return shield
