"""What we keep on an asyncio lock, queue or event: its id, where it was made, who holds it, who woke whom.

Kept in the attribute `_concviz` of the object itself, so that it goes when the object goes. What the standard library makes for
itself has none, and stays silent. In a forked child the ids stay good.
"""

from __future__ import annotations

import sys
from _weakref import ref

from concviz.events import Kind
from concviz.probes import here, labels, seam
from concviz.probes.async_sites import inner
from concviz.probes.sites import own_file, own_frame, standard_file
from concviz.probes.variables import variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FrameType
    from typing import Any

MANY_GIVEN = 16
"""More arguments than this are not looked at."""

_MODULES = {"asyncio.locks", "asyncio.queues"}
_frame = sys._getframe


class Note:
    """Of one object; written by the thread that runs its loop."""

    __slots__ = ("_capacity", "_face", "_kind", "_made", "by", "holders", "ident")

    def __init__(self, kind: str, face: object, made: labels.Place, capacity: object) -> None:
        """`face` is what the program holds and names; the note does not keep it alive."""
        self._kind = kind
        self._face = ref(face)
        self._made = made
        self._capacity = capacity
        self.ident = 0
        """The resource's id; 0 until its first event."""
        self.holders: list[int] = []
        """The workers that hold it, or one of it; first the one that has it longest."""
        self.by: dict[int, int] = {}
        """Waiting worker -> the worker that has woken it, until it runs."""

    def __reduce__(self) -> tuple[type, tuple[()]]:
        """In a pickle, and in a deep copy, stands None: that object is another one."""
        return type(None), ()

    def announce(self, frame: FrameType | None) -> int:
        """Give the object its id, and the name that the frame has for it; its id."""
        if not self.ident:
            face = self._face()
            own = own_frame(frame)
            while own is not None and variables(own).get("self") is face:  # a method of a subclass: who calls it knows the name
                own = own_frame(own.f_back)
            self.ident = labels.announce(self._kind, (face,), self._made, own, self._capacity)
        return self.ident

    def emit(self, kind: int, frame: FrameType, arg: int = 0) -> None:
        """Note an event of the current worker; `frame` is who uses the object."""
        here.mine.me.emit(kind, self.ident or self.announce(frame), inner(frame), arg)

    def released(self) -> None:
        """The current worker gives it back, or one of it; its own first, since anyone may."""
        worker = here.mine.me.worker
        if self.holders:
            self.holders.remove(worker if worker in self.holders else self.holders[0])

    def notifies(self, waiters: Iterable[Any], count: int, frame: FrameType) -> None:
        """The current worker is about to wake the first so many of these futures that are not done."""
        self.emit(Kind.NOTIFIED, frame, self.marks(waiters, count))

    def marks(self, waiters: Iterable[Any], count: int) -> int:
        """Remember who wakes the tasks that wait on the first so many of these futures; how many there are."""
        worker = here.mine.me.worker
        woken = 0
        for future in waiters:
            if woken == count:
                break
            if not future.done():
                woken += 1
                for callback, *_ in future._callbacks or ():
                    task = getattr(getattr(callback, "__self__", None), "_concviz", 0)
                    if task:
                        self.by[task] = worker
        return woken

    def woke(self, ident: int, where: int) -> None:
        """The current worker has been woken; or its wait was cancelled: then it is not known by whom."""
        me = here.mine.me
        me.emit(Kind.WOKE, ident, where, self.by.pop(me.worker, 0))


def remember(owner: Any, kind_of: Callable[[Any], str], capacity_of: Callable[[Any], object], note: Any = Note) -> None:
    """Give each new object of this class, or of one below it, its note; None to what the library has made for itself."""

    def make_init(original: Callable[..., None]) -> Callable[..., None]:
        def __init__(self: Any, *args: Any, **settings: Any) -> None:  # noqa: N807 - it becomes one
            original(self, *args, **settings)
            frame = _frame(1)
            if not standard_file(frame.f_code.co_filename):
                self._concviz = note(kind_of(self), self, labels.place(frame), capacity_of(self))

        return __init__

    owner._concviz = None
    seam.replace(owner, "__init__", make_init)


def introduce(coroutine: object, frame: FrameType | None) -> None:
    """Name what a new task is handed: who makes it knows `forks[2]`, where the coroutine itself has only `left`."""
    inside = getattr(coroutine, "cr_frame", None)
    own = own_frame(frame)
    if inside is None or own is None or not inside.f_code.co_argcount + inside.f_code.co_kwonlyargcount:
        return
    given = list(variables(inside).values())[:MANY_GIVEN]
    inside_them = (held for value in given if _of_the_program(type(value)) for held in labels.instance(value).values())
    for thing in [*given, *inside_them]:
        if type(thing).__module__ in _MODULES:
            note = labels.instance(thing).get("_concviz")
            if note is not None and not note.ident and next(labels.names_in(own, (thing,)), None) is not None:
                note.announce(own)


_kinds: dict[type, bool] = {}
MANY_KINDS = 1000


def _of_the_program(kind: type) -> bool:
    """Whether a class is the program's own: what a library's objects hold has no name that a person gave."""
    found = _kinds.get(kind)
    if found is None:
        found = own_file(getattr(sys.modules.get(kind.__module__), "__file__", None) or "<none>") != ""
        if len(_kinds) < MANY_KINDS:
            _kinds[kind] = found
    return found


def unwatched(owner: type, names: tuple[str, ...]) -> type:
    """The class with these methods as they were: for an object that only another one uses, which speaks for it."""

    def __reduce_ex__(self: object, protocol: Any) -> Any:  # noqa: N807 - it becomes one
        del protocol
        return object.__new__, (owner,), self.__dict__  # in a pickle stands the class itself

    bare = {name: getattr(method := owner.__dict__[name], "__wrapped__", method) for name in names}
    said = {"__module__": owner.__module__, "__qualname__": owner.__qualname__, "__reduce_ex__": __reduce_ex__}
    return type(owner.__name__, (owner,), said | bare)
