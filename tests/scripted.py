"""What a worker does, told in words: the parts that builders.py makes timelines of."""

from __future__ import annotations

from dataclasses import dataclass, field
from zlib import crc32

from concviz.events import STDOUT, Kind


@dataclass
class Record:
    """One event, its ids still words; `plain_resource`: a number in the resource's place."""

    ms: float
    kind: int
    resource: str = ""
    line: int = 0
    arg: int | str = 0
    plain_resource: int = 0


@dataclass
class LaneBuilder:
    """What one worker does; each method gives the lane back."""

    name: str
    kind: str = "thread"
    process: int = 1
    flags: str = ""
    uid: str = ""
    records: list[Record] = field(default_factory=list)
    words: list[tuple[float, int, bytes]] = field(default_factory=list)

    def does(self, kind: int, ms: float, resource: str = "", line: int = 0, arg: int | str = 0) -> LaneBuilder:
        """Any event. A word as arg is a worker's name or a text, as the kind means it."""
        self.records.append(Record(ms, kind, resource, line, arg))
        return self

    def runs(self, ms: float, until_ms: float = 0, line: int = 0) -> LaneBuilder:
        """It begins; `until_ms` is for the reader's eye: what follows says what comes then."""
        return self.does(Kind.STARTED, ms, line=line)

    def ends(self, ms: float) -> LaneBuilder:
        return self.does(Kind.ENDED, ms)

    def fails(self, ms: float, words: str = "ValueError: no") -> LaneBuilder:
        return self.does(Kind.FAILED, ms, arg=words)

    def spawns(self, child: str, ms: float, group: str = "") -> LaneBuilder:
        return self.does(Kind.SPAWNED, ms, group, arg=child)

    def joins(self, child: str, ms: float, until_ms: float) -> LaneBuilder:
        return self.does(Kind.JOIN, ms, arg=child).does(Kind.JOINED, until_ms, arg=child)

    def takes(self, lock: str, ms: float, value: int = 1, line: int = 0) -> LaneBuilder:
        return self.does(Kind.ACQUIRED, ms, lock, line, value)

    def releases(self, lock: str, ms: float, value: int = 0, line: int = 0) -> LaneBuilder:
        return self.does(Kind.RELEASED, ms, lock, line, value)

    def waits_for(self, lock: str, ms: float, until_ms: float | None = None, held_by: str = "", line: int = 0) -> LaneBuilder:
        """For a lock; without `until_ms` it never gets it."""
        self.does(Kind.REQUESTED, ms, lock, line, held_by)
        return self if until_ms is None else self.takes(lock, until_ms, line=line)

    def waits_at(self, resource: str, ms: float, until_ms: float | None = None, woken_by: str = "", line: int = 0) -> LaneBuilder:
        """For an event, a condition, a barrier."""
        self.does(Kind.WAIT, ms, resource, line, 1)
        return self if until_ms is None else self.does(Kind.WOKE, until_ms, resource, line, woken_by)

    def signals(self, resource: str, ms: float) -> LaneBuilder:
        return self.does(Kind.NOTIFIED, ms, resource, arg=1)

    def puts(self, queue: str, ms: float, size: int, since_ms: float | None = None) -> LaneBuilder:
        """`size`: items in it after. `since_ms`: it waited for room from then on."""
        if since_ms is not None:
            self.does(Kind.PUT_WAIT, since_ms, queue, arg=size)
        return self.does(Kind.PUT, ms, queue, arg=size)

    def gets(self, queue: str, ms: float, size: int, since_ms: float | None = None) -> LaneBuilder:
        """`size`: items in it after. `since_ms`: it waited for an item from then on."""
        if since_ms is not None:
            self.does(Kind.GET_WAIT, since_ms, queue, arg=0)
        return self.does(Kind.GOT, ms, queue, arg=size)

    def sleeps(self, ms: float, until_ms: float, line: int = 0) -> LaneBuilder:
        return self.does(Kind.SLEEP, ms, line=line, arg=round((until_ms - ms) * 1e6)).does(Kind.SLEPT, until_ms, line=line)

    def does_io(self, ms: float, until_ms: float) -> LaneBuilder:
        return self.does(Kind.IO_WAIT, ms).does(Kind.IO_DONE, until_ms)

    def ready(self, ms: float, by: str) -> LaneBuilder:
        """A task: it is put on the ready list."""
        return self.does(Kind.READY, ms, arg=by)

    def step(self, ms: float, until_ms: float, on: str, resource: str = "") -> LaneBuilder:
        """A task: one step, that ends at an await."""
        return self.resumes(ms, on).does(Kind.SUSPENDED, until_ms, resource)

    def resumes(self, ms: float, on: str) -> LaneBuilder:
        return self.does(Kind.RESUMED, ms, arg=on)

    def at_line(self, line: int, ms: float) -> LaneBuilder:
        return self.does(Kind.LINE, ms, line=line)

    def marks(self, ms: float, words: str = "here") -> LaneBuilder:
        return self.does(Kind.MARK, ms, arg=words)

    def prints(self, text: str | bytes, ms: float, read_ms: float | None = None, stream: int = STDOUT) -> LaneBuilder:
        """One write, read from the pipe a little later."""
        data = text.encode() if isinstance(text, str) else text
        self.records.append(Record(ms, Kind.OUTPUT, arg=len(data) << 32 | crc32(data), plain_resource=stream))
        self.words.append((ms + 0.5 if read_ms is None else read_ms, stream, data))
        return self

    def has_gil(self, ms: float, switch: int = 0) -> LaneBuilder:
        """It is seen to hold the GIL from then on."""
        return self.does(Kind.GIL_TAKEN, ms, arg=switch)

    def frees_gil(self, ms: float, switch: int = 0) -> LaneBuilder:
        return self.does(Kind.GIL_FREE, ms, arg=switch)

    def on_core(self, ms: float, core: int = 0) -> LaneBuilder:
        return self.does(Kind.ON_CPU, ms, arg=1000 << 32 | core)

    def wants_core(self, ms: float, core: int = 0) -> LaneBuilder:
        return self.does(Kind.RUNNABLE, ms, arg=core)

    def blocked(self, ms: float, futex: int = 0) -> LaneBuilder:
        return self.does(Kind.OFF_CPU, ms, arg=futex)

    def computes_without_gil(self, ms: float, core: int = 0) -> LaneBuilder:
        return self.does(Kind.WITHOUT_GIL, ms, arg=1000 << 32 | core)


@dataclass(frozen=True)
class ResourceBuilder:
    """A resource that is more than a lock of that name."""

    name: str
    kind: str
    capacity: int | None = None
    uid: str = ""
