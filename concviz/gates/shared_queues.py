"""Queues between processes: the standard library's own code over real pipes, its feeder thread a worker of its own.

`put` leaves an item in the process; the feeder writes it into the pipe when it goes. So it is a choice when others see it, as it is
in any run.
"""

from __future__ import annotations

from concviz.gates import scheduler, sharing
from concviz.gates.choice import Access, Option
from concviz.gates.connections import readable, writable
from concviz.gates.memory import short
from concviz.gates.monitors import Call, put_init, wrapped
from concviz.gates.shared_locks import free, told
from concviz.gates.worker import NOWHERE, Inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from concviz.gates.worker import Worker

MADE_BY = frozenset({"context.py", "queues.py"})

_feeders: dict[int, Worker] = {}
"""A queue's buffer, by its id -> the worker that empties it."""


def put_in() -> None:
    """All of them, once in a process; imports `multiprocessing.queues`."""
    from multiprocessing import queues

    look = Call("read", write=False)
    get = Call("get", lambda found: free(found._rlock) and readable(found._reader), waits=2)
    put = Call("put", lambda found: free(found._sem), waits=3)
    calls: dict[Any, dict[str, Call]] = {
        queues.Queue: {"put": put, "get": get, "qsize": look, "empty": look, "full": look},
        queues.JoinableQueue: {
            "put": put,
            "task_done": Call("notify"),
            "join": Call("wait", lambda found: not free(found._unfinished_tasks), write=False),
        },
        queues.SimpleQueue: {"put": Call("put"), "get": get, "empty": look},
    }
    for owner, methods in calls.items():
        owner._concviz_shared = True
        put_init(owner, lambda original: told(original, MADE_BY))
        for name, call in methods.items():
            setattr(owner, name, wrapped(owner.__dict__[name], call))
    sharing.carry(queues.Queue)
    sharing.carry(queues.SimpleQueue)
    queues.Queue._start_thread = _starting(queues.Queue._start_thread)  # type: ignore[attr-defined]
    queues.Queue._finalize_close = staticmethod(_closing(queues.Queue._finalize_close))  # type: ignore[attr-defined]
    queues.Queue._feed = staticmethod(_feeding(queues.Queue._feed, queues))  # type: ignore[attr-defined]


def _starting(original: Any) -> Any:
    def start(self: Any) -> None:
        found = scheduler.run()
        if found is not None:
            self._writer._concviz_queue = found.names.of(self, type(self).__name__)
            self._notempty._concviz_hidden = True
            found.family.feeding = True
        original(self)
        if found is not None:
            found.family.feeding = False
            feeder = found.workers[-1]
            feeder.name = f"feeder of {found.main.name}" if found.main.name != "MainThread" else "feeder"
            _feeders[id(self._buffer)] = feeder

    return start


def _closing(original: Any) -> Any:
    """Who waits for another item is told that none will come: what it does next is to end."""

    def close(buffer: Any, notempty: Any) -> None:
        original(buffer, notempty)
        feeder = _feeders.get(id(buffer))
        if feeder is not None and feeder.option is not None and len(buffer) == 1:
            feeder.option = _end(feeder)

    return close


def _end(feeder: Worker) -> Option:
    return Option(feeder.number, feeder.name, "end", "", *NOWHERE)


def _feeding(original: Any, queues: Any) -> Any:
    """What the feeder does; its arguments as the original's."""

    def feed(buffer: Any, notempty: Any, send_bytes: Any, writelock: Any, *more: Any) -> None:
        found = scheduler.run()
        if found is None:
            original(buffer, notempty, send_bytes, writelock, *more)
            return
        worker, pipe = found.current, send_bytes.__self__
        name = getattr(pipe, "_concviz_queue", "Queue")

        def ready() -> bool:
            return bool(buffer) and (buffer[0] is queues._sentinel or (free(writelock) and writable(pipe)))

        def why() -> tuple[str, tuple[int, ...]]:
            if not buffer:
                return f"nothing is put into `{name}` here", ()
            return f"the pipe of `{name}` has no room" if free(writelock) else f"another writes into `{name}`", ()

        inside = Inside("write", f"{name}'s pipe", name)
        while not (buffer and buffer[0] is queues._sentinel):
            option = Option(worker.number, worker.name, inside.operation, inside.resource, *NOWHERE, Access(name, True))
            found.wait(worker, option, ready, why)
            item = buffer.popleft()
            if item is queues._sentinel:
                break
            worker.depth, worker.inside = worker.depth + 1, inside
            try:
                _send(queues, item, send_bytes, writelock)
                found.saw(short(item))
            except Exception as error:
                if (more[2] and getattr(error, "errno", 0) == queues.errno.EPIPE) or queues.is_exiting():
                    return
                more[4].release()
                more[3](error, item)
            finally:
                worker.depth, worker.inside = worker.depth - 1, None
        more[0]()
        more[1]()

    return feed


def _send(queues: Any, item: Any, send_bytes: Any, writelock: Any) -> None:
    data = queues._ForkingPickler.dumps(item)
    with writelock:
        send_bytes(data)
