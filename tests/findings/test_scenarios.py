"""The library's correct programs have no finding that warns; those made to go wrong have the one they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from concviz import scenarios
from concviz.findings.finding import Weight
from concviz.findings.search import search
from concviz.runs.launch import Launch
from concviz.runs.run import Run
from tests.runs.watching import ended
from tests.waiting import until

FOLDER = Path(scenarios.__file__).parent

CORRECT = (
    "barrier_phases/tasks.py",
    "blocking_the_loop/awaited.py",
    "blocking_the_loop/in_a_thread.py",
    "downloads/threads.py",
    "mixed/processes.py",
    "pool/executor.py",
    "pool/threads.py",
    "waiting/tasks.py",
)
WARNED = {
    "blocking_the_loop/blocked.py": {"blocked-loop"},
    "primes/tasks.py": {"blocked-loop"},
    "primes/threads.py": {"gil-bound"},
}


def warnings(script: str, folder: Path) -> set[str]:
    """The checks that warn of this program."""
    run = Run(Launch(FOLDER / script, lines=False, cwd=folder))
    try:
        run.prepare()
        until(lambda: run.poll() and run.state == "ready", "the program being ready")
        run.go()
        return {finding.kind for finding in search(ended(run).timeline) if finding.weight >= Weight.WARNING}
    finally:
        run.close()


@pytest.mark.parametrize("script", CORRECT)
def test_a_correct_program_has_no_warning(tmp_path: Path, script: str) -> None:
    assert warnings(script, tmp_path) == set()


@pytest.mark.parametrize("script", WARNED)
def test_one_that_is_slow_by_its_build_is_warned_of(tmp_path: Path, script: str) -> None:
    assert warnings(script, tmp_path) >= WARNED[script]
