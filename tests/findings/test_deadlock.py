"""Workers that wait for each other in a circle are found, in whatever they wait; those that may still be helped are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.events import Kind
from concviz.findings.finding import Weight
from tests.builders import lane, ns, resource, timeline
from tests.findings.endless import found_after_a_while, found_when_interrupted, found_when_stopped, found_while_it_runs
from tests.findings.found import found, names

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = """
import threading
bread, apples, met = threading.Lock(), threading.Lock(), threading.Barrier(2)
def cook(first, second):
    with first:
        met.wait()
        with second:
            pass
anna = threading.Thread(target=cook, args=(bread, apples), name="Anna")
ben = threading.Thread(target=cook, args=(apples, bread), name="Ben")
anna.start(); ben.start()
anna.join(); ben.join()
"""
TWICE = """
import threading
def put(lock):
    with lock:
        pass
lock = threading.Lock()
with lock:
    put(lock)
"""
QUEUES = """
import queue, threading
a, b = queue.Queue(), queue.Queue()
def relay(inbox, outbox):
    outbox.put(1)
    inbox.get()
    inbox.get()
    outbox.put(2)
workers = [threading.Thread(target=relay, args=both, name=name) for name, both in (("one", (a, b)), ("two", (b, a)))]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
"""
PROCESSES = """
import multiprocessing
def cook(first, second, met):
    with first:
        met.wait()
        with second:
            pass
if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    bread, apples, met = context.Lock(), context.Lock(), context.Barrier(2)
    cooks = [context.Process(target=cook, args=(bread, apples, met), name="Anna")]
    cooks += [context.Process(target=cook, args=(apples, bread, met), name="Ben")]
    for one in cooks:
        one.start()
    for one in cooks:
        one.join()
"""
FUTURES = """
import threading
from concurrent.futures import ThreadPoolExecutor
pool, met = ThreadPoolExecutor(2, thread_name_prefix="worker"), threading.Barrier(2)
def outer():
    met.wait()
    return pool.submit(int).result()
print([future.result() for future in [pool.submit(outer), pool.submit(outer)]])
"""
JOINS = """
import threading
def wait_for(name):
    ready.wait()
    workers[name].join()
ready = threading.Event()
workers = {name: threading.Thread(target=wait_for, args=(other,), name=name) for name, other in (("one", "two"), ("two", "one"))}
for worker in workers.values():
    worker.start()
ready.set()
"""
TASKS = """
import asyncio
async def cook(first, second, met):
    async with first:
        await met.wait()
        async with second:
            pass
async def main():
    bread, apples, met = asyncio.Lock(), asyncio.Lock(), asyncio.Event()
    cooks = [asyncio.create_task(cook(bread, apples, met), name="Anna"), asyncio.create_task(cook(apples, bread, met), name="Ben")]
    await asyncio.sleep(0.01)
    met.set()
    await asyncio.gather(*cooks)
asyncio.run(main())
"""
LOOP = """
import asyncio, threading
lock = threading.Lock()
async def hold():
    with lock:
        await asyncio.sleep(0.02)
async def main():
    await asyncio.gather(asyncio.create_task(hold(), name="one"), asyncio.create_task(hold(), name="two"))
asyncio.run(main())
"""
FIVE = """
import threading
forks, met = [threading.Lock() for _ in range(5)], threading.Barrier(5)
def dine(seat):
    with forks[seat]:
        met.wait()
        with forks[(seat + 1) % 5]:
            pass
for seat in range(5):
    threading.Thread(target=dine, args=(seat,), name=f"seat {seat}").start()
