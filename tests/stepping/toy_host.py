"""A host that plays programs of a few lines instead of running any: what stepping is tested against, whatever the engine does.

The script's name says which: lost.py (two add one), deadlock.py (two locks, opposite order), fails.py, spins.py (never ends),
dies.py (is gone in the midst of it), prints.py, broken.py (cannot be run).
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from concviz.gates.choice import Access, End, Option, Outcome, Step
from concviz.stepping import messages


class Toy:
    """Two workers, a list of operations each: (operation, thing)."""

    def __init__(self, script: str, moves: dict[int, list[tuple[str, str]]]) -> None:
        self.script, self.moves = script, moves
        self.at = dict.fromkeys(moves, 0)
        self.held: dict[str, int] = {}
        self.value, self.own = 0, dict.fromkeys(moves, 0)
        self.last = 0

    def option(self, worker: int) -> Option:
        operation, thing = self.moves[worker][self.at[worker]]
        holder = self.held.get(thing, worker) if operation == "acquire" else worker
        access = Access(thing, operation != "read") if thing else None
        blocked = f"`{thing}` is held by Thread-{holder}" if holder != worker else ""
        others = (holder,) if blocked else ()
        line = self.at[worker] + 2
        return Option(worker, f"Thread-{worker}", operation, thing, self.script, line, "work", access, blocked, others)

    def living(self) -> list[Option]:
        return [self.option(worker) for worker in self.moves if self.at[worker] < len(self.moves[worker])]

    def can(self) -> tuple[Option, ...]:
        return tuple(sorted((one for one in self.living() if not one.blocked), key=lambda one: (one.worker != self.last, one.worker)))

    def step(self, chosen: int) -> Step:
        can = self.can()
        option = can[chosen]
        worker, thing, seen = option.worker, option.resource, ""
        preempts = chosen > 0 and can[0].worker == self.last
        match option.operation:
            case "acquire":
                self.held[thing] = worker
            case "release":
                del self.held[thing]
            case "read":
                self.own[worker] = self.value
                seen = str(self.value)
            case "write":
                self.value = self.own[worker] + 1
                seen = str(self.value)
            case "call":
                sys.stdout.write(f"Thread-{worker} prints\n")
        self.at[worker] += 1
        self.last = worker
        return Step(option, chosen, tuple(one.worker for one in can), preempts, seen)


ADD = [("start", ""), ("read", "counter"), ("write", "counter"), ("end", "")]
PROGRAMS: dict[str, dict[int, list[tuple[str, str]]]] = {
    "lost.py": {1: ADD, 2: ADD},
    "deadlock.py": {
        1: [("start", ""), *((does, lock) for does, lock in (("acquire", "a"), ("acquire", "b"), ("release", "b"), ("release", "a")))],
        2: [("start", ""), *((does, lock) for does, lock in (("acquire", "b"), ("acquire", "a"), ("release", "a"), ("release", "b")))],
    },
    "fails.py": {1: [("start", ""), ("end", "")]},
    "spins.py": {1: [("read", "flag")] * 100_000, 2: [("read", "flag")] * 100_000},
    "dies.py": {1: [("start", ""), ("end", "")]},
    "prints.py": {1: [("start", ""), ("call", "print"), ("end", "")]},
}


def play(asks: int, hears: Any, script: str) -> None:
    """The whole run."""
    name = Path(script).name
    toy = Toy(script, PROGRAMS[name])
    assert "go" in json.loads(hears.readline())
    steps: list[Step] = []
    while can := toy.can():
        blocked = [asdict(one) for one in toy.living() if one.blocked]
        os.write(asks, messages.line("stands", {"can": [asdict(one) for one in can], "blocked": blocked}))
        heard = hears.readline()
        if not heard or (name == "dies.py" and steps):
            os._exit(3)
        steps.append(toy.step(json.loads(heard)["grant"]))
        os.write(asks, messages.line("stepped", messages.step_data(steps[-1])))
    stuck = tuple(toy.living())
    os.write(asks, messages.line("ended", messages.outcome_data(end(name, toy, tuple(steps), stuck))))


def end(name: str, toy: Toy, steps: tuple[Step, ...], stuck: tuple[Option, ...]) -> Outcome:
    if stuck:
        return Outcome(End.DEADLOCK, "two wait for each other", "deadlock a b", "", steps, stuck)
    if name == "fails.py":
        trace = 'Traceback (most recent call last):\n  File "fails.py", line 3, in work\nValueError: no'
        return Outcome(End.EXCEPTION, "ValueError: no", "ValueError", "", steps, traceback=trace)
    if name == "prints.py":
        return Outcome(End.OK, "", "", "", steps, escaped=("it printed",))
    sys.stdout.write(f"lost {2 - toy.value}\n")
    return Outcome(End.OK, "", "", str(toy.value), steps)


if __name__ == "__main__":
    answers, asks, _setup, _invariant, target = sys.argv[1:6]
    os.write(int(asks), messages.line("ready", {}))
    if target.endswith("broken.py"):
        os.write(int(asks), messages.line("fault", {"words": "it cannot be imported"}))
    else:
        play(int(asks), os.fdopen(int(answers)), target)
