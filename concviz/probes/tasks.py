"""The life of asyncio tasks: who made each, what it is called, when it is ready, how it ended.

A task is met when its loop is told to run its first step, which its creation does, however it is created. Its id is kept in an
attribute of the task itself: so it costs one look, and goes when the task goes. A task that is thrown away half done
says nothing more.
"""

from __future__ import annotations

from concviz.events import FIELD_SEPARATOR, Kind, Table
from concviz.probes import here
from concviz.probes.async_notes import introduce
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


_HEAD, _MIDDLE = f"{FIELD_SEPARATOR}task{FIELD_SEPARATOR}", f"{FIELD_SEPARATOR}0{FIELD_SEPARATOR}{FIELD_SEPARATOR}"
_INTERNAL = f"{FIELD_SEPARATOR}0{FIELD_SEPARATOR}internal{FIELD_SEPARATOR}"
_titles: dict[str, str] = {}
_sites: dict[int, int] = {}
_names: dict[int, str] = {}
"""Worker id -> its task's name, for those that the program has named."""

groups: dict[int, int] = {}
"""Thread ident -> the task group, as a resource, whose task is just being made there."""

eager: dict[int, int] = {}
"""id of a coroutine whose first step runs before its task is returned (`eager_start`) -> its worker id."""

_looked_up = 0
_process: here.Process | None = None
_tell: Callable[[str], int]


def meet(task: Any, me: here.Me, frame: FrameType | None) -> int:
    """Announce a task that is seen for the first time, made by the current worker, at this frame's site; its worker id.

    0 for what is no task. From here on its attribute `_concviz` holds its worker id.
    """
    coroutine_of = getattr(task, "get_coro", None)
    if coroutine_of is None:
        return 0
    coroutine = coroutine_of()
    if eager and id(coroutine) in eager:
        task._concviz = worker = eager[id(coroutine)]
        return worker
    name = task.get_name()
    task._concviz = worker = announce(title(name, coroutine), coroutine, me, frame)
    if name[:5] != "Task-":
        _names[worker] = name
    return worker


def find(task: Any) -> None:
    """Announce a task that was there before us, and that it waits, if it does. From here on `_concviz` holds its worker id."""
    task._concviz = worker = here.new_worker("task", title(task.get_name(), task.get_coro()))
    if getattr(task, "_fut_waiter", None) is not None:
        here.mine.me.emit(Kind.SUSPENDED, 0, 0, 0, worker)


def announce(words: str, coroutine: object, me: here.Me, frame: FrameType | None) -> int:
    """Send a new task's title, and that the current worker made it; its worker id. A loop's own methods are internal."""
    global _process, _tell, _looked_up
    if me.process is not _process:
        _process, _tell = me.process, me.process.names.teller(Table.WORKER, me.process.key + "/")
    where = 0
    if _looked_up < MANY_SITES:
        _looked_up += 1
        where = inner(frame)
        if where:  # else no line of the person's own makes it: nobody there has names for what it is handed
            introduce(coroutine, frame)
    worker = _tell(f"{_HEAD}{words}{_INTERNAL if 'EventLoop.' in words else _MIDDLE}{where}")
    if where:
        _sites[worker] = where
    me.emit(_SPAWNED, groups.get(me.ident, 0), where, worker)
    return worker


def title(name: str, coroutine: object) -> str:
    """What the task is called on the screen: "Task-3 fetch", or the name that the program gave it; without one "fetch"."""
    if name and name[:5] != "Task-":
        return name.replace(FIELD_SEPARATOR, " ")
    whole = getattr(coroutine, "__qualname__", "")
    words = _titles.get(whole) or _title(whole, coroutine)
    return f"{name} {words}" if name else words


def _title(whole: str, coroutine: object) -> str:
    words = whole.rpartition("<locals>.")[2].replace(FIELD_SEPARATOR, " ") or type(coroutine).__name__
    if whole and len(_titles) < MANY_TITLES:
        _titles[whole] = words
    return words


def renamed(task: Any, worker: int) -> None:
    """The task has a name of the program's own: send it, if it is new."""
    name = task.get_name()
    if _names.get(worker) != name:
        _names[worker] = name
        rename(worker, name)


def rename(worker: int, words: str) -> None:
    """Send another title."""
    here.name_worker(worker, "task", words, site=_sites.get(worker, 0))


def end(task: Any, worker: int, me: here.Me, before: int) -> None:
    """The step that has just run was the task's last: say how it ended; what follows belongs to the worker `before`.

    The exception is read without marking it as retrieved: asyncio's own complaint about it must still come.
    """
    if task.get_name()[:5] != "Task-":
        renamed(task, worker)
        del _names[worker]
    if task.cancelled():
        me.hand_over(before, _CANCELLED)
    elif (error := task._exception) is not None:
        me.hand_over(before, _FAILED, me.process.names.new(Table.TEXT, words(error)))
    else:
        me.hand_over(before, _ENDED)


def words(error: BaseException) -> str:
    """The exception's type and words, in one line of bounded length."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - a program's own __str__ may do anything
        text = ""
    name = type(error).__name__
    return f"{name}: {text[:WORDS]}" if text else name
