"""asyncio's locks, semaphores, events, conditions and barriers: who holds, who waits for whom, who woke whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch
from tests.probes.steps_of import STEPS, tasks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_three_tasks_at_one_lock_tell_who_holds_it_and_who_waits(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work(mine):
            async with mine:
                await asyncio.sleep(0)
        async def main():
            lock = asyncio.Lock()
            await asyncio.gather(work(lock), work(lock), work(lock))
        asyncio.run(main())
        """,
        python,
    )

    a, b, c = (f"Task-{number} work" for number in (2, 3, 4))
    assert seen.of("lock") == [
        ("ACQUIRED", a, 1),
        ("REQUESTED", b, a),
        ("REQUESTED", c, a),
        ("RELEASED", a, 0),
        ("ACQUIRED", b, 1),
        ("RELEASED", b, 0),
        ("ACQUIRED", c, 1),
        ("RELEASED", c, 0),
    ]
    assert seen.resources["lock"] == ("Lock", "", "program.py:7")
    assert {event.site for event in seen.events if event.resource == "lock"} == {"program.py:4"}
    assert [event for event in tasks(seen, "SPAWNED") if event[0] == b] == [
        (b, "READY", "Task-1 main"),
        (b, "RESUMED", "main"),
        (b, "REQUESTED", "lock", a),
        (b, "SUSPENDED"),
        (b, "READY", a),
        (b, "RESUMED", "main"),
        (b, "ACQUIRED", "lock", 1),
        (b, "SUSPENDED"),
        (b, "READY", b),
        (b, "RESUMED", "main"),
        (b, "RELEASED", "lock"),
        (b, "ENDED"),
    ]


def test_a_cancelled_wait_for_a_lock_is_refused(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def main():
            lock = asyncio.Lock()
            await lock.acquire()
            try:
                async with asyncio.timeout(0.001):
                    await lock.acquire()
            except TimeoutError:
                lock.release()
            try:
                lock.release()
            except RuntimeError as error:
                print(error)
        asyncio.run(main())
        """,
        python,
    )

    me = "Task-1 main"
    assert seen.stdout == b"Lock is not acquired.\n"
    assert seen.of("lock") == [("ACQUIRED", me, 1), ("REQUESTED", me, me), ("REFUSED", me, 0), ("RELEASED", me, 0)]


def test_a_semaphore_tells_its_value(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work(room):
            async with room:
                await asyncio.sleep(0)
        async def main():
            room = asyncio.BoundedSemaphore(2)
            await asyncio.gather(*[work(room) for _ in range(3)])
            try:
                room.release()
            except ValueError as error:
                print(error)
        asyncio.run(main())
        """,
        python,
    )

    a, b, c = (f"Task-{number} work" for number in (2, 3, 4))
    assert seen.stdout == b"BoundedSemaphore released too many times\n"
    assert seen.of("room") == [
        ("ACQUIRED", a, 1),
        ("ACQUIRED", b, 0),
        ("REQUESTED", c, ""),
        ("RELEASED", a, 1),
        ("RELEASED", b, 1),
        ("ACQUIRED", c, 1),
        ("RELEASED", c, 2),
    ]
    assert seen.resources["room"][:2] == ("BoundedSemaphore", "2")


def test_what_is_handed_to_a_task_has_the_name_of_who_hands_it(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def eat(left, right):
            async with left, right:
                pass
        class Diner:
            def __init__(self, fork):
                self.fork = fork
            async def eat(self):
                async with self.fork:
                    pass
        async def main():
            forks = [asyncio.Lock() for _ in range(3)]
            await asyncio.gather(eat(forks[0], forks[1]), Diner(forks[2]).eat())
        asyncio.run(main())
        """,
        python,
    )

    assert [name for name, fields in seen.resources.items() if fields[0] == "Lock"] == ["forks[0]", "forks[1]", "forks[2]"]


def test_subclasses_and_inspection_see_what_they_would_bare(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio, inspect
        class Mine(asyncio.Lock):
            async def acquire(self):
                return await super().acquire()
        async def main():
            lock = Mine()
            async with lock:
                print(lock.locked())
            for function in (asyncio.Lock.acquire, asyncio.Event.wait, asyncio.Queue.get, asyncio.sleep, asyncio.wait_for):
                print(inspect.iscoroutinefunction(function), function.__module__.startswith("asyncio."))
            print(inspect.signature(asyncio.sleep), asyncio.Lock.acquire.__qualname__)
        asyncio.run(main())
        """,
        python,
    )

    assert seen.stdout == b"True\n" + b"True True\n" * 5 + b"(delay, result=None) Lock.acquire\n"
    assert seen.of("lock") == [("ACQUIRED", "Task-1 main", 1), ("RELEASED", "Task-1 main", 0)]


def test_without_waiting_there_is_no_wait(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def main():
            lock, go = asyncio.Lock(), asyncio.Event()
            go.set()
            async with lock:
                await go.wait()
        asyncio.run(main())
        """,
        python,
    )

    assert [kind for _, kind, *_ in tasks(seen, *STEPS)] == ["NOTIFIED", "ACQUIRED", "RELEASED", "ENDED"]
