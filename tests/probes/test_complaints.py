"""Complaints of event loops and of the interpreter are noted, and printed as they would be without us."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import asyncio, gc, warnings
async def work(): pass
async def fails(): raise ValueError("no")
async def never(): await asyncio.get_running_loop().create_future()
async def main():
    for _ in range(2): work()
    asyncio.create_task(fails())
    asyncio.create_task(never())
    await asyncio.sleep(0.01)
    gc.collect()
    await work()
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
warnings.simplefilter("error")
work()
"""

ADDRESS = re.compile(r"0x[0-9a-f]+")


@pytest.mark.parametrize("python", pythons())
def test_each_is_noted_for_whom_it_is_about(tmp_path: Path, python: str) -> None:
    seen = watch(tmp_path, PROGRAM, python)

    noted = [(event.worker, event.arg, event.site) for event in seen.events if event.kind == "COMPLAINT"]
    assert sorted(noted) == [
        ("Task-1 main", "coroutine 'work' was never awaited", "program.py:7"),
        ("Task-1 main", "coroutine 'work' was never awaited", "program.py:7"),
        ("Task-2 fails", "Task exception was never retrieved: ValueError: no", "program.py:4"),
        ("Task-3 never", "Task was destroyed but it is pending!", ""),
        ("main", "coroutine 'work' was never awaited", "program.py:17"),
    ]


@pytest.mark.parametrize("python", pythons())
def test_a_task_that_is_destroyed_has_ended_there(tmp_path: Path, python: str) -> None:
    seen = watch(tmp_path, PROGRAM, python)

    ends = [(event.kind, event.arg) for event in seen.events if event.worker == "Task-3 never"][-2:]
    assert ends == [("COMPLAINT", "Task was destroyed but it is pending!"), ("FAILED", "destroyed while it was pending")]


@pytest.mark.parametrize("python", pythons())
def test_what_is_printed_is_the_same_as_without_us(tmp_path: Path, python: str) -> None:
    """But for a task that is thrown away with its coroutine: which of the two goes first is the collector's choice."""
    seen = watch(tmp_path, PROGRAM.replace("    asyncio.create_task(never())\n", ""), python)

    plain = subprocess.run([python, tmp_path / "program.py"], capture_output=True, check=False, cwd=tmp_path)
    assert "never awaited" in plain.stderr.decode()
    assert "never retrieved" in plain.stderr.decode()
    assert ADDRESS.sub("0x", seen.stderr.decode()) == ADDRESS.sub("0x", plain.stderr.decode())
