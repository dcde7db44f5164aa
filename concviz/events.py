"""What can happen in a watched program: the kinds, the 32-byte record, and what each field means.

The vocabulary that flows up: probes write it, the ring carries it, the timeline reads it.
Standard library only, since the watched process imports it too.
"""

from __future__ import annotations

from enum import IntEnum
from struct import Struct

RECORD = Struct("<qqIIIHH")
"""One record: time_ns, arg, worker, resource, site, kind, lap. `lap` is written last and commits it."""

RECORD_BYTES = RECORD.size
"""Size of a record in bytes: 32."""


class Kind(IntEnum):
    """What happened, in the field's terms. The worker of the record is the one it happened to."""

    # A worker's life
    SPAWNED = 1  # it created the worker in arg; resource: the task group that it was made in
    STARTED = 2  # its first instruction is about to run; arg: native thread id (0 for a task)
    ENDED = 3  # its last instruction has run
    FAILED = 4  # it ended by an exception; arg: text, the exception's type and words
    JOIN = 5  # it begins to wait for the end of the worker in arg
    JOINED = 6  # that wait is over: the worker in arg has ended
    CANCELLED = 7  # the task ended by cancellation
    # Locks and semaphores
    REQUESTED = 10  # it begins to wait for the lock; arg: the worker that holds it, 0 unknown
    ACQUIRED = 11  # it holds the lock from now on; arg: recursion depth, or the semaphore's value after
    RELEASED = 12  # it gave the lock up; arg: recursion depth left, or the semaphore's value after
    REFUSED = 13  # it stopped waiting, or did not want to wait, and has no lock
    # Events, conditions, barriers, futures: waiting for somebody's word
    WAIT = 20  # it begins to wait on the resource; arg: how many wait now, itself included
    WOKE = 21  # that wait is over; arg: the worker that woke it, 0 unknown
    TIMED_OUT = 22  # that wait is over since its time was up
    NOTIFIED = 23  # it set, notified, completed or broke the resource; arg: how many it may wake
    CLEARED = 24  # it reset the resource (Event.clear, Barrier.reset)
    # Queues and pipes
    PUT_WAIT = 30  # it begins to wait for room; arg: items in it
    PUT = 31  # it put an item; arg: items in it after
    GET_WAIT = 32  # it begins to wait for an item; arg: items in it
    GOT = 33  # it took an item; arg: items in it after, -1 unknown
    QUEUE_REFUSED = 34  # full or empty, and it did not wait or its time was up
    TASK_DONE = 35  # it called task_done; arg: unfinished items after
    # Time and the outside
    SLEEP = 40  # it goes to sleep; arg: wanted ns
    SLEPT = 41  # it has slept
    IO_WAIT = 42  # it begins to wait for input or output on the resource
    IO_DONE = 43  # that wait is over
    # Tasks
    READY = 50  # the task was put on its loop's ready list; arg: the worker that did it
    RESUMED = 51  # a step of the task begins; arg: the thread worker that runs it
    SUSPENDED = 52  # the step ended at an await; resource: what is awaited, where known
    AWAIT = 53  # it begins to await the worker in arg (a task)
    # Pools
    SUBMITTED = 60  # it handed the job in resource to a pool
    JOB = 61  # it begins the job in resource
    JOB_DONE = 62  # it finished the job in resource; arg: 1 if the job raised
    # The rest
    LINE = 70  # the line in site is about to run
    SWEPT = 71  # sampled, not traced: the worker stood on the line in site
    OUTPUT = 80  # it wrote to a standard stream; resource: 1 stdout, 2 stderr; arg: bytes << 32 | crc32
    MARK = 81  # the program's own mark; arg: text
    COMPLAINT = 82  # an event loop or the interpreter complains about it; arg: text
    MARK_BEGUN = 83  # what its program calls by a name begins; arg: text
    MARK_OVER = 84  # and is over; arg: the same text
    COUNTED = 85  # the program says that the number in resource is arg from now on
    # Looks from outside; their worker is a thread. The last five tell about the time from the record's to the next look:
    # arg is the share of that time it had a core, in thousandths << 32, and a number
    GIL_TAKEN = 90  # it was seen to hold the GIL that it did not hold before; arg: switch number | interpreter << INTERPRETER_SHIFT
    GIL_FREE = 91  # nobody holds it (worker: the last holder); likewise
    ON_CPU = 92  # it was seen on a core; number: the core's
    RUNNABLE = 93  # it was seen ready without a core; number: of the core whose queue it stands in
    OFF_CPU = 94  # it was seen blocked in the kernel; number: 0 on no futex, 1 some, 2 its GIL's, 3 another, 4 asleep
    WITHOUT_GIL = 95  # it was seen to compute while it did not hold its process's GIL; number: the core's
    QUEUED_WITHOUT_GIL = 96  # likewise, but for want of a core it mostly stood in a queue; number: the core's


INTERPRETER_SHIFT = 48
"""In the arg of GIL_TAKEN and GIL_FREE: below it the switch number, from it on the interpreter's number; the main one's is 0."""


class Meaning(IntEnum):
    """What the field `arg` of a kind holds."""

    NUMBER = 0
    WORKER = 1
    TEXT = 2


ARG: dict[Kind, Meaning] = {
    Kind.SPAWNED: Meaning.WORKER,
    Kind.JOIN: Meaning.WORKER,
    Kind.JOINED: Meaning.WORKER,
    Kind.REQUESTED: Meaning.WORKER,
    Kind.WOKE: Meaning.WORKER,
    Kind.READY: Meaning.WORKER,
    Kind.RESUMED: Meaning.WORKER,
    Kind.AWAIT: Meaning.WORKER,
    Kind.FAILED: Meaning.TEXT,
    Kind.MARK: Meaning.TEXT,
    Kind.MARK_BEGUN: Meaning.TEXT,
    Kind.MARK_OVER: Meaning.TEXT,
    Kind.COMPLAINT: Meaning.TEXT,
}
"""Kinds whose arg is an id of the writing process, to be translated by the reader; all others: a number."""

NO_RESOURCE_ID = frozenset({Kind.OUTPUT})
"""Kinds whose resource field is a plain number, not an id."""


class Table(IntEnum):
    """The string tables of a process: what an id stands for. Fields are joined by FIELD_SEPARATOR."""

    PROCESS = 1  # pid, ppid, python version, "gil" or "free", start method, GIL address in hex (probes/gil.py) or why not, cores
    WORKER = 2  # uid, kind (process thread task), name, native id, flags (daemon,internal), site id
    RESOURCE = 3  # uid, kind (Lock, Queue, ...), name, capacity ("" none), site id of its creation
    SITE = 4  # file, line, function
    TEXT = 5  # text
    THREAD = 6  # worker id, native id, address of its thread state (0 unknown), pid if another process's, anything if nobody else tells its
    # end: for looks from outside
    INTERPRETER = 7  # number, address of its own GIL in hex ("": it is going), where a thread state has the native id, or 0 and
    # then the native id of the thread that enters it, when


FIELD_SEPARATOR = "\x1f"
"""Stands between the fields of a name; replaced by a space inside them."""

STDOUT, STDERR = 1, 2
"""The streams, as OUTPUT's resource field and a recording's output frames have them."""
