"""asyncio's queues: who put and took, who waited for room or for an item, and the size after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch
from tests.probes.steps_of import tasks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_a_producer_and_a_consumer_share_a_queue_of_two(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def produce(queue):
            for item in range(4):
                await queue.put(item)
        async def consume(queue):
            for item in range(4):
                await queue.get()
        async def main():
            jobs = asyncio.Queue(2)
            await asyncio.gather(produce(jobs), consume(jobs))
        asyncio.run(main())
        """,
        python,
    )

    put, get = "Task-2 produce", "Task-3 consume"
    assert seen.resources["jobs"] == ("Queue", "2", "program.py:10")
    assert [event for event in tasks(seen, "SPAWNED") if event[0] != "Task-1 main"] == [
        (put, "READY", "Task-1 main"),
        (get, "READY", "Task-1 main"),
        (put, "RESUMED", "main"),
        (put, "PUT", "jobs", 1),
        (put, "PUT", "jobs", 2),
        (put, "PUT_WAIT", "jobs", 2),
        (put, "SUSPENDED"),
        (get, "RESUMED", "main"),
        (get, "GOT", "jobs", 1),
        (put, "READY", get),
        (get, "GOT", "jobs"),
        (get, "GET_WAIT", "jobs"),
        (get, "SUSPENDED"),
        (put, "RESUMED", "main"),
        (put, "PUT", "jobs", 1),
        (get, "READY", put),
        (put, "PUT", "jobs", 2),
        (put, "ENDED"),
        (get, "RESUMED", "main"),
        (get, "GOT", "jobs", 1),
        (get, "GOT", "jobs"),
        (get, "ENDED"),
    ]


@pytest.mark.parametrize("kind", ["Queue", "LifoQueue", "PriorityQueue"])
def test_a_queue_tells_its_size_and_what_it_refused(tmp_path: Path, python: str, kind: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def main():
            items = asyncio.KIND(2)
            items.put_nowait(1)
            await items.put(2)
            try:
                items.put_nowait(3)
            except asyncio.QueueFull:
                print("full")
            try:
                await asyncio.wait_for(items.put(3), 0.001)
            except TimeoutError:
                print("still full")
            items.get_nowait()
            await items.get()
            try:
                items.get_nowait()
            except asyncio.QueueEmpty:
                print("empty")
            items.task_done()
            items.task_done()
            await items.join()
        asyncio.run(main())
        """.replace("KIND", kind),
        python,
    )

    assert seen.stdout == b"full\nstill full\nempty\n"
    assert [(what, arg) for what, _, arg in seen.of("items")] == [
        ("PUT", 1),
        ("PUT", 2),
        ("QUEUE_REFUSED", 0),
        ("PUT_WAIT", 2),
        ("QUEUE_REFUSED", 0),
        ("GOT", 1),
        ("GOT", 0),
        ("QUEUE_REFUSED", 0),
        ("TASK_DONE", 1),
        ("TASK_DONE", 0),
    ]
    assert seen.resources["items"][0] == kind


def test_a_join_waits_for_the_last_task_done(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work(jobs):
            await jobs.get()
            jobs.task_done()
        async def main():
            jobs = asyncio.Queue()
            asyncio.create_task(work(jobs))
            await jobs.put(1)
            await jobs.join()
        asyncio.run(main())
        """,
        python,
    )

    main, worker = "Task-1 main", "Task-2 work"
    assert seen.of("jobs") == [
        ("PUT", main, 1),
        ("WAIT", main, 1),
        ("GOT", worker, 0),
        ("TASK_DONE", worker, 0),
        ("WOKE", main, worker),
    ]


def test_a_queue_of_the_programs_own_kind_tells_what_it_really_did(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        class Distinct(asyncio.Queue):
            def _init(self, maxsize):
                self._queue = set()
            def _put(self, item):
                self._queue.add(item)
            def _get(self):
                return self._queue.pop()
        async def main():
            items = Distinct()
            await items.put(1)
            await items.put(1)
            await items.get()
        asyncio.run(main())
        """,
        python,
    )

    assert [(what, arg) for what, _, arg in seen.of("items")] == [("PUT", 1), ("PUT", 1), ("GOT", 0)]


def test_what_the_library_makes_for_itself_is_silent(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work(number):
            return number
        async def main():
            for one in asyncio.as_completed([work(1), work(2)]):
                await one
        asyncio.run(main())
        """,
        python,
    )

    assert seen.resources == {}
    assert [event.site for event in seen.events if event.kind == "SUSPENDED"] == ["program.py:7"]
