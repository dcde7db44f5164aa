"""What a program under control and whoever steps it say to each other: JSON, one object a line. Standard library only.

From the program:  {"ready": {}}   its engine is loaded, it waits for {"go": ...}
                   {"stands": {"can": [OPTION ...], "blocked": [OPTION ...]}}   it waits for {"grant": INDEX}, an index into "can"
                   {"stepped": STEP}   a granted step is done, and what came of it
                   {"ended": OUTCOME}   the run is over
                   {"fault": {"words": ...}}   it could not be run; the last line
To the program:    {"go": {"memory": true}}, once; then {"grant": INDEX} for each "stands"
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from concviz.gates.choice import Access, End, Option, Outcome, Step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def line(kind: str, told: object) -> bytes:
    """One message, its line's end included."""
    return json.dumps({kind: told}, default=str).encode() + b"\n"


def read(text: bytes) -> tuple[str, Any]:
    """A message's kind and what it tells. ValueError for a line that is none."""
    told = json.loads(text)
    if not isinstance(told, dict) or len(told) != 1:
        raise ValueError(f"no message: {text[:80]!r}")
    return next(iter(told.items()))


def option_data(option: Option) -> dict[str, Any]:
    """An option, as JSON has it."""
    return asdict(option)


def option(told: dict[str, Any]) -> Option:
    """The option that was told."""
    access = told["access"]
    known = {field.name: told[field.name] for field in fields(Option) if field.name in told}
    return Option(**known | {"access": Access(**access) if access else None, "blocked_by": tuple(told["blocked_by"])})


def step_data(step: Step) -> dict[str, Any]:
    """A step, as JSON has it."""
    return asdict(step)


def step(told: dict[str, Any]) -> Step:
    """The step that was told."""
    return Step(**told | {"option": option(told["option"]), "enabled": tuple(told["enabled"])})


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """How the run ended, without its steps: those were told one by one."""
    told = {field.name: getattr(outcome, field.name) for field in fields(Outcome) if field.name != "steps"}
    return told | {"end": outcome.end.value, "stuck": [option_data(one) for one in outcome.stuck]}


def outcome(told: dict[str, Any], steps: tuple[Step, ...]) -> Outcome:
    """How the run ended, after these steps."""
    stuck = tuple(option(one) for one in told["stuck"])
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    return Outcome(**told | {"end": End(told["end"]), "steps": steps, "stuck": stuck})
