"""A value that a class has for objects without one of their own: reading it depends on whoever gives the object its own."""

from __future__ import annotations

import threading

from tests.gates.chosen import one


class Adder:
    n = 0

    def add(self) -> None:
        self.n = self.n + 1


def two_that_add() -> int:
    adder = Adder()
    threads = [threading.Thread(target=adder.add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return adder.n


def test_reading_the_default_and_writing_over_it_depend_on_each_other() -> None:
    outcome = one(two_that_add, memory=True)
    touched = [step.option.access for step in outcome.steps if ".n" in step.option.resource and step.option.access]

    assert len({access.key for access in touched}) == 1
    assert {access.write for access in touched} == {False, True}
    assert outcome.result == "2"
