"""Workers that nobody can wake any more are found; those that something outside may wake are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.findings.endless import found_after_a_while, found_when_stopped, found_while_it_runs
from tests.findings.found import names

if TYPE_CHECKING:
    from pathlib import Path

CONSUMER = """
import queue, threading
items = queue.Queue()
def produce():
    for number in range(3):
        items.put(number)
def consume():
    while True:
        items.get()
workers = [threading.Thread(target=target, name=target.__name__) for target in (produce, consume)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
"""
ENDLESS = {
    "nothing more comes": (CONSUMER, "consume"),
    "too few come to the barrier": (
        """
        import threading
        barrier = threading.Barrier(3)
        for number in range(2):
            threading.Thread(target=barrier.wait, name=f"runner {number}").start()
        """,
        "runner 0",
    ),
    "the signal came before the wait": (
        """
        import threading
        ready, told = threading.Condition(), threading.Event()
        def wait():
            told.wait()
            with ready:
                ready.wait()
        def tell():
            with ready:
                ready.notify()
            told.set()
        workers = [threading.Thread(target=wait, name="waiter"), threading.Thread(target=tell)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        """,
        "waiter",
    ),
    "the holder failed": (
        """
        import threading
        lock = threading.Lock()
        def fail():
            lock.acquire()
            raise SystemExit
        def take():
            with lock:
                pass
        for target in (fail, take):
            worker = threading.Thread(target=target, name=target.__name__)
            worker.start()
            worker.join()
        """,
        "take",
    ),
    "the holder's process is gone": (
        """
        import multiprocessing, os, time
        def leave(lock):
            lock.acquire()
            os._exit(0)
        def take(lock):
            with lock:
                pass
        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            lock = context.Lock()
            gone = context.Process(target=leave, args=(lock,), name="gone")
            gone.start()
            gone.join()
            context.Process(target=take, args=(lock,), name="left").start()
            while True:
                time.sleep(0.05)
        """,
        "left",
    ),
    "a queue that nobody empties": (
        """
        import multiprocessing
        def put(results):
            results.put(bytes(1_000_000))
        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            results = context.Queue()
            child = context.Process(target=put, args=(results,), name="child")
            child.start()
            child.join()
            results.get()
        """,
        "child",
    ),
    "a task whose producer is done": (
        """
        import asyncio
        async def consume(items):
            while True:
                await items.get()
        async def main():
            items = asyncio.Queue()
            await asyncio.create_task(items.put(1))
            await asyncio.create_task(consume(items), name="consumer")
        asyncio.run(main())
        """,
        "consumer",
    ),
}
WOKEN = {
    "it sleeps": """
        import threading, time
        workers = [threading.Thread(target=time.sleep, args=(9,)) for _ in range(2)]
        for worker in workers:
            worker.start()
        """,
    "its waits have limits": """
        import queue, threading
        items, event, lock = queue.Queue(), threading.Event(), threading.Lock()
        lock.acquire()
        targets = (lambda: event.wait(9), lambda: items.get(timeout=9), lambda: lock.acquire(timeout=9), lambda: items.get(True, 9))
        for target in targets:
            threading.Thread(target=target).start()
        """,
    "a server that waits for guests": """
        import queue, socket, threading
        server, guests = socket.create_server(("127.0.0.1", 0)), queue.Queue()
        threading.Thread(target=guests.get).start()
        guests.put(server.accept())
        """,
    "a server of tasks": """
        import asyncio
        async def main():
            guests, stop = asyncio.Queue(), asyncio.Event()
            server = await asyncio.start_server(lambda *guest: guests.put_nowait(guest), "127.0.0.1", 0)
            worker = asyncio.create_task(guests.get())
            await stop.wait()
        asyncio.run(main())
        """,
    "a signal": """
        import queue, signal, threading
        stop, items = threading.Event(), queue.Queue()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        threading.Thread(target=items.get, daemon=True).start()
        stop.wait()
        """,
    "input": """
        import os, queue, threading
        items = queue.Queue()
        reading, writing = os.pipe()
        threading.Thread(target=items.get).start()
        os.read(reading, 1)
        """,
    "jobs that take long": """
        import time
        from concurrent.futures import ProcessPoolExecutor
        if __name__ == "__main__":
            with ProcessPoolExecutor(2) as pool:
                list(pool.map(time.sleep, [9, 9]))
        """,
    "a pool that maps": """
        import multiprocessing, time
        if __name__ == "__main__":
            with multiprocessing.get_context("fork").Pool(2) as pool:
                pool.map(time.sleep, [9, 9])
        """,
    "a program that it started": """
        import queue, subprocess, threading
        threading.Thread(target=queue.Queue().get, daemon=True).start()
        subprocess.run(["sleep", "9"])
        """,
    "a timer": """
        import threading
        rung = threading.Event()
        threading.Timer(9, rung.set).start()
        rung.wait()
        """,
    "a timer of the loop": """
        import asyncio
        async def main():
            rung = asyncio.Event()
            asyncio.get_running_loop().call_later(9, rung.set)
            await rung.wait()
        asyncio.run(main())
        """,
}


@pytest.mark.parametrize("case", ENDLESS)
def test_who_waits_in_vain_is_found(tmp_path: Path, case: str) -> None:
    source, first = ENDLESS[case]

    timeline, (finding,) = found_while_it_runs(tmp_path, "stuck", source)

    assert names(timeline, finding)[0] == first
    assert first in finding.words


def test_it_is_found_too_when_the_program_was_stopped(tmp_path: Path) -> None:
    timeline, (finding,) = found_when_stopped(tmp_path, "stuck", CONSUMER)

    assert names(timeline, finding) == ["consume", "main"]


@pytest.mark.parametrize("case", WOKEN)
def test_where_anything_may_wake_it_nothing_is_found(tmp_path: Path, case: str) -> None:
    assert found_after_a_while(tmp_path, WOKEN[case]) == ()


NOT_TOLD_DONE = """
import queue, threading
items = queue.Queue()
def consume():
    while True:
        items.get()
threading.Thread(target=consume, name="consume", daemon=True).start()
items.put(1)
items.join()
"""


def test_who_joins_a_queue_whose_items_are_never_called_done_is_told_of_task_done(tmp_path: Path) -> None:
    timeline, (finding,) = found_while_it_runs(tmp_path, "stuck", NOT_TOLD_DONE)

    assert "main" in names(timeline, finding)
    assert "task_done" in finding.advice
