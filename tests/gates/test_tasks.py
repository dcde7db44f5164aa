"""asyncio under control."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from typing import Any

from concviz.gates.choice import End
from concviz.gates.run import run_once
from concviz.gates.target import Target
from tests.gates.chosen import chance, first_bad, on, one, outcomes


async def philosophers() -> None:
    a, b = asyncio.Lock(), asyncio.Lock()

    async def eat(left: asyncio.Lock, right: asyncio.Lock) -> None:
        async with left:
            await asyncio.sleep(0)
            async with right:
                pass

    await asyncio.gather(eat(a, b), eat(b, a))


def test_a_deadlock_of_tasks_tells_the_circle() -> None:
    outcome = first_bad(Target(philosophers), 50)

    assert outcome.end is End.DEADLOCK
    assert outcome.words == "deadlock: Task-2 waits: `b` is held by Task-3, and Task-3 waits: `a` is held by Task-2"


def test_queues_conditions_groups_timeouts_and_threads_together() -> None:
    async def program() -> list[Any]:
        items, out = asyncio.Queue[int](1), list[Any]()
        done = asyncio.Event()

        async def produce() -> None:
            for number in range(3):
                await items.put(number)
            done.set()

        async def consume() -> None:
            out.extend([await items.get() for _ in range(3)])
            await done.wait()

        def slow() -> str:
            time.sleep(100)
            return threading.current_thread().name

        async with asyncio.TaskGroup() as group:
            group.create_task(produce())
            group.create_task(consume())
            job = group.create_task(asyncio.to_thread(slow))
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(2)
        except TimeoutError:
            out.append("late")
        return [*out, job.result()]

    found = outcomes(Target(program), 20)

    assert {outcome.result for outcome in found} == {"[0, 1, 2, 'late', 'asyncio_0']"}


def test_whether_a_wait_is_timed_out_is_a_choice() -> None:
    async def program() -> str:
        done = asyncio.Event()

        async def sets() -> None:
            await asyncio.sleep(1)
            done.set()

        helper = asyncio.create_task(sets())
        try:
            await asyncio.wait_for(done.wait(), 1)
        except TimeoutError:
            return "late"
        finally:
            await helper
        return "in time"

    assert {one(program, chance(seed)).result for seed in range(30)} == {"'late'", "'in time'"}


def test_another_thread_may_hand_in_coroutines() -> None:
    async def program() -> str:
        loop = asyncio.get_running_loop()

        def ask() -> str:
            return asyncio.run_coroutine_threadsafe(asyncio.sleep(1, "hi"), loop).result()

        return await loop.run_in_executor(None, ask)

    assert {one(program, chance(seed)).result for seed in range(10)} == {"'hi'"}


def test_two_loops_in_two_threads_interleave() -> None:
    def program() -> str:
        seen: list[str] = []

        async def twice(name: str) -> None:
            seen.append(name)
            await asyncio.sleep(0)
            seen.append(name)

        threads = [threading.Thread(target=asyncio.run, args=(twice(name),)) for name in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return "".join(seen)

    found = {one(program, chance(seed)).result for seed in range(60)}

    assert {"'aabb'", "'abab'", "'bbaa'"} <= found


def test_what_a_loop_under_control_cannot_do_ends_the_run_by_its_error() -> None:
    async def program() -> None:
        await asyncio.open_connection("localhost", 1)

    outcome = run_once(Target(program), on)

    assert (outcome.end, outcome.words) == (End.EXCEPTION, "NotImplementedError")


def test_a_task_that_is_left_is_cancelled_at_the_end_and_signals_stay_as_they_are() -> None:
    seen: list[object] = []

    async def forever(begun: asyncio.Event) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def program() -> None:
        begun = asyncio.Event()
        seen.append(signal.getsignal(signal.SIGINT))
        task = asyncio.create_task(forever(begun))
        await begun.wait()
        assert not task.done()

    before = signal.getsignal(signal.SIGINT)
    one(program)

    assert seen == [before, "cancelled"]
    assert signal.getsignal(signal.SIGINT) is before
