"""The life of asyncio tasks: who made each, what it is called, when it is ready, how it ended.

A task is met when its loop is told to run its first step, which its creation does, however it is created. Its id is kept in an
attribute of the task itself: so it costs one look, and goes when the task goes. A task that is thrown away half done
says nothing more.
"""

from __future__ import annotations

from concviz.events import FIELD_SEPARATOR, Kind, Table
from concviz.probes import here
from concviz.probes.async_sites import inner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

_SPAWNED, _ENDED, _FAILED, _CANCELLED = int(Kind.SPAWNED), int(Kind.ENDED), int(Kind.FAILED), int(Kind.CANCELLED)
WORDS = 400
"""Of an exception's words, so many characters are kept."""

MANY_TITLES = 10_000
"""A program that makes functions without end is not remembered without end."""

MANY_SITES = 1_000
"""Of so many tasks the place of creation is looked up: in a tenth of a tiny task's time it cannot be done."""


_titles: dict[str, str] = {}
_sites: dict[int, int] = {}
_names: dict[int, str] = {}
"""Worker id -> its task's name, for those that the program has named."""


def meet(task: Any, frame: FrameType | None) -> int:
    """Announce a task that is seen for the first time, made by the current worker, at this frame's site; its worker id.

    0 for what is no task. From here on its attribute `_concviz` holds its worker id.
    """
    coroutine_of = getattr(task, "get_coro", None)
    if coroutine_of is None:
        return 0
    own = here.process()
    task._concviz = worker = own.names.take(Table.WORKER)
    where = 0
    if len(_sites) < MANY_SITES:
        _sites[worker] = where = inner(frame)
    name = task.get_name()
    if name[:5] != "Task-":
        _names[worker] = name
    announce(own, worker, title(name, coroutine_of()), where)
    here.mine.me.emit(_SPAWNED, 0, where, worker)
    return worker


def announce(own: here.Process, worker: int, words: str, where: int) -> None:
    """Send what the task is called. As `here.new_worker` does, but at half its cost: programs make tasks by the thousand."""
    if FIELD_SEPARATOR in words:
        words = words.replace(FIELD_SEPARATOR, " ")
    separator = FIELD_SEPARATOR
    text = f"{own.key}/{worker}{separator}task{separator}{words}{separator}0{separator}{separator}{where}"
    own.names.send(Table.WORKER, worker, text)


def title(name: str, coroutine: Any) -> str:
    """What the task is called on the screen: "Task-3 fetch", or the name that the program gave it."""
    if name[:5] != "Task-":
        return name
    whole = getattr(coroutine, "__qualname__", "")
    words = _titles.get(whole)
    if words is None:
        words = whole.rpartition("<locals>.")[2] or type(coroutine).__name__
        if len(_titles) < MANY_TITLES:
            _titles[whole] = words
    return f"{name} {words}"


def renamed(task: Any, worker: int) -> None:
    """The task has a name of the program's own: send it, if it is new."""
    name = task.get_name()
    if _names.get(worker) != name:
        _names[worker] = name
        announce(here.process(), worker, title(name, task.get_coro()), _sites.get(worker, 0))


def end(task: Any, worker: int, emit: Callable[..., None]) -> None:
    """The step that has just run was the task's last: say how it ended. Emitted for the current worker.

    The exception is read without marking it as retrieved: asyncio's own complaint about it must still come.
    """
    if task.get_name()[:5] != "Task-":
        renamed(task, worker)
        del _names[worker]
    if task.cancelled():
        emit(_CANCELLED)
    elif (error := task._exception) is not None:
        emit(_FAILED, 0, 0, here.process().names.new(Table.TEXT, words(error)))
    else:
        emit(_ENDED)


def words(error: BaseException) -> str:
    """The exception's type and words, in one line of bounded length."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - a program's own __str__ may do anything
        text = ""
    name = type(error).__name__
    return f"{name}: {text[:WORDS]}" if text else name

