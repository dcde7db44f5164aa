"""What each strategy tries, what it may claim afterwards, and that the same seed tries the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.gates.choice import End
from concviz.schedules.bounded import DELAYS, Bounded
from concviz.schedules.mixed import Mixed
from concviz.schedules.plan import Plan
from concviz.schedules.reduced import Reduced
from concviz.schedules.sampled import Pct, Random
from concviz.schedules.strategies import STRATEGIES
from concviz.schedules.trial import run
from tests.schedules.searched import searched
from tests.schedules.toys import PROGRAMS, Toy

if TYPE_CHECKING:
    from concviz.gates.choice import Chooser, Outcome
    from concviz.schedules.trial import Program, Trial

FAILING = ("lost update", "lock order", "philosophers", "condition if", "three adders")


def program(name: str) -> Program:
    return Toy(name).load()


def trials(strategy: str, seed: str, count: int = 60) -> list[Trial]:
    found: list[Trial] = []
    search = STRATEGIES[strategy][0](seed)
    while len(found) < count and (plans := search.plans(8)):
        for plan in plans:
            found.append(run(program("three adders"), plan))
            search.learn(plan, found[-1])
    return found


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("name", FAILING)
def test_every_strategy_finds_the_failure(strategy: str, name: str) -> None:
    outcomes, _ = searched(STRATEGIES[strategy][0]("1"), program(name), 300)

    assert any(end is not End.OK for end, _, _ in outcomes)


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("name", sorted(set(PROGRAMS) - set(FAILING)))
def test_no_strategy_gives_a_false_alarm(strategy: str, name: str) -> None:
    outcomes, _ = searched(STRATEGIES[strategy][0]("1"), program(name), 200)

    assert {end for end, _, _ in outcomes} == {End.OK}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_same_seed_tries_the_same(strategy: str) -> None:
    assert [trial.choices for trial in trials(strategy, "1")] == [trial.choices for trial in trials(strategy, "1")]


@pytest.mark.parametrize("strategy", ["random", "pct", "mixed", "preemptions"])
def test_another_seed_tries_another_order(strategy: str) -> None:
    assert [trial.choices for trial in trials(strategy, "1")] != [trial.choices for trial in trials(strategy, "2")]


@pytest.mark.parametrize(("name", "schedules"), [("two results", 69), ("locked", 118), ("condition while", 38)])
@pytest.mark.parametrize("cost", ["preemptions", "delays"])
def test_a_bounded_search_runs_every_schedule_once(name: str, schedules: int, cost: str) -> None:
    search = Bounded("1", DELAYS) if cost == "delays" else Bounded("1")
    seen = set()
    while plans := search.plans(9):
        for plan in plans:
            trial = run(program(name), plan)
            seen.add(trial.choices)
            search.learn(plan, trial)

    assert len(seen) == schedules
    assert search.exhausted
    assert search.claims() == (f"every interleaving, {schedules} schedules",)


def test_a_bound_is_claimed_only_when_all_of_it_is_done() -> None:
    search, preemptions, claimed = Bounded("1"), [], []
    while plans := search.plans(1):
        (plan,) = plans
        trial = run(program("two results"), plan)
        preemptions.append(trial.preemptions)
        search.learn(plan, trial)
        claimed.append("".join(search.claims()).partition(",")[0])

    assert preemptions == sorted(preemptions)
    last_of_none, last_of_one = (len(preemptions) - preemptions[::-1].index(count) - 1 for count in (0, 1))
    assert claimed[:last_of_none] == [""] * last_of_none
    assert set(claimed[last_of_none:last_of_one]) == {"every schedule with at most 0 preemptions"}
    assert claimed[last_of_one] == "every schedule with at most 1 preemption"


def test_delays_count_how_far_a_choice_is_from_the_first() -> None:
    search, sums = Bounded("1", DELAYS), []
    while plans := search.plans(1):
        trial = run(program("two results"), plans[0])
        sums.append(sum(trial.choices))
        search.learn(plans[0], trial)

    assert sums == sorted(sums)


@pytest.mark.parametrize("search", [Random("1"), Pct("1")])
def test_chance_never_claims_anything(search: Random | Pct) -> None:
    _, tried = searched(search, program("locked"), 500)

    assert tried == 500
    assert not search.exhausted
    assert search.claims() == ()


def test_pct_of_depth_one_never_preempts_but_for_who_is_new() -> None:
    """Priorities that do not change: whoever is preempted is so by one that could not go before."""
    for seed in range(30):
        trial = run(program("three adders"), Plan(then="pct", seed=str(seed), depth=1, wants="widths"))

        assert trial.preemptions <= 3


def test_pct_changes_priorities_within_the_length_that_it_has_seen() -> None:
    search = Pct("1")
    (first,) = search.plans(8)
    search.learn(first, run(program("locked"), first))

    assert {plan.steps for plan in search.plans(8)} == {16}


def test_a_program_that_does_not_do_the_same_again_is_never_said_to_be_exhausted() -> None:
    names = iter(["two results", "two results", "locked", "three adders", "condition while"] * 50)

    def fickle(choose: Chooser) -> Outcome:
        return program(next(names))(choose)

    for search in (Reduced(), Bounded("1")):
        searched(search, fickle, 200)

        assert not search.exhausted
        assert search.claims() == ()


def test_a_mixed_search_ends_with_the_first_that_has_tried_all() -> None:
    mixed = Mixed(((Reduced(), 4), (Random("1"), 2)))

    _, tried = searched(mixed, program("locked"))

    assert mixed.exhausted
    assert tried < 60
    assert mixed.claims() == ("every interleaving, 13 schedules stand for all of them",)