"""
ENDLESS = {
    "locks": (LOCKS, {"Anna", "Ben"}),
    "one lock twice": (TWICE, {"main"}),
    "queues": (QUEUES, {"one", "two"}),
    "processes": (PROCESSES, {"Anna", "Ben"}),
    "futures of a pool": (FUTURES, {"worker_0", "worker_1"}),
    "joins": (JOINS, {"one", "two"}),
    "tasks": (TASKS, {"Anna", "Ben"}),
    "a lock that keeps the loop": (LOOP, {"one", "Task-3 hold"}),
    "five": (FIVE, {f"seat {seat}" for seat in range(5)}),
}
HELPED = {
    "a limit": LOCKS.replace("with second:\n            pass", "second.acquire(timeout=9)"),
    "one order": LOCKS.replace("(apples, bread)", "(bread, apples)").replace("met.wait()", "threading.Event().wait(9)"),
    "tasks under a timeout": TASKS.replace(
        "await asyncio.gather(*cooks)", "async with asyncio.timeout(9):\n        await asyncio.gather(*cooks)"
    ),
    "one that sleeps may put": QUEUES.replace("import", "import time,").replace("    worker.join()", "    time.sleep(9)"),
    "a lock that another one gives back": """
        import threading, time
        a, b = threading.Lock(), threading.Lock()
        def turn(mine, other, times):
            for _ in range(times):
                mine.acquire()
                other.release()
            mine.acquire()
        a.acquire(); b.acquire()
        workers = [threading.Thread(target=turn, args=(a, b, 3)), threading.Thread(target=turn, args=(b, a, 3))]
        for worker in workers:
            worker.start()
        a.release()
        time.sleep(9)
        """,
}


@pytest.mark.parametrize("case", ENDLESS)
def test_a_circle_is_found_with_all_its_members_while_it_stands(tmp_path: Path, case: str) -> None:
    source, members = ENDLESS[case]

    timeline, (finding,) = found_while_it_runs(tmp_path, "deadlock", source)

    assert set(names(timeline, finding)[: len(members)]) == members
    assert finding.weight is Weight.ERROR
    assert all(name in finding.words for name in members)


@pytest.mark.parametrize("case", ["locks", "processes"])
def test_it_is_found_too_when_the_program_was_stopped(tmp_path: Path, case: str) -> None:
    source, members = ENDLESS[case]

    timeline, (finding,) = found_when_stopped(tmp_path, "deadlock", source)

    assert set(names(timeline, finding)[: len(members)]) == members


@pytest.mark.parametrize("case", HELPED)
def test_where_help_may_come_nothing_is_found(tmp_path: Path, case: str) -> None:
    assert found_after_a_while(tmp_path, HELPED[case]) == ()


def test_it_tells_what_each_holds_and_waits_for_and_where() -> None:
    a = lane("A").runs(0).takes("x", 1).waits_for("y", 10, line=4)
    b = lane("B").runs(0).takes("y", 2).waits_for("x", 20, line=8)
    built = timeline(lane("main", "process").runs(0).does(Kind.JOIN, 1, arg="A"), a, b, now=1000)

    (finding,) = found(built, "deadlock")

    assert finding.words == (
        "2 workers wait for each other in a circle: A holds `x` and has waited 990 ms for `y` held by B, program.py:4;"
        " B holds `y` and has waited 980 ms for `x` held by A, program.py:8. main waits for them too"
    )
    assert (finding.from_ns, finding.to_ns) == (ns(20), ns(1000))
    assert [built.resources[one].name for one in finding.resources] == ["y", "x"]
    assert [built.sites[one].line for one in finding.sites] == [4, 8]


def test_a_circle_too_young_is_not_told() -> None:
    a = lane("A").runs(0).takes("x", 1).waits_for("y", 10)
    b = lane("B").runs(0).takes("y", 2).waits_for("x", 20)

    assert found(timeline(a, b, now=400), "deadlock") == ()
    assert len(found(timeline(a, b, now=400), "deadlock", seconds=0.3)) == 1


def test_a_semaphore_with_a_holder_that_runs_is_no_circle() -> None:
    permits = resource("permits", "Semaphore", 2)
    a = lane("A").runs(0).takes("permits", 1, 1).takes("x", 2).waits_for("y", 10)
    b = lane("B").runs(0).takes("y", 2).waits_for("permits", 20)
    free = lane("C").runs(0).takes("permits", 3, 0)

    assert found(timeline(a, b, free, permits, now=2000), "deadlock") == ()


def test_after_lost_events_nothing_is_claimed() -> None:
    a = lane("A").runs(0).takes("x", 1).waits_for("y", 10)
    b = lane("B").runs(0).takes("y", 2).waits_for("x", 20)
    built = timeline(a, b, now=2000)

    built.add_meta(1, ns(3), {"what": "lost", "records": 1, "names": 0})

    assert found(built, "deadlock") == ()


MANAGED = """
import multiprocessing, threading
if __name__ == "__main__":
    lock = threading.Lock()
    with multiprocessing.Manager() as manager, lock:
        lock.acquire()
"""


@pytest.mark.parametrize("source", [TWICE, MANAGED], ids=["alone", "beside a process that goes on"])
def test_who_ends_by_an_interrupt_is_judged_as_it_stood_before(tmp_path: Path, source: str) -> None:
    built, (finding,) = found_when_interrupted(tmp_path, "deadlock", source)

    assert names(built, finding)[0] == "main"
    assert finding.to_ns == (built.meta.interrupted_ns or 0) - 1
    assert finding.words.startswith("A worker waits for itself")


def test_who_goes_on_until_it_is_interrupted_is_judged_well(tmp_path: Path) -> None:
    _, seen = found_when_interrupted(tmp_path, "deadlock", "import time\ntime.sleep(30)")

    assert seen == ()
