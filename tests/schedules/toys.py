"""Small programs with known failures, and some without; each a subject that can travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from tests.schedules.toy import Body, Operation, play

if TYPE_CHECKING:
    from concviz.schedules.trial import Program

Steps = Iterator[Any]


def adder(times: int = 1, lock: str = "") -> Body:
    def body() -> Any:
        for _ in range(times):
            if lock:
                yield ("acquire", lock)
            value = yield ("read", "n")
            yield ("write", "n", value + 1)
            if lock:
                yield ("release", lock)

    return body


def started(*bodies: Body, expected: dict[str, Any] | None = None, told: str = "") -> Body:
    """A main worker that starts the others, joins them, and looks."""

    def main() -> Any:
        numbers = []
        for body in bodies:
            numbers.append((yield ("spawn", body)))  # noqa: PERF401 - no comprehension can yield
        for number in numbers:
            yield ("join", number)
        for name, value in (expected or {}).items():
            found = yield ("read", name)
            assert found == value, f"{name} is not {value}"
        return (yield ("read", told)) if told else None

    return main


def holder(first: str, second: str) -> Body:
    def body() -> Any:
        yield ("acquire", first)
        yield ("acquire", second)
        yield ("release", second)
        yield ("release", first)

    return body


def consumer(*, looks_again: bool) -> Body:
    """Takes an item once there is one; with `if` for `while` it takes one that is not there."""

    def body() -> Any:
        yield ("acquire", "lock")
        while (yield ("read", "items")) == 0:
            yield ("wait", "ready", "lock")
            if not looks_again:
                break
        items = yield ("read", "items")
        assert items > 0, "took what is not there"
        yield ("write", "items", items - 1)
        yield ("release", "lock")

    return body


def producer() -> Any:
    yield ("acquire", "lock")
    items = yield ("read", "items")
    yield ("write", "items", items + 1)
    yield ("notify", "ready")
    yield ("release", "lock")


def straight(operations: tuple[Operation, ...], name: str) -> Body:
    """A worker that does these, one after the other, and writes down in the end what it read."""

    def body() -> Any:
        found = []
        for number, operation in enumerate(operations):
            told = yield (*operation, f"{name}{number}") if operation[0] == "write" else operation
            if operation[0] == "read":
                found.append(told)
        yield ("write", f"read by {name}", found)

    return body


def anything(seed: int) -> tuple[Body, ...]:
    """Two or three workers that read, write and lock at random; the result is all that was read and is left."""
    chance = Random(seed)
    return tuple(straight(_random_operations(chance), name) for name in "ABC"[: chance.choice([2, 2, 3])])


def _random_operations(chance: Random) -> tuple[Operation, ...]:
    found: list[Operation] = []
    for _ in range(chance.choice([1, 2, 3])):
        if chance.random() < 0.5:
            first, second = chance.sample(["a", "b"], 2)
            inner = [(chance.choice(["read", "write"]), chance.choice("xy"))] if chance.random() < 0.5 else []
            nested = [("acquire", second), ("release", second)] if chance.random() < 0.5 else []
            found += [("acquire", first), *inner, *nested, ("release", first)]
        else:
            found.append((chance.choice(["read", "write"]), chance.choice("xy")))
    return tuple(found)


PROGRAMS = {
    "lost update": started(adder(), adder(), expected={"n": 2}),
    "two results": started(adder(), adder(), told="n"),
    "locked": started(adder(lock="a"), adder(lock="a"), expected={"n": 2}),
    "lock order": started(holder("a", "b"), holder("b", "a")),
    "philosophers": started(holder("a", "b"), holder("b", "c"), holder("c", "a")),
    "polite philosophers": started(holder("a", "b"), holder("b", "c"), holder("a", "c")),
    "condition if": started(consumer(looks_again=False), consumer(looks_again=False), producer, producer),
    "condition while": started(consumer(looks_again=True), producer),
    "three adders": started(adder(), adder(), adder(), expected={"n": 3}),
}


@dataclass(frozen=True, slots=True)
class Toy:
    """A program by its name, or by the seed of a random one; as a subject."""

    name: str

    @property
    def title(self) -> str:
        return self.name

    @property
    def memory(self) -> bool:
        return True

    @property
    def again(self) -> str:
        return f"play {self.name} {{token}}"

    @property
    def program(self) -> int:
        return 7

    def load(self) -> Program:
        bodies = (PROGRAMS[self.name],) if self.name in PROGRAMS else anything(int(self.name))
        return lambda choose: play(choose, *bodies)
