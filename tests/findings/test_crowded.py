"""More workers that compute than cores are found; as many as cores, or more that rest, are not."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.builders import LaneBuilder, lane, timeline
from tests.findings.found import found, found_in, names

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

PROGRAM = """
import multiprocessing, time
def compute(): sum(value * value for value in range(4_000_000))
def rest(): time.sleep(0.5)
if __name__ == "__main__":
    them = [multiprocessing.Process(target={what}) for _ in range({count})]
    [one.start() for one in them]
    [one.join() for one in them]
"""
CORES = len(os.sched_getaffinity(0))


def by_turns(name: str, process: int, on: int) -> LaneBuilder:
    """A process that computes for a second and has a core every second 50 ms."""
    one = lane(name, "process", process=process).runs(0)
    for turn in range(20):
        if turn % 2 == on:
            one.on_core(50 * turn)
        else:
            one.wants_core(50 * turn)
    return one


def four(cores: int) -> Timeline:
    """Four of them, two at a time."""
    built = timeline(*(by_turns(name, index, index % 2) for index, name in enumerate("ABCD", start=1)), ended=1000)
    built.tables.processes.update({index: replace(process, cores=cores) for index, process in built.processes.items() if index})
    return built


def test_more_processes_that_compute_than_cores_are_found(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "crowded", PROGRAM.format(what="compute", count=3 * CORES))

    assert f"computed on {CORES} core" in finding.words
    assert len(finding.workers) > CORES


def test_one_process_that_computes_is_not(tmp_path: Path) -> None:
    assert found_in(tmp_path, "crowded", PROGRAM.format(what="compute", count=1)) == ()


def test_as_many_that_rest_are_not(tmp_path: Path) -> None:
    assert found_in(tmp_path, "crowded", PROGRAM.format(what="rest", count=3 * CORES)) == ()


def test_who_was_without_a_core_and_how_much_is_told() -> None:
    built = four(cores=2)

    (finding,) = found(built, "crowded")

    assert sorted(names(built, finding)) == ["A", "B", "C", "D"]
    told = re.fullmatch(r"4 workers \(.*\) computed on 2 cores: ready, they waited for one (\d+) % of the time, .*", finding.words)
    assert told
    assert 45 <= int(told[1]) <= 50


def test_where_there_are_cores_for_all_another_program_has_them() -> None:
    assert found(four(cores=4), "crowded") == ()


def test_where_the_cores_are_not_known_nothing_is_said() -> None:
    assert found(four(cores=0), "crowded") == ()
