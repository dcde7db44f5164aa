"""`concviz explore` beside frontrun 0.7.0 and detangle 0.1.0: schedules a second, verdicts, how soon it finds, how surely it replays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from concviz.schedules.asking import Question, ask
from concviz.schedules.children import Children
from concviz.schedules.exploring import Budget
from concviz.schedules.plan import Plan
from concviz.schedules.programs import of_file
from concviz.schedules.replaying import agreeing, made_of, replay_of
from concviz.schedules.strategies import STRATEGIES
from concviz.schedules.subject import loaded
from concviz.schedules.token import Token, read
from concviz.schedules.trial import run
from concviz.testing import FunctionSubject
from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import PROGRAMS
from tests.schedules.programs import classics

if TYPE_CHECKING:
    from concviz.schedules.programs import FileSubject

ROOT = Path(__file__).resolve().parents[2]
CLASSICS = ROOT / "tests" / "schedules" / "programs" / "classics.py"

PEERS = ("frontrun==0.7.0", "detangle==0.1.0")

SECONDS, TURNS = 1.5, 3
"""How long each rate is measured, and how often: medians."""

SEEDS = 20
REPLAYS = 1000


def measure(python: str) -> list[Figure]:
    """All figures; those beside the peers only where these can be installed."""
    with Children(1, limit_seconds=600) as child:
        rates = {name: child.submit(rate, name).result() for name in ("lost_update", "lost_quietly")}
        figures = _own(child, rates)
    return figures + _beside(python, rates)


def subject(name: str) -> FileSubject:
    """One of the programs."""
    return replace(of_file(CLASSICS, name), function=name)


def function(name: str) -> FunctionSubject:
    """One of the programs as a function that is loaded once, as the peers have it: a file is executed afresh in each run."""
    return FunctionSubject(getattr(classics, name))


def rate(name: str) -> float:
    """Random schedules a second, every access a choice and every step recorded. Called in a child, which keeps to one core."""
    program = function(name).load()
    found = []
    for turn in range(TURNS):
        begin, done = time.perf_counter(), 0
        while time.perf_counter() - begin < SECONDS:
            run(program, Plan(then="random", seed=f"{turn} {done}"))
            done += 1
        found.append(done / (time.perf_counter() - begin))
    return median(found)


def exhausted(name: str) -> tuple[int, float]:
    """All interleavings: how many schedules, and in how many seconds; called in a child."""
    taken, schedules, of = [], 0, function(name)
    for _ in range(TURNS):
        begin = time.perf_counter()
        survey = ask(of, Question("reduced", 0, Budget(10_000, to_the_end=True), races=False)).survey
        taken.append(time.perf_counter() - begin)
        assert survey.exhausted
        schedules = survey.schedules
    return schedules, median(taken)


def verdict(of: FileSubject, budget: int = 2000) -> str:
    """ "fails", "holds", "nothing found" or "cannot say"; called in a child."""
    return ask(of, Question(seed=0, budget=Budget(budget, 60), races=False)).survey.verdict()


def first_bug(of: FileSubject) -> float:
    """Schedules until the failure, with the default strategy: the median of so many seeds; called in a child."""
    from concviz.schedules.crew import Crew
    from concviz.schedules.exploring import explore
    from concviz.schedules.survey import Survey

    found = []
    for seed in range(SEEDS):
        survey = Survey(races=False)
        explore(Crew(of), STRATEGIES["mixed"][0](str(seed)), Budget(2000, 60), survey, lambda _: None)
        found.append(survey.schedules if survey.failing else 2000)
    return median(found)


def replayed(of: FileSubject) -> int:
    """How many of so many replays of a token, read from its text, are the same; called in a child."""
    program = loaded(of)
    plans = (Plan(then="random", seed=str(seed)) for seed in range(2000))
    failing = next(trial for plan in plans if (trial := run(program, plan)).failed)
    once = replay_of(of, Token(failing.choices))
    token = read(str(made_of(once, of)))
    return agreeing(of, token, (once.outcome.signature, once.outcome.result), REPLAYS)


def _own(child: Children, rates: dict[str, float]) -> list[Figure]:
    expected = _expected()
    said = {name: child.submit(verdict, subject(name)).result() for name in expected}
    right = [name for name, fails in expected.items() if (said[name] == "fails") is fails]
    false = [name for name, fails in expected.items() if not fails and said[name] == "fails"]
    soonest = {name: child.submit(first_bug, subject(name)).result() for name, fails in expected.items() if fails}
    slowest = max(soonest, key=lambda name: soonest[name])
    for name in sorted(set(expected) - set(right)):
        sys.stderr.write(f"exploring: {name}: {said[name]}\n")
    return [
        Figure("explore: threads' lost update, every access", rates["lost_update"], "schedules/s"),
        Figure("explore: tasks' lost update", rates["lost_quietly"], "schedules/s"),
        Figure(f"explore: right verdicts of {len(expected)} programs", float(len(right)), "", float(len(expected)), "more"),
        Figure("explore: false alarms", float(len(false)), "", 0),
        Figure(f"explore: schedules to the first bug, worst program ({slowest})", soonest[slowest], "", 100),
        Figure(
            f"explore: the same of {REPLAYS} replays, threads",
            float(child.submit(replayed, subject("lost_update")).result()),
            "",
            REPLAYS,
            "more",
        ),
        Figure(
            f"explore: the same of {REPLAYS} replays, tasks",
            float(child.submit(replayed, subject("across_await_late")).result()),
            "",
            REPLAYS,
            "more",
        ),
    ]


def _expected() -> dict[str, bool]:
    """Program -> whether it has a failure."""
    return {name: bool(fails) for name, fails in classics.EXPECTED.items()}


def _beside(python: str, rates: dict[str, float]) -> list[Figure]:
    told = _peers(python)
    names = ("explore / frontrun, threads' lost update", "explore / detangle, tasks' lost update", "detangle's / explore's time to exhaust")
    if told is None:
        return [Figure(name, None, "") for name in names]
    with Children(1, limit_seconds=600) as child:
        schedules, seconds = child.submit(exhausted, "lost_quietly").result()
    wrong = sum(1 for name, holds in told["frontrun_verdicts"].items() if holds is not (not _expected()[name]))
    return [
        Figure(names[0], rates["lost_update"] / told["frontrun_rate"], "x", 20, "more"),
        Figure(names[1], rates["lost_quietly"] / told["detangle_rate"], "x", 3, "more"),
        Figure(
            f"{names[2]}, {told['detangle_exhausts']} schedules by {schedules}", told["detangle_exhaust_seconds"] / seconds, "x", 1, "more"
        ),
        Figure(f"frontrun with its defaults: wrong or silent of {len(told['frontrun_verdicts'])}", float(wrong), ""),
    ]


def _peers(python: str) -> dict[str, Any] | None:
    """What they measure of themselves, in an environment of their own; None, with a line on stderr, when they cannot be installed."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        try:
            subprocess.run([python, "-m", "venv", place / "peers"], check=True, capture_output=True)
            subprocess.run([place / "peers/bin/pip", "install", "-q", *PEERS], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            why = (
                error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
                if isinstance(error, subprocess.CalledProcessError)
                else error
            )
            sys.stderr.write(f"exploring: {' and '.join(PEERS)} cannot be installed here, so nothing stands beside: {why}\n")
            return None
        command: list[str | Path] = [
            place / "peers/bin/frontrun",
            place / "peers/bin/python",
            PROGRAMS / "peers.py",
            CLASSICS.parent,
            "verdicts",
        ]
        ran = subprocess.run(command, check=True, capture_output=True, cwd=folder, env=dict(os.environ), timeout=600)
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told
