"""Ways to choose in a test, and programs with a known verdict."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from concviz.gates.choice import End
from concviz.gates.run import run_once
from concviz.gates.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.gates.choice import Chooser, Option, Outcome

PROGRAMS = Path(__file__).parent / "programs"


def on(_: tuple[Option, ...]) -> int:
    """Whoever goes goes on."""
    return 0


def chance(seed: int) -> Chooser:
    """The same for the same seed."""
    random = Random(seed)
    return lambda options: int(random.random() * len(options))


def again(outcome: Outcome) -> Chooser:
    """What was chosen in that run."""
    left = iter([step.chosen for step in outcome.steps])
    return lambda _: next(left)


def program(name: str) -> Target:
    return Target.named(f"{PROGRAMS / name}.py:main")


def outcomes(target: Target, count: int, **how: Any) -> list[Outcome]:
    """What so many random schedules come to."""
    return [run_once(target, chance(seed), **how) for seed in range(count)]


def one(function: Callable[..., Any], choose: Chooser = on, **how: Any) -> Outcome:
    """One run of a function."""
    return run_once(Target(function), choose, **how)


def first_bad(target: Target, count: int, **how: Any) -> Outcome:
    """The first of so many random schedules that fails."""
    return next(outcome for outcome in outcomes(target, count, **how) if outcome.end is not End.OK)
