"""queue.Queue, LifoQueue and PriorityQueue: who put, who took, who waits for room or for an item.

A queue has three conditions. To wait on one, or to notify another, is exactly what putting and taking do inside the
queue's lock: so the events come from there, in their true order and with the true size.
"""

from __future__ import annotations

from concviz.events import Kind
from concviz.probes import seam
from concviz.probes.labels import place
from concviz.probes.notes import Note, note_of, pin
from concviz.probes.sites import caller, maker, standard_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any


def install(module: Any) -> None:
    """Put our methods into `queue.Queue`, which the other two inherit."""
    kinds = ((module.PriorityQueue, "PriorityQueue"), (module.LifoQueue, "LifoQueue"), (module.Queue, "Queue"))
    seam.replace(module.Queue, "__init__", lambda original: _make_init(original, kinds))
    seam.replace(module.Queue, "put", _make_put)
    seam.replace(module.Queue, "get", _make_get)
    seam.replace(module.Queue, "task_done", _make_task_done)


class _Side(Note):
    """One of a queue's conditions; its id is the queue's."""

    __slots__ = ("_queue",)
    waiting = Kind.WAIT
    """What begins when a worker waits on it."""
    done = Kind.NOTIFIED
    """What has happened when it is notified of one."""

    def __init__(self, queue: Note, made: Any) -> None:
        super().__init__("", queue.face, made)
        self._queue = queue

    def announce(self, frame: FrameType | None) -> int:
        self.ident = self._queue.announce(frame)
        return self.ident

    def _size(self) -> int:
        face = self.face
        return face._qsize() if face is not None else 0

    def begins(self, condition: Any, frame: FrameType | None) -> None:
        self.emit(self.waiting, frame, self._size())

    def ends(self, frame: FrameType | None, woken: bool | None, by: int) -> None:
        """Woken is not served yet: the wait ends with PUT, GOT or QUEUE_REFUSED."""

    def notifies(self, condition: Any, count: int, frame: FrameType | None) -> None:
        self.emit(self.done, frame, self._size())

    def notifies_all(self, condition: Any, frame: FrameType | None) -> None:
        """Nothing was put or taken: the queue is shut down."""
        self.emit(Kind.NOTIFIED, frame, len(condition._waiters))


class _Room(_Side):
    """`not_full`: waited for by who puts, notified by who has taken."""

    __slots__ = ()
    waiting, done = Kind.PUT_WAIT, Kind.GOT


class _Items(_Side):
    """`not_empty`: waited for by who takes, notified by who has put."""

    __slots__ = ()
    waiting, done = Kind.GET_WAIT, Kind.PUT


class _Done(_Side):
    """`all_tasks_done`: waited for by `join`."""

    __slots__ = ()
    begins, ends = Note.begins, Note.ends


def _make_init(original: Callable[..., None], kinds: tuple[tuple[type, str], ...]) -> Callable[..., None]:
    def __init__(self: Any, maxsize: int = 0) -> None:  # noqa: N807 - it becomes one
        original(self, maxsize)
        frame = maker()
        if standard_file(frame.f_code.co_filename):
            return
        kind = next((name for each, name in kinds if isinstance(self, each)), "Queue")
        made = place(frame)
        note = Note(kind, self, made, maxsize if maxsize > 0 else "")
        pin(self, note)
        pin(self.not_full, _Room(note, made))
        pin(self.not_empty, _Items(note, made))
        pin(self.all_tasks_done, _Done(note, made))

    return __init__


def _make_put(original: Callable[..., None]) -> Callable[..., None]:
    def put(self: Any, item: Any, block: bool = True, timeout: float | None = None) -> None:
        try:
            original(self, item, block, timeout)
        except BaseException:
            _refused(self, caller())
            raise

    return put


def _make_get(original: Callable[..., Any]) -> Callable[..., Any]:
    def get(self: Any, block: bool = True, timeout: float | None = None) -> Any:
        try:
            return original(self, block, timeout)
        except BaseException:
            _refused(self, caller())
            raise

    return get


def _refused(queue: Any, frame: FrameType | None) -> None:
    note = note_of(queue)
    if note is not None:
        note.emit(Kind.QUEUE_REFUSED, frame)


def _make_task_done(original: Callable[..., None]) -> Callable[..., None]:
    """Done here anew, line for line: what is left can be told only inside the queue's lock."""

    def task_done(self: Any) -> None:
        note = note_of(self)
        if note is None:
            original(self)
            return
        with self.all_tasks_done:
            unfinished = self.unfinished_tasks - 1
            if unfinished < 0:
                raise ValueError("task_done() called too many times")
            note.emit(Kind.TASK_DONE, caller(), unfinished)
            if unfinished == 0:
                self.all_tasks_done.notify_all()
            self.unfinished_tasks = unfinished

    return task_done
