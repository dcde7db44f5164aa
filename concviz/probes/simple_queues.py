"""queue.SimpleQueue: made in C, so ours stands in its place and holds the real one."""

from __future__ import annotations

from types import GenericAlias

from concviz.events import Kind
from concviz.probes import here, seam
from concviz.probes.labels import announce, place
from concviz.probes.sites import caller, maker, site, standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, NoReturn

    from concviz.probes.labels import Place

_raw_type: type = object
_empty: type[Exception] = Exception


def install(module: Any) -> None:
    """Put our queue into `queue`."""
    global _raw_type, _empty
    if module.SimpleQueue is SimpleQueue:
        return
    _raw_type, _empty = module.SimpleQueue, module.Empty
    seam.dress(SimpleQueue, _raw_type)
    module.SimpleQueue = SimpleQueue


class _SimpleQueueType(type):
    """Real queues, which the standard library makes for itself, are instances too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return (cls is SimpleQueue and type(instance) is _raw_type) or super().__instancecheck__(instance)


class SimpleQueue(metaclass=_SimpleQueueType):
    """A real queue, and what goes through it."""

    _raw: Any
    _id: int
    _place: Place

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """A real queue for a caller in the standard library, ours for all others."""
        frame = maker()
        if cls is SimpleQueue and standard_file(frame.f_code.co_filename):
            return _raw_type(*args, **kwargs)
        self = object.__new__(cls)
        self._raw = _raw_type()
        self._id = 0
        self._place = place(frame)
        return self

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """As the real one's: never waits. Noted before, so that nobody is seen to take what was not put."""
        frame = caller()
        self._note(Kind.PUT, frame, self._raw.qsize() + 1)
        self._raw.put(item, block, timeout)

    def put_nowait(self, item: Any) -> None:
        """As the real one's."""
        self.put(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As the real one's."""
        frame = caller()
        try:
            item = self._raw.get(False) if block else self._raw.get(block, timeout)
        except _empty:
            if not block:
                self._note(Kind.QUEUE_REFUSED, frame)
                raise
        else:
            self._note(Kind.GOT, frame, self._raw.qsize())
            return item
        return self._wait(frame, timeout)

    def get_nowait(self) -> Any:
        """As the real one's."""
        return self.get(False)

    def empty(self) -> bool:
        """As the real one's."""
        return self._raw.empty()  # type: ignore[no-any-return]

    def qsize(self) -> int:
        """As the real one's."""
        return self._raw.qsize()  # type: ignore[no-any-return]

    def announce(self, frame: FrameType | None) -> int:
        """Give the queue its name, as this frame has it; its id."""
        if not self._id:
            self._id = announce("SimpleQueue", (self,), self._place, frame)
        return self._id

    def _wait(self, frame: FrameType | None, timeout: float | None) -> Any:
        if timeout is None or timeout > 0:
            self._note(Kind.GET_WAIT, frame)
        try:
            item = self._raw.get(True, timeout)
        except BaseException:
            self._note(Kind.QUEUE_REFUSED, frame)
            raise
        self._note(Kind.GOT, frame, self._raw.qsize())
        return item

    def _note(self, kind: int, frame: FrameType | None, arg: int = 0) -> None:
        me = here.mine.me
        if not me.depth:
            me.emit(kind, self._id or self.announce(frame), site(frame), arg)

    def __class_getitem__(cls, item: Any) -> GenericAlias:
        return GenericAlias(cls, item)

    def __reduce__(self) -> NoReturn:
        raise TypeError("cannot pickle '_queue.SimpleQueue' object")
