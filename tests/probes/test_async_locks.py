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


def test_an_event_tells_who_set_it_for_whom(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def wait(go):
            await go.wait()
        async def main():
            go = asyncio.Event()
            waiting = asyncio.gather(wait(go), wait(go))
            await asyncio.sleep(0)
            go.set()
            await waiting
            await go.wait()
            go.clear()
        asyncio.run(main())
        """,
        python,
    )

    a, b, main = "Task-2 wait", "Task-3 wait", "Task-1 main"
    assert seen.of("go") == [
        ("WAIT", a, 1),
        ("WAIT", b, 2),
        ("NOTIFIED", main, 2),
        ("WOKE", a, main),
        ("WOKE", b, main),
        ("CLEARED", main, 0),
    ]


def test_another_thread_that_wakes_a_task_is_named(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio, threading
        async def main():
            loop = asyncio.get_running_loop()
            go = asyncio.Event()
            threading.Thread(target=loop.call_soon_threadsafe, args=(go.set,), name="helper").start()
            await go.wait()
        asyncio.run(main())
        """,
        python,
    )

    assert seen.by("Task-1 main", "READY")[-1] == ("READY", "", "helper")


def test_a_condition_gives_its_lock_up_while_it_waits(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def wait(ready):
            async with ready:
                await ready.wait()
        async def main():
            ready = asyncio.Condition()
            waiting = asyncio.gather(wait(ready), wait(ready))
            await asyncio.sleep(0)
            async with ready:
                ready.notify()
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            async with ready:
                ready.notify_all()
            await waiting
        asyncio.run(main())
        """,
        python,
    )

    a, b, main = "Task-2 wait", "Task-3 wait", "Task-1 main"
    assert seen.of("ready") == [
        ("ACQUIRED", a, 1),
        ("WAIT", a, 1),
        ("RELEASED", a, 0),
        ("ACQUIRED", b, 1),
        ("WAIT", b, 2),
        ("RELEASED", b, 0),
        ("ACQUIRED", main, 1),
        ("NOTIFIED", main, 1),
        ("WOKE", a, main),
        ("REQUESTED", a, main),
        ("RELEASED", main, 0),
        ("REQUESTED", main, ""),
        ("ACQUIRED", a, 1),
        ("RELEASED", a, 0),
        ("ACQUIRED", main, 1),
        ("NOTIFIED", main, 1),
        ("RELEASED", main, 0),
        ("WOKE", b, main),
        ("ACQUIRED", b, 1),
        ("RELEASED", b, 0),
    ]


def test_a_condition_on_a_lock_of_the_programs_own_leaves_the_lock_to_speak(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def main():
            lock = asyncio.Lock()
            ready = asyncio.Condition(lock)
            async with ready:
                ready.notify()
            try:
                ready.notify()
            except RuntimeError as error:
                print(error)
        asyncio.run(main())
        """,
        python,
    )

    assert seen.stdout == b"cannot notify on un-acquired lock\n"
    assert seen.of("lock") == [("ACQUIRED", "Task-1 main", 1), ("RELEASED", "Task-1 main", 0)]
    assert seen.of("ready") == [("NOTIFIED", "Task-1 main", 0)]


def test_the_last_to_come_to_a_barrier_lets_all_go(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def meet(gate):
            async with gate as place:
                print(place)
        async def main():
            gate = asyncio.Barrier(3)
            await asyncio.gather(*[meet(gate) for _ in range(3)])
        asyncio.run(main())
        """,
        python,
    )

    a, b, c = (f"Task-{number} meet" for number in (2, 3, 4))
    assert sorted(seen.stdout) == sorted(b"0\n1\n2\n")
    assert seen.of("gate") == [("WAIT", a, 1), ("WAIT", b, 2), ("NOTIFIED", c, 2), ("WOKE", a, c), ("WOKE", b, c)]
    assert [name for name, fields in seen.resources.items() if fields[0] != "gather"] == ["gate"]


def test_a_broken_barrier_wakes_who_waits(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def meet(gate):
            try:
                await gate.wait()
            except asyncio.BrokenBarrierError:
                print("broken")
        async def main():
            gate = asyncio.Barrier(3)
            task = asyncio.create_task(meet(gate))
            await asyncio.sleep(0)
            await gate.abort()
            await task
            await gate.reset()
        asyncio.run(main())
        """,
        python,
    )

    assert seen.stdout == b"broken\n"
    assert [(kind, who) for kind, who, _ in seen.of("gate")] == [
        ("WAIT", "Task-2 meet"),
        ("NOTIFIED", "Task-1 main"),
        ("WOKE", "Task-2 meet"),
        ("CLEARED", "Task-1 main"),
    ]


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
