from __future__ import annotations

from concviz.gates.choice import Access, Option, Step
from concviz.stepping.contested import Contested


def option(worker: int, operation: str, thing: str = "") -> Option:
    access = Access(thing, operation == "write") if thing else None
    return Option(worker, f"Thread-{worker}", operation, thing, "file.py", 1, "work", access)


def step(worker: int, operation: str, thing: str) -> Step:
    return Step(option(worker, operation, thing), 0, (worker,), preempts=False)


def test_where_only_one_can_go_there_is_no_choice() -> None:
    assert not Contested().matters([option(1, "write", "x")])


def test_a_thing_that_nobody_knows_may_matter() -> None:
    assert Contested().matters([option(1, "read", "x"), option(2, "start")])


def test_beginnings_and_ends_do_not_matter() -> None:
    assert not Contested().matters([option(1, "end"), option(2, "start")])


def test_what_one_worker_alone_touched_in_a_whole_run_is_its_own() -> None:
    known = Contested()
    known.learn([step(1, "write", "x")], whole=False)
    before = known.matters([option(1, "write", "x"), option(2, "start")])
    known.learn([step(1, "write", "x")], whole=True)

    assert before
    assert not known.matters([option(1, "write", "x"), option(2, "start")])


def test_what_two_touched_and_one_wrote_matters_and_what_all_only_read_does_not() -> None:
    known = Contested()
    known.learn([step(1, "read", "x"), step(2, "write", "x"), step(1, "read", "y"), step(2, "read", "y")], whole=True)

    assert known.matters([option(1, "read", "x"), option(2, "start")])
    assert not known.matters([option(1, "read", "y"), option(2, "read", "y")])


def test_what_is_outside_control_may_matter() -> None:
    assert Contested().matters([option(1, "call"), option(2, "start")])
