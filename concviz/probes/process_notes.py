"""What we know of a lock, queue, event or pipe that several processes share: a name for all of them, and an id here.

All processes call it by the same uid: the name of a semaphore inside it, which goes along when it is pickled for a
spawned child; or, where a fork carries it over, a number that its maker gave it. Its name is given before a child
starts, by the frame that starts it: a child knows it as an argument only, and the first name given holds.
"""

from __future__ import annotations

import itertools
from _weakref import ref
from _weakrefset import WeakSet

from concviz.events import Table
from concviz.probes import here
from concviz.probes.labels import choose, names_in, place
from concviz.probes.sites import own_frame, site, standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from concviz.probes.labels import Place

ATTRIBUTE = "_concviz"
"""The name under which objects carry their note; only on objects whose own pickling leaves it out."""

_FACTORIES = ("__init__", "connection", "context", "queues", "sharedctypes", "synchronize")
"""Modules of multiprocessing that make things for whoever calls them."""

_counter = itertools.count(1)
_factories: dict[str, str] = {}


class ProcessNote:
    """What is known of one object that processes share."""

    __slots__ = ("__weakref__", "_capacity", "_place", "_things", "between", "ident", "kind", "uid")

    def __init__(self, kind: str, uid: str | None, things: tuple[object, ...], made: FrameType | None, capacity: object = "") -> None:
        """`things` is what the program holds; not kept alive. `made`: the frame that made it; None for what came from elsewhere."""
        self.kind = kind
        self.uid = uid or f"{here.process().key}:{next(_counter)}"
        self._things = tuple(ref(thing) for thing in things)
        self._place: Place | None = None if made is None else place(made)
        self._capacity = capacity
        self.between = ""
        """What stands between the names of a thing with two ends; or, with one end only, behind its name."""
        self.ident = 0
        """The resource's id in this process; 0 before its first event."""
        _unnamed.add(self)

    def announce(self, frame: FrameType | None) -> int:
        """Give it its name, as this frame has it; its id."""
        if not self.ident:
            own = own_frame(frame)
            where = 0 if self._place is None else self._place.site
            self.ident = here.process().names.new(Table.RESOURCE, self.uid, self.kind, self._name(own), self._capacity, where)
            _unnamed.discard(self)
        return self.ident

    def emit(self, kind: int, frame: FrameType | None, arg: int = 0) -> None:
        """Note an event of the calling thread's worker, unless an outer probe speaks for it."""
        me = here.mine.me
        if not me.depth:
            me.emit(kind, self.ident or self.announce(frame), site(frame), arg)

    def is_named_in(self, frame: FrameType) -> bool:
        """Whether this frame has a name for it."""
        return next(names_in(frame, self._alive()), None) is not None

    def _alive(self) -> tuple[object, ...]:
        return tuple(thing for reference in self._things if (thing := reference()) is not None)

    def _name(self, own: FrameType | None) -> str:
        """Empty for what came from elsewhere and has no name here: others have named it."""
        alive = self._alive() if own else ()
        if len(self._things) > 1:
            found = [next(names_in(own, (thing,)), "") for thing in alive] if own else []
            candidates = [self.between.join(name for name in found if name)] if any(found) else []
        else:
            candidates = list(names_in(own, alive)) if own else []
            if self.between:
                candidates = [name.rpartition(".")[0] + self.between for name in candidates if "." in name]
        if self._place is None:
            return candidates[0] if candidates else ""
        return choose(candidates, self._place, self.kind)


_unnamed: WeakSet[ProcessNote] = WeakSet()


def introduce(frame: FrameType | None) -> None:
    """Name what has no name yet and this frame, which is about to start a process, has one for."""
    if frame is None:
        return
    for reference in list(_unnamed.data):  # type: ignore[attr-defined]
        note = reference()
        if note is not None and note.is_named_in(frame):
            note.announce(frame)


def note_of(thing: Any) -> Any:
    """The note that an object carries, or None."""
    return thing.__dict__.get(ATTRIBUTE)


def pin(thing: Any, note: ProcessNote) -> None:
    """Make an object carry this note."""
    thing.__dict__[ATTRIBUTE] = note


def maker(frame: FrameType | None) -> tuple[FrameType | None, list[str]]:
    """Who has this made: the frame that asked, None when that is the standard library for itself; and through which modules."""
    through: list[str] = []
    while frame is not None:
        file = frame.f_code.co_filename
        factory = _factories.get(file)
        if factory is None:
            factory = _factories[file] = _factory(file)
        if not factory:
            return (None if standard_file(file) else frame), through
        through.append(factory)
        frame = frame.f_back
    return None, through


def _factory(file: str) -> str:
    """The name of the module, when it is one of _FACTORIES or a probe; else ""."""
    folder, _, name = file.replace("\\", "/").rpartition("/")
    name = name.removesuffix(".py")
    if folder.endswith("/concviz/probes"):
        return name
    return name if folder.endswith("/multiprocessing") and name in _FACTORIES and standard_file(file) else ""
