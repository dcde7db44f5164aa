"""Queues: who put and took, who waited for room or for an item, and the size after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


@pytest.mark.parametrize("kind", ["Queue", "LifoQueue", "PriorityQueue"])
def test_a_queue_tells_its_size_after_each_step(tmp_path: Path, python: str, kind: str) -> None:
    seen = watch(
        tmp_path,
        """
        import queue
        items = queue.KIND(2)
        items.put(1)
        items.put(2)
        for call in (lambda: items.put(3, block=False), lambda: items.put(3, timeout=0.001)):
            try:
                call()
            except queue.Full:
                print("full")
        items.get()
        items.get_nowait()
        for call in (items.get_nowait, lambda: items.get(timeout=0.001)):
            try:
                call()
            except queue.Empty:
                print("empty")
        items.task_done()
        items.task_done()
        """.replace("KIND", kind),
        python,
    )

    assert seen.stdout == b"full\nfull\nempty\nempty\n"
    assert [(what, arg) for what, _, arg in seen.of("items")] == [
        ("PUT", 1),
        ("PUT", 2),
        ("QUEUE_REFUSED", 0),
        ("PUT_WAIT", 2),
        ("QUEUE_REFUSED", 0),
        ("GOT", 1),
        ("GOT", 0),
        ("QUEUE_REFUSED", 0),
        ("GET_WAIT", 0),
        ("QUEUE_REFUSED", 0),
        ("TASK_DONE", 1),
        ("TASK_DONE", 0),
        ("NOTIFIED", 0),
    ]
    assert seen.resources["items"] == (kind, "2", "program.py:3")


def test_a_consumer_waits_for_an_item_and_a_producer_for_room(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import queue, threading, time
        items = queue.Queue(maxsize=1)

        def until(condition):
            while not condition():
                time.sleep(0.001)

        def producer():
            until(lambda: items.not_empty._waiters)
            items.put("a")
            until(lambda: items.unfinished_tasks == 0)
            items.put("b")
            items.put("c")

        def consumer():
            items.get()
            items.task_done()
            until(lambda: items.not_full._waiters)
            items.get()
            until(lambda: items.qsize() == 1)
            items.get()

        threads = [threading.Thread(target=f, name=f.__name__) for f in (producer, consumer)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """,
        python,
    )

    assert [event for event in seen.of("items") if event[0] not in {"TASK_DONE", "NOTIFIED"}] == [
        ("GET_WAIT", "consumer", 0),
        ("PUT", "producer", 1),
        ("GOT", "consumer", 0),
        ("PUT", "producer", 1),
        ("PUT_WAIT", "producer", 1),
        ("GOT", "consumer", 0),
        ("PUT", "producer", 1),
        ("GOT", "consumer", 0),
    ]


def test_to_join_a_queue_is_to_wait_for_who_does_its_last_item(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import queue, threading, time
        items = queue.Queue()
        items.put(1)

        def worker():
            items.get()
            while not items.all_tasks_done._waiters:
                time.sleep(0.001)
            items.task_done()

        threading.Thread(target=worker, name="worker").start()
        items.join()
        """,
        python,
    )

    assert seen.of("items") == [
        ("PUT", "main", 1),
        ("GOT", "worker", 0),
        ("WAIT", "main", 1),
        ("TASK_DONE", "worker", 0),
        ("NOTIFIED", "worker", 1),
        ("WOKE", "main", "worker"),
    ]


def test_sizes_are_exact_when_many_put_and_take(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import queue, threading
        items = queue.Queue(3)

        def put():
            for i in range(100):
                items.put(i)

        def take():
            for i in range(100):
                items.get()

        threads = [threading.Thread(target=f) for f in (put, take) * 3]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """,
        python,
    )

    size, sizes = 0, []
    for kind, _, after in seen.of("items"):
        if kind in {"PUT", "GOT"}:
            size += 1 if kind == "PUT" else -1
            sizes.append((size, after))
    assert len(sizes) == 600
    assert all(counted == told and 0 <= counted <= 3 for counted, told in sizes)


def test_a_simple_queue_is_watched_too(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import queue, threading, time
        items = queue.SimpleQueue()
        asked = threading.Event()

        def take():
            asked.set()
            items.get()

        thread = threading.Thread(target=take, name="taker")
        thread.start()
        asked.wait()
        time.sleep(0.05)
        items.put(1)
        thread.join()
        items.put_nowait(2)
        print(items.qsize(), items.empty(), items.get(), isinstance(items, queue.SimpleQueue), queue.SimpleQueue[int])
        for call in (items.get_nowait, lambda: items.get(timeout=0.001), lambda: items.get(True, -1)):
            try:
                call()
            except (queue.Empty, ValueError) as error:
                print(type(error).__name__, error)
        """,
        python,
    )

    assert seen.stdout.decode().splitlines() == [
        "1 False 2 True _queue.SimpleQueue[int]",
        "Empty ",
        "Empty ",
        "ValueError 'timeout' must be a non-negative number",
    ]
    assert seen.of("items")[:5] == [
        ("GET_WAIT", "taker", 0),
        ("PUT", "main", 1),
        ("GOT", "taker", 0),
        ("PUT", "main", 1),
        ("GOT", "main", 0),
    ]


def test_queues_of_the_standard_library_are_silent(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(abs, range(10)))
        """,
        python,
    )

    assert {fields[0] for fields in seen.resources.values()}.isdisjoint({"SimpleQueue", "Queue", "Lock", "Semaphore", "Event", "Condition"})
