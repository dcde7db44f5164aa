"""What a person reads: the failing run as lanes, why it fails, every outcome, and the words of the verdict."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest

from concviz.schedules.asking import Question, ask
from concviz.schedules.exploring import Budget
from concviz.schedules.replaying import replay_of
from concviz.schedules.reports.data import as_data
from concviz.schedules.reports.lanes import lanes
from concviz.schedules.reports.outcomes import rows
from concviz.schedules.reports.text import as_text
from concviz.schedules.token import Token
from tests.schedules.toys import Toy


def report(
    name: str, strategy: str = "mixed", columns: int = 100, *, one_outcome: bool = False, ascii_only: bool = False, **budget: Any
) -> str:
    question = Question(strategy, 1, Budget(**budget), one_outcome)
    return "\n".join(line.rstrip() for line in as_text(ask(Toy(name), question), columns, ascii_only=ascii_only))


def test_a_lost_update_is_told_whole() -> None:
    text = report("lost update", "preemptions")

    expected = """\
        lost update
        fails: AssertionError: n is not 2

         step  T1                             T2                             T3
            1  start :1                       │                              │
            2  spawn :1                       │                              │
            3  spawn :1                       │                              │
            4  │                              start :2                       │
            5 ▸│                              read n :2                      │
            ◆ T3 goes first, though T2 could go on and write `n` (toy.py:2)
            6  │                              │                              start :3
            7  │                              │                              read n :3
            8 ▸│                              │                              write n :3
            9 ▸│                              write n :2                     │
           10  join :1                        │                              │
           11  join :1                        │                              │
           12  read n :1                      │                              │

        conflicting accesses:
          step 5: T2 reads `n` (toy.py:2)
          step 8: T3 writes `n` (toy.py:3)
          step 9: T2 writes `n` (toy.py:2)
          T3 comes between two accesses of T2 that belong together

          outcome                            schedules  token
        ✗ AssertionError: n is not 2           1 (25%)  TOKEN
          None                                 3 (75%)  TOKEN

        1 preemption, the fewest that there can be; 12 steps; run again on real threads, 100 of 100 came to
          the same
        """
    assert re.sub(r"E[\w-]{6,}$", "TOKEN", text, flags=re.MULTILINE).startswith(dedent(expected))
    assert text.splitlines()[-1].startswith("again: play lost update ")


def test_a_deadlock_names_holders_waiters_and_where() -> None:
    lines = report("lock order").splitlines()

    at = lines.index("circle of 2: each waits for the next")
    assert lines[at + 1 : at + 5] == [
        "  T2 wants to take `b` (toy.py:2): `b` is held by T3 since step 7 (toy.py:3)",
        "  T3 wants to take `a` (toy.py:3): `a` is held by T2 since step 5 (toy.py:2)",
        "who waits too:",
        "  T1 wants to wait for the end of another (toy.py:1): T2 has not ended",
    ]


@pytest.mark.parametrize(
    ("name", "strategy", "schedules", "says"),
    [
        ("locked", "reduced", 100, "holds: exhausted, every interleaving, 13 schedules stand for all of them"),
        ("locked", "preemptions", 1000, "holds: exhausted, every interleaving, 118 schedules"),
        ("locked", "random", 50, "no failure in 50 schedules"),
        (
            "polite philosophers",
            "preemptions",
            300,
            "no failure in 300 schedules; complete: every schedule with at most 1 preemption, 249 schedules",
        ),
    ],
)
def test_the_verdict_says_what_was_tried(name: str, strategy: str, schedules: int, says: str) -> None:
    assert report(name, strategy, schedules=schedules).splitlines()[1] == says


def test_every_outcome_has_a_count_and_a_token() -> None:
    exploration = ask(Toy("two results"), Question("reduced", 1, Budget(to_the_end=True)))

    told = as_data(exploration)["outcomes"]

    assert [(row["outcome"], row["fails"], row["schedules"]) for row in told] == [("2", False, 4), ("1", False, 4)]
    assert [replay_of(Toy("two results"), Token(tally.choices)).outcome.result for tally in exploration.survey.outcomes] == ["2", "1"]


def test_a_failure_has_the_shrunk_token_only_where_that_says_the_same() -> None:
    exploration = ask(Toy("lost update"), Question("mixed", 1, Budget()))
    found = exploration.found
    assert found is not None

    same, other = (
        next(row.token for row in rows(replace(exploration, found=replace(found, words=words))) if row.fails)
        for words in (found.words, "1 of 3")
    )

    assert same == found.token
    assert other == str(Token(exploration.survey.outcomes[-1].choices, exploration.memory, exploration.python[1], exploration.program))


def test_another_outcome_is_told_beside_the_first() -> None:
    assert report("two results", one_outcome=True).splitlines()[1] == "fails: 1 where the first schedule gave 2"


def test_in_ascii_nothing_else_is_written() -> None:
    picture = report("lost update", ascii_only=True).partition("conflicting")[0]

    assert picture.isascii()


def test_many_workers_stand_in_one_lane_with_names() -> None:
    replayed = replay_of(Toy("philosophers"), Token(()))

    picture = lanes(replayed.outcome, 60).to_text().splitlines()

    assert picture[1].split() == ["1", "T1", "start", ":1"]


def test_the_middle_of_a_long_streak_is_left_out() -> None:
    whole = replay_of(Toy("condition while"), Token(())).outcome
    many = replace(whole, steps=tuple(replace(whole.steps[0], preempts=False) for _ in range(12)))

    picture = lanes(many, 60, marked=(6,)).to_text().splitlines()

    assert [line.split()[0] for line in picture[1:]] == ["1", "2", "…", "7", "…", "11", "12"]
    assert picture[3].split() == ["…", "4", "more"]


def test_the_data_can_be_carried_by_json_and_counts_from_one() -> None:
    told = json.loads(json.dumps(as_data(ask(Toy("lost update"), Question(seed=1)))))

    failure = told["failure"]
    assert (told["verdict"], failure["preemptions"], failure["fewest_preemptions"], failure["conflict"]) == ("fails", 1, True, [5, 8, 9])
    assert [step["step"] for step in failure["steps"]] == list(range(1, 13))
    assert [step["step"] for step in failure["steps"] if step["preempts"]] == [6]
    assert (failure["reruns"], failure["reruns_that_agree"]) == (100, 100)
