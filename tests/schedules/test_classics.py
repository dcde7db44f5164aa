"""Real programs under control: the right verdict on each, soon, and a token that brings the failure back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concviz.schedules import token
from concviz.schedules.asking import Question, ask
from concviz.schedules.children import Children
from concviz.schedules.exploring import Budget
from concviz.schedules.programs import of_file
from concviz.schedules.replaying import agreeing
from tests.schedules.programs import classics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.schedules.programs import FileSubject


def subject(name: str) -> FileSubject:
    return replace(of_file(Path(classics.__file__), name), function=name)


@pytest.fixture(scope="module")
def child() -> Iterator[Children]:
    """One process for all: the programs are the same file."""
    with Children(1) as children:
        children.submit(abs, 1).result()
        yield children


@pytest.mark.parametrize("name", [name for name, end in classics.EXPECTED.items() if end and name != "philosophers_5"])
def test_the_failure_is_found_within_a_hundred_schedules_and_comes_back(name: str, child: Children) -> None:
    exploration = child.submit(ask, subject(name), Question(seed=1)).result()

    found = exploration.found
    assert found is not None
    assert exploration.survey.schedules <= 100
    assert found.agreed == found.reruns == 100
    assert classics.EXPECTED[name] in {found.outcome.end.value, "fails"}
    assert not found.outcome.escaped
    expected = found.outcome.signature, found.outcome.result
    assert child.submit(agreeing, subject(name), token.read(found.token), expected, 5).result() == 5


@pytest.mark.parametrize("name", [name for name, end in classics.EXPECTED.items() if not end])
def test_what_is_right_is_exhausted_without_an_alarm(name: str, child: Children) -> None:
    survey = child.submit(ask, subject(name), Question(seed=1, budget=Budget(1000))).result().survey

    assert (survey.verdict(), survey.races) == ("holds", [])


@pytest.mark.parametrize("name", ["locked_update", "simple_queue", "lost_update", "across_await"])
def test_reduction_leaves_out_no_outcome_of_a_real_program(name: str, child: Children) -> None:
    """Held against all schedules, where these can be run."""
    seen = []
    for strategy in ("preemptions", "reduced"):
        question = Question(strategy, budget=Budget(1500, to_the_end=True), races=False)
        survey = child.submit(ask, subject(name), question).result().survey
        assert survey.exhausted or strategy == "preemptions"
        seen.append({(tally.end, tally.signature, tally.result) for tally in survey.outcomes})

    assert seen[0] <= seen[1]
