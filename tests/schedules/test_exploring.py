"""One exploration: the same answer wherever it runs, within its budget, with a verdict that says no more than was seen."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from concviz.gates.choice import Chooser, End, Outcome
from concviz.schedules.children import Children
from concviz.schedules.crew import Crew
from concviz.schedules.exploring import Budget, explore
from concviz.schedules.strategies import DEFAULT, STRATEGIES
from concviz.schedules.subject import try_all
from concviz.schedules.survey import DIFFERS, OUTCOMES_MOST, Survey
from tests.schedules.toys import Toy

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from concviz.schedules.subject import Subject
    from concviz.schedules.trial import Program


NUMBERS = count()


def explored(subject: Subject, strategy: str = DEFAULT, executor: Executor | None = None, seed: str = "1", **budget: Any) -> Survey:
    one_outcome = budget.pop("one_outcome", False)
    survey = Survey(one_outcome=one_outcome)
    crew = Crew(subject, executor, budget.pop("hands", 2))
    return explore(crew, STRATEGIES[strategy][0](seed), Budget(**budget), survey, lambda _: None)


def seen(survey: Survey) -> list[Any]:
    """All of it but the time it took."""
    told: list[Any] = [(one.end, one.signature, one.result, one.count, one.choices) for one in survey.outcomes]
    return [*told, survey.schedules, survey.claims, survey.verdict(), survey.failing and survey.failing.choices]


@dataclass(frozen=True, slots=True)
class Strange:
    """A subject that does what no toy does."""

    way: str
    title: str = "strange"
    memory: bool = True
    again: str = ""
    program: int = 1

    def load(self) -> Program:
        return self._run

    def _run(self, choose: Chooser) -> Outcome:
        if self.way == "hangs":
            time.sleep(60)
        if self.way == "dies":
            os._exit(3)
        outcome = Toy("two results").load()(choose)
        if self.way == "escapes":
            return Outcome(End.OK, "", "", "1", outcome.steps, escaped=("it read a file",))
        return Outcome(End.OK, "", "", str(next(NUMBERS)), outcome.steps)


@pytest.mark.parametrize("name", ["lost update", "locked"])
def test_the_same_seed_gives_the_same_answer_wherever_it_runs(name: str) -> None:
    here = seen(explored(Toy(name), schedules=200))
    with ThreadPoolExecutor(3) as threads:
        by_threads = seen(explored(Toy(name), executor=threads, hands=3, schedules=200))
    with Children(2) as children:
        by_children = seen(explored(Toy(name), executor=children, schedules=200))

    assert by_threads == here
    assert by_children == here


def test_any_executor_will_do() -> None:
    with ProcessPoolExecutor(1) as pool:
        assert seen(explored(Toy("lock order"), executor=pool)) == seen(explored(Toy("lock order")))


def test_the_first_failure_ends_it_and_to_the_end_goes_on() -> None:
    first = explored(Toy("lost update"), "reduced")
    whole = explored(Toy("lost update"), "reduced", to_the_end=True)

    assert (first.schedules, first.exhausted) == (2, False)
    assert (whole.schedules, whole.exhausted) == (8, True)
    assert first.verdict() == whole.verdict() == "fails"
    assert sum(tally.count for tally in whole.outcomes) == 8


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_budget_is_kept(strategy: str) -> None:
    assert explored(Toy("philosophers"), strategy, schedules=37, to_the_end=True).schedules == 37
    assert explored(Toy("polite philosophers"), strategy, seconds=0).schedules == 1


@pytest.mark.parametrize(
    ("name", "strategy", "verdict"),
    [
        ("lost update", "mixed", "fails"),
        ("locked", "mixed", "holds"),
        ("locked", "reduced", "holds"),
        ("locked", "random", "nothing found"),
        ("polite philosophers", "preemptions", "nothing found"),
    ],
)
def test_the_verdict_says_what_was_shown(name: str, strategy: str, verdict: str) -> None:
    assert explored(Toy(name), strategy, schedules=1500).verdict() == verdict


def test_what_escaped_control_is_never_said_to_hold() -> None:
    survey = explored(Strange("escapes"), "reduced")

    assert (survey.exhausted, survey.verdict(), survey.escaped) == (True, "cannot say", ["it read a file"])


def test_outcomes_that_are_never_twice_the_same_are_counted_not_kept() -> None:
    survey = explored(Strange("new each time"), "random", schedules=OUTCOMES_MOST + 50)

    assert len(survey.outcomes) == OUTCOMES_MOST
    assert survey.further > 0
    assert sum(tally.count for tally in survey.outcomes) + survey.further == OUTCOMES_MOST + 50


def test_another_outcome_is_a_failure_only_where_one_was_expected() -> None:
    expected_one = explored(Toy("two results"), one_outcome=True)

    assert explored(Toy("two results")).failing is None
    assert expected_one.failing is not None
    assert (expected_one.failing.signature, expected_one.failing.words) == (DIFFERS, "1 where the first schedule gave 2")


@pytest.mark.parametrize(("way", "says"), [("hangs", "did not come back within 0.3 s"), ("dies", "it ended its process: exit code 3")])
def test_a_program_that_does_not_come_back_is_told_of_and_nothing_stays_behind(way: str, says: str) -> None:
    with Children(1) as children:
        children.submit(try_all, Strange(way), []).result()  # what it imports at first takes its time
        children._hands[0]._limit_seconds = 0.3 if way == "hangs" else 30.0
        survey = explored(Strange(way), "random", children, schedules=2)

    assert (survey.verdict(), survey.schedules) == ("cannot say", 2)
    assert says in survey.escaped[0]
