"""The library's correct programs have no finding that warns; those made to go wrong have the one they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.findings.finding import Weight
from concviz.findings.search import search
from tests.scenarios.watched import watched

if TYPE_CHECKING:
    from tests.scenarios.watched import Seen

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


pytestmark = pytest.mark.timeout(150)


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return watched([*CORRECT, *WARNED], {})


def warnings(one: Seen) -> set[str]:
    """The checks that warn of this program."""
    return {finding.kind for finding in search(one.timeline) if finding.weight >= Weight.WARNING}


@pytest.mark.parametrize("script", CORRECT)
def test_a_correct_program_has_no_warning(seen: dict[str, Seen], script: str) -> None:
    assert warnings(seen[script]) == set()


@pytest.mark.parametrize("script", WARNED)
def test_one_that_is_slow_by_its_build_is_warned_of(seen: dict[str, Seen], script: str) -> None:
    assert warnings(seen[script]) >= WARNED[script]
