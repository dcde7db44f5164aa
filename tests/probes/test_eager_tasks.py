"""Eager tasks, whose first step runs inside their creation: there from 3.12 on."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

HAS_THEM = "import asyncio, sys; sys.exit(not hasattr(asyncio, 'eager_task_factory'))"

pytestmark = pytest.mark.parametrize(
    "python", [python for python in pythons() if subprocess.run([python, "-c", HAS_THEM], check=False).returncode == 0]
)


def test_the_first_step_of_an_eager_task_is_its_own(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def quick():
            pass
        async def slow():
            await asyncio.sleep(0.001)
        async def yields():
            await asyncio.sleep(0)
        async def main():
            loop = asyncio.get_running_loop()
            for work in (quick, slow, yields):
                await asyncio.eager_task_factory(loop, work(), name=work.__name__)
        asyncio.run(main())
        """,
        python,
    )

    assert [(kind, arg) for kind, _, arg in seen.by("quick")] == [("RESUMED", "main"), ("ENDED", 0)]
    assert [(kind, arg) for kind, _, arg in seen.by("slow")] == [
        ("RESUMED", "main"),
        ("SLEEP", 1_000_000),
        ("SUSPENDED", 0),
        ("READY", "main"),
        ("RESUMED", "main"),
        ("SLEPT", 0),
        ("ENDED", 0),
    ]
    assert [(kind, arg) for kind, _, arg in seen.by("yields")] == [
        ("RESUMED", "main"),
        ("SUSPENDED", 0),
        ("READY", "yields"),
        ("RESUMED", "main"),
        ("ENDED", 0),
    ]
    assert [(kind, arg) for kind, _, arg in seen.by("Task-1 main", "SPAWNED", "AWAIT")] == [
        ("SPAWNED", "quick"),
        ("SPAWNED", "slow"),
        ("AWAIT", "slow"),
        ("SPAWNED", "yields"),
        ("AWAIT", "yields"),
    ]


def test_an_eager_task_that_fails_at_once(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def fails():
            raise ValueError("no")
        async def main():
            make = asyncio.create_eager_task_factory(asyncio.Task)
            print(repr(make(asyncio.get_running_loop(), fails(), name="fails").exception()))
        asyncio.run(main())
        """,
        python,
    )

    assert seen.stdout == b"ValueError('no')\n"
    assert [(kind, arg) for kind, _, arg in seen.by("fails")] == [("RESUMED", "main"), ("FAILED", "ValueError: no")]


def test_a_loop_told_to_make_eager_tasks_makes_them(tmp_path: Path, python: str) -> None:
    """The name that `create_task` sets after the first step is known from the second on."""
    seen = watch(
        tmp_path,
        """
        import asyncio
        async def work():
            await asyncio.sleep(0)
        async def main():
            asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
            await asyncio.create_task(work(), name="work")
        asyncio.run(main())
        """,
        python,
    )

    assert [kind for kind, *_ in seen.by("work")] == ["RESUMED", "SUSPENDED", "READY", "RESUMED", "ENDED"]
