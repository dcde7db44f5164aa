"""asyncio's events, conditions and barriers: who woke whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


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
