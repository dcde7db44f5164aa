"""The three first programs: what they print, and what their lanes show, under every Python."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from concviz.runs.launch import Launch
from concviz.runs.run import Run
from concviz.timeline.states import State
from tests.probes.harness import pythons
from tests.runs.watching import ended, words
from tests.scenarios.programs import FOLDER
from tests.waiting import until

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

SCRIPTS = ("threads.py", "processes.py", "tasks.py")
SECOND_NS = 1_000_000_000


def ready(run: Run) -> bool:
    run.poll()
    return run.state == "ready"


def states(timeline: Timeline, name: str) -> list[State]:
    """What a worker did, one state after the other."""
    worker = next(worker.index for worker in timeline.workers if worker.name.startswith(name))
    return [span.state for span in timeline.lane(worker).between(timeline.zero_ns, timeline.end_ns)]


def names(timeline: Timeline) -> list[str]:
    return [worker.name for worker in timeline.workers if worker.index and "internal" not in worker.flags]


def test_what_the_first_programs_print_and_how_their_workers_lived() -> None:
    with ExitStack() as stack:
        runs = {}
        for python in pythons():
            for script in SCRIPTS:
                run = runs[python, script] = Run(Launch(FOLDER / "three_models" / script, python=python))
                stack.callback(run.close)
                run.prepare()
        for run in runs.values():
            until(partial(ready, run), "the program being ready")
            run.go()
        for (_, script), run in runs.items():
            timeline = ended(run).timeline
            {"threads.py": threads, "processes.py": processes, "tasks.py": tasks}[script](timeline, words(run).splitlines())


def threads(timeline: Timeline, printed: list[str]) -> None:
    assert sorted(printed[:2]) == ["Cube: 1000", "Square: 100"]
    assert printed[2:] == ["Done!"]
    assert names(timeline) == ["main", "Thread-1 (print_square)", "Thread-2 (print_cube)"]
    assert State.RUNNING in states(timeline, "Thread-1")
    assert State.RUNNING in states(timeline, "Thread-2")


def processes(timeline: Timeline, printed: list[str]) -> None:
    assert sorted(printed[:4]) == [f"Worker: Process-{number}" for number in range(1, 5)]
    assert printed[4:] == ["Processing complete!"]
    assert sorted(names(timeline)) == ["Process-1", "Process-2", "Process-3", "Process-4", "main"]
    assert State.CHILD in states(timeline, "main")
    assert len({worker.process for worker in timeline.workers if worker.index and "internal" not in worker.flags}) == 5


def tasks(timeline: Timeline, printed: list[str]) -> None:
    assert printed == [str(number) for number in range(1, 11)]
    worker = next(worker.index for worker in timeline.workers if worker.name.endswith("count"))
    spans = timeline.lane(worker).between(timeline.zero_ns, timeline.end_ns)
    asleep = [span.to_ns - span.from_ns for span in spans if span.state is State.SLEEPING]
    assert len(asleep) == 10
    assert min(asleep) >= SECOND_NS * 0.99
    assert [line.time_ns for line in timeline.output] == sorted(line.time_ns for line in timeline.output)
