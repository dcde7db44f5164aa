"""An exploration as data: one object that JSON can carry. Steps count from 1, as in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concviz.schedules.conflicts import conflict
from concviz.schedules.reports.lanes import reason
from concviz.schedules.reports.outcomes import rows
from concviz.schedules.reports.verdict import verdict
from concviz.schedules.waiting import waits

if TYPE_CHECKING:
    from concviz.gates.choice import Option, Outcome, Step
    from concviz.schedules.exploration import Exploration
    from concviz.schedules.found import Found
    from concviz.schedules.replaying import Replayed
    from concviz.schedules.waiting import Wait


def as_data(exploration: Exploration) -> dict[str, Any]:
    """The whole exploration."""
    survey = exploration.survey
    return {
        "target": exploration.title,
        "verdict": survey.verdict(),
        "words": verdict(exploration),
        "strategy": exploration.strategy,
        "seed": exploration.seed,
        "memory": exploration.memory,
        "python": ".".join(map(str, exploration.python)),
        "schedules": survey.schedules,
        "steps": survey.steps,
        "seconds": survey.seconds,
        "exhausted": survey.exhausted,
        "complete": list(survey.claims),
        "diverged": survey.diverged,
        "escaped": survey.escaped,
        "outcomes": [{"outcome": row.words, "fails": row.fails, "schedules": row.count, "token": row.token} for row in rows(exploration)],
        "further_outcomes": survey.further,
        "failure": found_data(exploration.found) if exploration.found is not None else None,
    }


def found_data(found: Found) -> dict[str, Any]:
    """The failure that is shown."""
    return {
        "token": found.token,
        "words": found.words,
        "preemptions": found.preemptions,
        "preemptions_when_found": found.preemptions_at_first,
        "fewest_preemptions": found.fewest,
        "replays": found.replays,
        "reruns": found.reruns,
        "reruns_that_agree": found.agreed,
        **outcome_data(found.outcome),
    }


def replay_data(title: str, replayed: Replayed) -> dict[str, Any]:
    """One schedule that was asked for."""
    return {"target": title, "diverged": replayed.diverged or None, **outcome_data(replayed.outcome)}


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """One run, and why it ended as it did."""
    why, stuck = conflict(outcome), waits(outcome)
    return {
        "end": outcome.end.value,
        "signature": outcome.signature,
        "result": outcome.result,
        "message": outcome.words,
        "traceback": outcome.traceback or None,
        "escaped": list(outcome.escaped),
        "conflict": [at + 1 for at in why.steps] if why else None,
        "circle": [_wait(one) for one in stuck.circle],
        "waiting": [_wait(one) for one in stuck.others],
        "steps": [_step(outcome, at) for at in range(len(outcome.steps))],
    }


def _step(outcome: Outcome, at: int) -> dict[str, Any]:
    step: Step = outcome.steps[at]
    return {
        "step": at + 1,
        **_option(step.option),
        "seen": step.seen,
        "chosen": step.chosen,
        "could_go": list(step.enabled),
        "preempts": reason(outcome.steps, at, outcome.stuck) if step.preempts else None,
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "worker": option.worker,
        "name": option.name,
        "operation": option.operation,
        "resource": option.resource,
        "file": option.file,
        "line": option.line,
        "function": option.function,
    }


def _wait(one: Wait) -> dict[str, Any]:
    since = None if one.held_since is None else one.held_since + 1
    return {**_option(one.option), "blocked": one.option.blocked, "blocked_by": list(one.option.blocked_by), "held_since_step": since}
