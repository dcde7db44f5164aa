"""The life of asyncio tasks: who makes each, its name, its steps, its end; on every Python, however it is made."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch
from tests.probes.steps_of import tasks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_a_task_that_sleeps_shows_every_step(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def count():
            for number in range(1, 3):
                print(number)
                await asyncio.sleep(0.001)
        asyncio.run(count())
        """,
        python,
    )

    name, ms = "Task-1 count", 1_000_000
    assert seen.stdout == b"1\n2\n"
    assert seen.kinds("SPAWNED")[0] == ("SPAWNED", "main", "", name)
    assert tasks(seen, "OUTPUT") == [
        (name, "READY", "main"),
        (name, "RESUMED", "main"),
        (name, "SLEEP", ms),
        (name, "SUSPENDED"),
        (name, "READY", "main"),
        (name, "RESUMED", "main"),
        (name, "SLEPT"),
        (name, "SLEEP", ms),
        (name, "SUSPENDED"),
        (name, "READY", "main"),
        (name, "RESUMED", "main"),
        (name, "SLEPT"),
        (name, "ENDED"),
    ]
    assert {event.site for event in seen.events if event.kind in {"SLEEP", "SLEPT", "SUSPENDED"} and event.worker == name} == {
        "program.py:6"
    }


def test_sleep_0_lets_others_go_first_and_is_no_sleep(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def main():
            print(await asyncio.sleep(0, "done"))
        asyncio.run(main())
        """,
        python,
    )

    name = "Task-1 main"
    assert seen.stdout == b"done\n"
    assert tasks(seen, "OUTPUT") == [
        (name, "READY", "main"),
        (name, "RESUMED", "main"),
        (name, "SUSPENDED"),
        (name, "READY", name),
        (name, "RESUMED", "main"),
        (name, "ENDED"),
    ]


def test_every_way_to_make_a_task_is_seen(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work():
            pass
        async def main():
            loop = asyncio.get_running_loop()
            await asyncio.create_task(work())
            await loop.create_task(work())
            await asyncio.ensure_future(work())
            await asyncio.gather(work())
            async with asyncio.TaskGroup() as group:
                group.create_task(work())
            await asyncio.Task(work(), loop=loop)
            loop.set_task_factory(lambda loop, coro, **more: asyncio.Task(coro, loop=loop, **more))
            await asyncio.create_task(work(), name="by factory")
        asyncio.run(main())
        """,
        python,
    )

    made = [*(f"Task-{number} work" for number in range(2, 8)), "by factory"]
    assert [arg for _, who, _, arg in seen.kinds("SPAWNED") if who == "Task-1 main"] == made
    assert [tasks(seen, "SPAWNED", "READY").count((name, "ENDED")) for name in made] == [1] * len(made)
    assert seen.workers[next(iter(seen.processes)), "Task-2 work"][5] == "program.py:7"


def test_what_a_task_awaits_is_known(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def child():
            await asyncio.sleep(0)
        async def main():
            await asyncio.create_task(child())
            await asyncio.gather(child(), child())
            await asyncio.shield(child())
            future = asyncio.get_running_loop().create_future()
            future.set_result(1)
            await future
        asyncio.run(main())
        """,
        python,
    )

    assert seen.by("Task-1 main", "AWAIT", "SUSPENDED", "READY") == [
        ("READY", "", "main"),
        ("AWAIT", "", "Task-2 child"),
        ("SUSPENDED", "", 0),
        ("READY", "", "Task-2 child"),
        ("SUSPENDED", "gather of 2", 0),
        ("READY", "", "Task-4 child"),
        ("AWAIT", "", "Task-5 child"),
        ("SUSPENDED", "", 0),
        ("READY", "", "Task-5 child"),
    ]


def test_5000_tasks_end_each_once_and_nothing_is_mixed_up(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work():
            await asyncio.sleep(0)
        async def main():
            await asyncio.gather(*[work() for _ in range(5000)])
        asyncio.run(main())
        """,
        python,
    )

    assert seen.dropped == 0
    counts = Counter((who, kind) for who, kind, *_ in tasks(seen) if who != "Task-1 main")
    expected = {"READY": 2, "RESUMED": 2, "SUSPENDED": 1, "ENDED": 1}
    assert counts == {(f"Task-{number} work", kind): times for number in range(2, 5002) for kind, times in expected.items()}
