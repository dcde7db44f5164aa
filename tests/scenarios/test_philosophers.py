"""What the lessons say of the dinner: the naive table starves under some schedule, its four solutions under none that is tried.

A few hundred schedules of each here; ten thousand, which takes a minute and more, by

    python -m pytest -m library tests/scenarios
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

SOLUTIONS = (
    ("dining_philosophers", "lower_first"),
    ("dining_philosophers", "tasks"),
    ("more_philosophers", "both_or_none"),
    ("more_philosophers", "one_at_a_time"),
)
LIMIT_SECONDS = 600


def explored(scenario: str, script: str, schedules: int) -> dict[str, Any]:
    words = ["explore", scenario, "--only", script, "--no-memory", "--schedules", str(schedules), "--seconds", str(LIMIT_SECONDS)]
    ran = subprocess.run([sys.executable, "-m", "concviz", *words, "--json"], capture_output=True, text=True, check=False)
    (told,) = json.loads(ran.stdout)["explorations"]
    return dict(told)


def never_starves(scenario: str, script: str, schedules: int) -> None:
    told = explored(scenario, script, schedules)

    assert told["verdict"] in {"nothing found", "holds"}
    assert told["schedules"] == schedules or told["exhausted"]
    assert told["escaped"] == []
    assert len(told["outcomes"]) > 1, "who eats when is chance"


@pytest.mark.parametrize(("scenario", "script"), SOLUTIONS)
def test_a_solution_starves_nobody(scenario: str, script: str) -> None:
    never_starves(scenario, script, 300)


@pytest.mark.library
@pytest.mark.timeout(LIMIT_SECONDS)
@pytest.mark.parametrize(("scenario", "script"), SOLUTIONS)
def test_a_solution_starves_nobody_in_ten_thousand_schedules(scenario: str, script: str) -> None:
    never_starves(scenario, script, 10_000)


def test_with_the_left_fork_first_all_can_starve() -> None:
    told = explored("dining_philosophers", "left_first", 300)

    assert told["verdict"] == "fails"
    assert [row["outcome"].partition(":")[0] for row in told["outcomes"] if row["fails"]] == ["deadlock"]
    assert told["schedules"] < 100
