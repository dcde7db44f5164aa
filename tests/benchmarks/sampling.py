"""Looks from outside, against what the watched threads stamp themselves and what kernel and interpreter count."""

from __future__ import annotations

import tempfile
import time
from bisect import bisect_right
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.runs.launch import Launch
from concviz.runs.run import Run
from concviz.sampling.gil import GilReader
from concviz.sampling.pace import BUDGET
from concviz.timeline.gil import hand_overs
from concviz.timeline.states import State
from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import PROGRAMS
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from concviz.timeline.measure import Measure
    from concviz.timeline.timeline import Timeline

ASKED = 0.9
"""The budget that is asked for, as a share of one core, where many looks are wanted."""

TURNS = 12


def holder(python: str) -> list[Figure]:
    """Who held the GIL at each look, against who stamped last."""
    figures = []
    for threads in (2, 4, 8):
        with ended("spinners.py", python, budget=0, THREADS=str(threads), SECONDS="2", each=_Looks()) as (_, told, looks):
            stamps = _stamps(told)
        times = [at for at, _ in stamps]
        inside = [(at, state) for at, state in looks.seen if times[0] < at < times[-1]]
        right = sum(stamps[bisect_right(times, at) - 1][1] == state for at, state in inside)
        figures.append(Figure(f"right holder, {threads} spinning threads", 100 * right / max(len(inside), 1), "%", 95, "more"))
    return figures


def counts(python: str) -> list[Figure]:
    """Hand-overs counted, and rates and costs of looking."""
    with ended("spinners.py", python, THREADS="4", SECONDS="3") as (run, told, _):
        stamps = _stamps(told)
        seen = hand_overs(run.timeline, 1, stamps[0][0], stamps[-1][0]) or 0
        usual = _measure(run)
    with ended("spinners.py", python, budget=ASKED, THREADS="4", SECONDS="2") as (run, _, _):
        asked = _measure(run)
    stamped = len(stamps) - 2
    return [
        Figure("hand-overs counted, error", 100 * abs(seen - stamped) / max(stamped, 1), "%", 3),
        Figure("GIL looks a second, default budget", usual.gil_per_s, "/s", 1000, "more"),
        Figure("what looking costs, default budget", 100 * usual.share, "% of a core", 100 * BUDGET),
        Figure("the supervisor's whole CPU, default budget", usual.supervisor_cpu_s, "s"),
        Figure("GIL looks a second when asked for", asked.gil_per_s, "/s", 10_000, "more"),
        Figure("what that costs", 100 * asked.share, "% of a core"),
    ]


def effect(python: str) -> list[Figure]:
    """The watched program's own time, looked at and not, turn by turn; of each the quickest, which others disturbed least."""
    figures = []
    for words, threads in (("one thread", 1), ("two threads", 2)):
        turns = [(_seconds(python, BUDGET, threads), _seconds(python, 0, threads)) for _ in range(TURNS)]
        looked_at, alone = (min(times) for times in zip(*turns, strict=True))
        figures.append(Figure(f"{words}, looked at / not looked at", looked_at / alone, "x", 1.01))
    return figures


def accounts(python: str) -> list[Figure]:
    """Time that is accounted for, against the kernel's account."""
    with ended("sleepers.py", python) as (run, _, _):
        lanes = [run.timeline.lane(worker.index) for worker in run.timeline.workers if worker.name.startswith("S")]
        running = max(100 * lane.totals().get(State.RUNNING, 0) / sum(lane.totals().values()) for lane in lanes)
    with ended("crowd.py", python) as (run, told, _):
        ready, used = _crowd(run.timeline, told)
        lives = [_unaccounted(run.timeline, worker.index) for worker in run.timeline.workers[1:]]
    return [
        Figure("four threads asleep, most that one is shown running", running, "% of its life", 1),
        Figure("states against life, worst worker", max(lives), "%", 1),
        Figure("shown ready against the kernel's queues, error", ready, "%"),
        Figure("shown running against the kernel's CPU time, error", used, "%"),
    ]


class _Looks:
    """Looks at a program's GIL while it runs."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []
        self._reader: GilReader | None = None

    def __call__(self, run: Run) -> None:
        known = run.timeline.processes.get(1)
        if self._reader is None and known is not None and known.gil_address:
            self._reader = GilReader(run.pid, int(known.gil_address.split()[0], 16))
        if self._reader is not None:
            for _ in range(20):
                held = self._reader.look()
                if held is not None and held.locked:
                    self.seen.append((time.monotonic_ns(), held.thread_state))
                time.sleep(0.0007)


@contextmanager
def ended(
    program: str, python: str, *, budget: float = BUDGET, each: Callable[[Run], None] | None = None, **env: str
) -> Iterator[tuple[Run, str, _Looks]]:
    """(the run at its end, what the program wrote into RESULT, what was called all the while)."""
    looks = each if isinstance(each, _Looks) else _Looks()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result"
        settings = {"RESULT": str(result), **env}
        run = Run(Launch(PROGRAMS / program, python=python, cwd=Path(folder), env=settings, lines=False, budget=budget))
        try:
            run.prepare()
            until(lambda: run.poll() is not None and run.state in {"ready", "failed"}, "the program being ready")
            run.go()
            while run.state not in {"ended", "failed"}:
                run.poll()
                if each is not None:
                    each(run)
                else:
                    time.sleep(0.02)
            assert run.exit is not None, run.failure
            assert run.exit.code == 0, [line.text for line in run.timeline.output]
            run.stop()
            yield run, result.read_text() if result.exists() else "", looks
        finally:
            run.close()


def _seconds(python: str, budget: float, threads: int) -> float:
    with ended("counters.py", python, budget=budget, THREADS=str(threads)) as (_, told, _):
        return float(told)


def _stamps(told: str) -> list[tuple[int, int]]:
    """(when another thread stamped than before, its thread state); last the end."""
    return [(int(at), int(state)) for at, state in (line.split() for line in told.splitlines())]


def _measure(run: Run) -> Measure:
    assert run.timeline.meta.measure is not None
    return run.timeline.meta.measure


def _crowd(timeline: Timeline, told: str) -> tuple[float, float]:
    """Errors in % of (time shown ready, time shown running), of all together."""
    seen = {State.READY: 0, State.RUNNING: 0}
    kernel = {State.READY: 0, State.RUNNING: 0}
    for pid, used, queued in (map(int, line.split()) for line in told.splitlines()):
        process = next(process.index for process in timeline.processes.values() if process.pid == pid)
        totals = timeline.lane(timeline.tables.main_worker(process)).totals()
        for state, ns in ((State.READY, queued), (State.RUNNING, used)):
            seen[state] += totals.get(state, 0)
            kernel[state] += ns
    errors = {state: 100 * abs(seen[state] - kernel[state]) / max(kernel[state], 1) for state in seen}
    return errors[State.READY], errors[State.RUNNING]


def _unaccounted(timeline: Timeline, worker: int) -> float:
    lane = timeline.lane(worker)
    if lane.start_ns is None or lane.stop_ns is None or lane.stop_ns == lane.start_ns:
        return 0.0
    life_ns = lane.stop_ns - lane.start_ns
    return 100 * abs(sum(lane.totals().values()) - life_ns) / life_ns
