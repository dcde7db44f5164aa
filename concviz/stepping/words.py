"""What a step does, in words: about to be done, and done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concviz.gates.choice import Option, Step

ABOUT: dict[str, tuple[str, str]] = {
    "start": ("begin", "begins"),
    "acquire": ("take {}", "takes {}"),
    "release": ("give back {}", "gives back {}"),
    "put": ("put into {}", "puts into {}"),
    "get": ("get from {}", "gets from {}"),
    "wait": ("wait for {}", "waits for {}"),
    "notify": ("notify {}", "notifies {}"),
    "join": ("wait for the end of {}", "sees the end of {}"),
    "sleep": ("sleep", "sleeps, which takes no time here"),
    "timer": ("go on: the time is up", "goes on: the time is up"),
    "await": ("await {}", "goes on behind an await {}"),
    "read": ("read {}", "reads {}"),
    "write": ("write {}", "writes {}"),
    "call": ("call {}: outside control", "calls {}: outside control"),
    "end": ("end", "ends"),
}
"""Operation -> what a worker is about to do, and what it does; {} is the thing."""

UNNAMED = {"acquire": "a lock", "release": "a lock", "put": "a queue", "get": "a queue", "join": "another", "call": "something"}
"""What stands for a thing without a name."""

ESCAPES = "call"
"""The operation that is outside control."""


def about(option: Option) -> str:
    """What a worker is about to do: "take `lock`"."""
    return _said(option, 0)


def done(step: Step) -> str:
    """What a worker did, and what came of it: "reads `counter`: 0"."""
    words = _said(step.option, 1)
    return f"{words}: {step.seen}" if step.seen else words


def brief(step: Step) -> str:
    """Likewise, in a few cells: "read counter 0"."""
    return " ".join(filter(None, (step.option.operation, step.option.resource, step.seen)))


def _said(option: Option, which: int) -> str:
    known = ABOUT.get(option.operation)
    thing = f"`{option.resource}`" if option.resource else UNNAMED.get(option.operation, "")
    if known is None:
        return f"{option.operation} {thing}".strip()
    return known[which].format(thing).strip()


def counted(number: int, what: str) -> str:
    """A number of things: "1 step", "2 steps", "3 switches"."""
    return f"{number} {what}{'' if number == 1 else 'es' if what.endswith('ch') else 's'}"
