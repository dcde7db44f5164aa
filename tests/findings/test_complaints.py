"""What asyncio and the interpreter complain of is found; tasks and coroutines that were asked about are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.findings.found import found_in

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import asyncio, gc
async def work(): pass
async def fails(): raise ValueError("no")
async def never(): await asyncio.get_running_loop().create_future()
async def main():
    {what}
    gc.collect()
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
"""


def test_an_exception_that_nobody_asked_for_is_found(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "task_exception", PROGRAM.format(what="asyncio.create_task(fails()); await asyncio.sleep(0.01)"))

    assert finding.words == "Task-2 fails failed with ValueError: no, program.py:4, and nobody retrieved the exception"


def test_one_that_was_asked_for_is_not(tmp_path: Path) -> None:
    asked = "print(await asyncio.gather(fails(), return_exceptions=True))"

    assert found_in(tmp_path, "task_exception", PROGRAM.format(what=asked)) == ()


def test_a_task_thrown_away_before_its_end_is_found(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "task_exception", PROGRAM.format(what="asyncio.create_task(never()); await asyncio.sleep(0)"))

    assert finding.words == "Task-2 never was thrown away before its end"


def test_a_coroutine_that_was_not_awaited_is_found_once_a_line(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "never_awaited", PROGRAM.format(what="[work() for _ in range(3)]"))

    assert finding.words == "Coroutine 'work' was never awaited: its code did not run (3 times), program.py:7"


def test_one_that_was_awaited_is_not(tmp_path: Path) -> None:
    assert found_in(tmp_path, "never_awaited", PROGRAM.format(what="[await work() for _ in range(3)]")) == ()
