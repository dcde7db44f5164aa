"""How tasks end: failed, cancelled, out of time, in a group; on every Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch
from tests.probes.steps_of import tasks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_a_failure_tells_its_words_and_asyncio_still_complains(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def fails():
            raise ValueError("no good")
        async def main():
            asyncio.create_task(fails())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        asyncio.run(main())
        """,
        python,
    )

    assert seen.by("Task-2 fails", "FAILED", "ENDED") == [("FAILED", "", "ValueError: no good")]
    assert b"Task exception was never retrieved" in seen.stderr
    assert b"concviz" not in seen.stderr


def test_a_cancelled_task_says_so_and_what_it_was_doing_is_over(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def long():
            await asyncio.sleep(9)
        async def main():
            task = asyncio.create_task(long())
            await asyncio.sleep(0)
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                print("cancelled")
        asyncio.run(main())
        """,
        python,
    )

    name = "Task-2 long"
    assert seen.stdout == b"cancelled\n"
    assert [event for event in tasks(seen) if event[0] == name] == [
        (name, "READY", "Task-1 main"),
        (name, "RESUMED", "main"),
        (name, "SLEEP", 9_000_000_000),
        (name, "SUSPENDED"),
        (name, "READY", "Task-1 main"),
        (name, "RESUMED", "main"),
        (name, "SLEPT"),
        (name, "CANCELLED"),
    ]


def test_a_scheduled_cancel_is_no_step(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def long():
            await asyncio.sleep(9)
        async def main():
            task = asyncio.create_task(long())
            asyncio.get_running_loop().call_later(0.001, task.cancel)
            asyncio.get_running_loop().call_soon(task.get_name)
            await asyncio.wait([task])
        asyncio.run(main())
        """,
        python,
    )

    assert [kind for _, kind, *_ in (event for event in tasks(seen) if event[0] == "Task-2 long")] == [
        "READY",
        "RESUMED",
        "SLEEP",
        "SUSPENDED",
        "READY",
        "RESUMED",
        "SLEPT",
        "CANCELLED",
    ]


def test_a_task_that_changes_its_name_is_called_by_the_new_one(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work():
            asyncio.current_task().set_name("renamed")
        async def main():
            await asyncio.create_task(work())
        asyncio.run(main())
        """,
        python,
    )

    assert [kind for kind, *_ in seen.by("renamed")] == ["READY", "RESUMED", "ENDED"]


def test_a_group_with_a_failure_cancels_the_others(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def fails():
            raise ValueError("no")
        async def long():
            await asyncio.sleep(9)
        async def main():
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(long())
                    group.create_task(fails())
            except* ValueError as errors:
                print(errors.exceptions)
        asyncio.run(main())
        """,
        python,
    )

    assert seen.stdout == b"(ValueError('no'),)\n"
    assert seen.of("group") == [
        ("SPAWNED", "Task-1 main", "Task-2 long"),
        ("SPAWNED", "Task-1 main", "Task-3 fails"),
        ("WAIT", "Task-1 main", 1),
        ("WOKE", "Task-1 main", "Task-2 long"),
    ]
    assert [(kind, who) for kind, who, *_ in seen.kinds("FAILED", "CANCELLED")] == [
        ("FAILED", "Task-3 fails"),
        ("CANCELLED", "Task-2 long"),
    ]


def test_time_that_is_up_is_told_where_it_was_set(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def long():
            await asyncio.sleep(9)
        async def main():
            try:
                async with asyncio.timeout(0.001):
                    await long()
            except TimeoutError:
                print("first")
            try:
                await asyncio.wait_for(long(), 0.001)
            except TimeoutError:
                print("second")
            task = asyncio.create_task(long())
            await asyncio.wait([task], timeout=0.001)
            async with asyncio.timeout(9):
                await asyncio.wait_for(asyncio.sleep(0), 9)
        asyncio.run(main())
        """,
        python,
    )

    assert seen.stdout == b"first\nsecond\n"
    assert [(event.resource, event.site) for event in seen.events if event.kind == "TIMED_OUT"] == [
        ("timeout", "program.py:7"),
        ("timeout", "program.py:12"),
        ("wait for all of 1", "program.py:16"),
    ]
