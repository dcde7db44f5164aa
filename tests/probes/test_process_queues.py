"""multiprocessing's queues: who puts and takes, who waits for whom, how full they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON, EVERY_WAY, SOME_WAYS, meeting

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_WAY
def test_who_takes_from_an_empty_queue_waits_for_who_puts(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def produce(items, end, parent):
                end.recv()
                until_asleep(parent)
                items.put("one")

            if __name__ == "__main__":
                queue = context.Queue(3)
                here, there = context.Pipe()
                child = context.Process(target=produce, args=(queue, there, os.getpid()), name="producer")
                child.start()
                here.send(1)
                print(queue.get())
                child.join()
            """,
            method,
        ),
        python,
    )

    assert seen.stdout == b"one\n"
    assert [event for event in seen.of("queue") if not event[0].startswith("IO")] == [
        ("GET_WAIT", "main", 0),
        ("PUT", "producer", 1),
        ("GOT", "main", 0),
    ]
    assert seen.resources["queue"] == ("Queue", "3", "program.py:19")
    assert seen.workers[next(e.pid for e in seen.events if e.worker == "producer"), "QueueFeederThread"][4] == "daemon,internal"


@SOME_WAYS
def test_who_puts_into_a_full_queue_waits_for_who_takes(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def consume(items, end, parent):
                end.recv()
                until_asleep(parent)
                items.get()

            if __name__ == "__main__":
                queue = context.Queue(1)
                here, there = context.Pipe()
                child = context.Process(target=consume, args=(queue, there, os.getpid()), name="consumer")
                child.start()
                queue.put(1)
                here.send(1)
                queue.put(2)
                child.join()
                queue.get()
            """,
            method,
        ),
        python,
    )

    assert [event for event in seen.of("queue") if event[0] in {"PUT", "PUT_WAIT", "GOT"}] == [
        ("PUT", "main", 1),
        ("PUT_WAIT", "main", 1),
        ("GOT", "consumer", 0),
        ("PUT", "main", 1),
        ("GOT", "main", 0),
    ]


@EVERY_PYTHON
def test_a_refusal_comes_at_once_or_when_the_time_is_up(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            from queue import Empty, Full

            queue = context.Queue(1)
            for get in (queue.get_nowait, lambda: queue.get(timeout=0.001)):
                try:
                    get()
                except Empty:
                    print("empty", queue.empty())
            queue.put(1)
            for put in (queue.put_nowait, lambda item: queue.put(item, timeout=0.001)):
                try:
                    put(2)
                except Full:
                    print("full")
            queue.get()
            """,
            "fork",
        ),
        python,
    )

    assert seen.stdout == b"empty True\nempty True\nfull\nfull\n"
    assert [event[0] for event in seen.of("queue") if not event[0].startswith("IO")][:7] == [
        "QUEUE_REFUSED",
        "GET_WAIT",
        "QUEUE_REFUSED",
        "PUT",
        "QUEUE_REFUSED",
        "PUT_WAIT",
        "QUEUE_REFUSED",
    ]


@SOME_WAYS
def test_who_joins_a_queue_waits_for_its_last_task(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def work(items, end, parent):
                end.recv()
                until_asleep(parent)
                for _ in range(2):
                    items.get()
                    items.task_done()

            if __name__ == "__main__":
                tasks = context.JoinableQueue()
                here, there = context.Pipe()
                child = context.Process(target=work, args=(tasks, there, os.getpid()), name="worker")
                child.start()
                tasks.put(1)
                tasks.put(2)
                here.send(1)
                tasks.join()
                child.join()
            """,
            method,
        ),
        python,
    )

    assert [event for event in seen.of("tasks") if event[0] in {"WAIT", "TASK_DONE", "NOTIFIED", "WOKE"}] == [
        ("WAIT", "main", 1),
        ("TASK_DONE", "worker", 1),
        ("TASK_DONE", "worker", 0),
        ("NOTIFIED", "worker", 1),
        ("WOKE", "main", ""),
    ]
    assert seen.resources["tasks"][:2] == ("JoinableQueue", "")


@SOME_WAYS
def test_a_simple_queue_does_not_tell_how_full_it_is(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def produce(items, end, parent):
                end.recv()
                until_asleep(parent)
                items.put(1)

            if __name__ == "__main__":
                queue = context.SimpleQueue()
                here, there = context.Pipe()
                child = context.Process(target=produce, args=(queue, there, os.getpid()), name="producer")
                child.start()
                here.send(1)
                queue.get()
                child.join()
            """,
            method,
        ),
        python,
    )

    assert seen.of("queue") == [("GET_WAIT", "main", -1), ("PUT", "producer", -1), ("GOT", "main", -1)]


@EVERY_PYTHON
def test_a_child_that_ends_waits_until_its_items_have_gone(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def produce(items):
                items.put(bytes(1_000_000))

            if __name__ == "__main__":
                queue = context.Queue()
                child = context.Process(target=produce, args=(queue,), name="producer")
                child.start()
                until_asleep(child.pid)
                queue.get()
                child.join()
            """,
            "fork",
        ),
        python,
    )

    assert [event[:2] for event in seen.by("producer", "PUT", "IO_WAIT", "IO_DONE", "ENDED")] == [
        ("PUT", "queue"),
        ("IO_WAIT", "queue"),
        ("IO_DONE", "queue"),
        ("ENDED", ""),
    ]
