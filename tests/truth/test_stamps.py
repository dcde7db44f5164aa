"""Programs that stamp their own progress: what the lanes say must lie between the stamps, in order, owner and length."""

from __future__ import annotations

import json
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import pytest

from concviz.events import Kind
from concviz.timeline.owners import owners_at
from concviz.timeline.states import State
from tests.probes.harness import pythons
from tests.runs.watching import ended, running, words

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

pytestmark = pytest.mark.parametrize("python", pythons())

HOLD_NS = 20_000_000
"""How long each worker keeps the lock, in its sleep."""

TOLERANCE_NS = 2_000_000
"""By so much a wait may be shorter on screen than between its stamps; the median of all, since a busy machine may take a
worker's core away between a stamp and the wait."""

THREADS = """
    import json, threading, time
    now, lock, stamps = time.monotonic_ns, threading.Lock(), []
    def work(name):
        for _ in range(2):
            asked = now()
            with lock:
                inside = now()
                time.sleep(0.02)
                leaving = now()
            stamps.append((name, asked, inside, leaving, now()))
    threads = [threading.Thread(target=work, args=(name,), name=name) for name in "ABC"]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(json.dumps(stamps))
"""
PROCESSES = """
    import json, time
    from multiprocessing import Barrier, Lock, Process, SimpleQueue
    now = time.monotonic_ns
    def work(name, lock, stamps, all_here):
        all_here.wait()
        for _ in range(2):
            asked = now()
            with lock:
                inside = now()
                time.sleep(0.02)
                leaving = now()
            stamps.put((name, asked, inside, leaving, now()))
    if __name__ == "__main__":
        lock, stamps, all_here = Lock(), SimpleQueue(), Barrier(3)
        children = [Process(target=work, args=(name, lock, stamps, all_here), name=name) for name in "ABC"]
        for child in children: child.start()
        for child in children: child.join()
        print(json.dumps([stamps.get() for _ in range(6)]))
"""
TASKS = """
    import asyncio, json, time
    now, stamps = time.monotonic_ns, []
    async def work(name, lock):
        for _ in range(2):
            asked = now()
            async with lock:
                inside = now()
                await asyncio.sleep(0.02)
                leaving = now()
            stamps.append((name, asked, inside, leaving, now()))
    async def main():
        lock = asyncio.Lock()
        await asyncio.gather(*(asyncio.create_task(work(name, lock), name=name) for name in "ABC"))
        print(json.dumps(stamps))
    asyncio.run(main())
"""
MODELS = pytest.mark.parametrize("source", [THREADS, PROCESSES, TASKS], ids=["threads", "processes", "asyncio"])


@dataclass(frozen=True, slots=True)
class Turn:
    """One worker's turn with the lock, by its own clock."""

    worker: int
    asked_ns: int
    inside_ns: int
    leaving_ns: int
    left_ns: int


def turns(timeline: Timeline, printed: str) -> list[Turn]:
    """In the order in which the lock was had."""
    names = {worker.name: worker.index for worker in timeline.workers}
    found = [Turn(names[name], *times) for name, *times in json.loads(printed.splitlines()[-1])]
    assert len(found) == 6
    return sorted(found, key=lambda turn: turn.inside_ns)


def lock_of(timeline: Timeline) -> int:
    return next(resource.index for resource in timeline.resources if resource.name == "lock")


@MODELS
def test_the_lock_is_held_by_whom_the_stamps_say_and_by_nobody_else(tmp_path: Path, python: str, source: str) -> None:
    with running(tmp_path, source, python) as run:
        timeline = ended(run).timeline
        lock = lock_of(timeline)

        for turn in turns(timeline, words(run)):
            for time_ns in (turn.inside_ns, (turn.inside_ns + turn.leaving_ns) // 2, turn.leaving_ns):
                assert owners_at(timeline, lock, time_ns) == (turn.worker,)


@MODELS
def test_order_and_overlap_are_those_of_the_stamps(tmp_path: Path, python: str, source: str) -> None:
    with running(tmp_path, source, python) as run:
        timeline = ended(run).timeline
        events, lock = timeline.events, lock_of(timeline)
        taken = [
            (int(events.time_ns[row]), int(events.worker[row])) for row in timeline.events_on(lock) if events.kind[row] == Kind.ACQUIRED
        ]
        stamped = turns(timeline, words(run))

        assert [worker for _, worker in taken] == [turn.worker for turn in stamped]
        assert all(turn.asked_ns <= time_ns <= turn.inside_ns for (time_ns, _), turn in zip(taken, stamped, strict=True))
        assert all(former.leaving_ns <= time_ns for former, (time_ns, _) in zip(stamped, taken[1:], strict=False))


@MODELS
def test_waits_and_sleeps_lie_between_their_stamps_and_are_as_long(tmp_path: Path, python: str, source: str) -> None:
    with running(tmp_path, source, python) as run:
        timeline = ended(run).timeline
        stamped = turns(timeline, words(run))

        for turn in stamped:
            lane = timeline.lane(turn.worker)
            asleep = [span for span in lane.between(turn.inside_ns, turn.leaving_ns) if span.state is State.SLEEPING]
            assert sum(span.to_ns - span.from_ns for span in asleep) >= HOLD_NS - TOLERANCE_NS  # a timer may be early by its grain
            assert all(turn.inside_ns <= span.from_ns < span.to_ns <= turn.leaving_ns for span in asleep)
        shorter = []
        for turn in stamped:
            waits = [span for span in timeline.lane(turn.worker).between(turn.asked_ns, turn.inside_ns) if span.state is State.LOCK]
            assert all(turn.asked_ns <= span.from_ns < span.to_ns <= turn.inside_ns for span in waits)
            assert {timeline.resources[span.resource].name for span in waits} <= {"lock"}
            if turn.inside_ns - turn.asked_ns > HOLD_NS // 2:
                shorter.append(turn.inside_ns - turn.asked_ns - sum(span.to_ns - span.from_ns for span in waits))
        assert len(shorter) >= 2
        assert median(shorter) <= TOLERANCE_NS
