from __future__ import annotations

from concviz.gates.choice import Option, Step
from concviz.stepping.things import Thing, things


def option(worker: int, operation: str, thing: str, blocked: str = "") -> Option:
    return Option(worker, f"Thread-{worker}", operation, thing, "file.py", 1, "work", blocked=blocked)


def after(*did: tuple[int, str, str, str], standing: tuple[Option, ...] = ()) -> dict[str, Thing]:
    steps = [Step(option(worker, operation, thing), 0, (worker,), preempts=False, seen=seen) for worker, operation, thing, seen in did]
    return {one.name: one for one in things(steps, standing)}


def test_a_lock_has_its_owner_until_it_is_given_back() -> None:
    assert after((1, "acquire", "lock", ""))["lock"].holders == (1,)
    assert after((1, "acquire", "lock", ""), (1, "release", "lock", ""))["lock"].holders == ()


def test_a_lock_that_was_not_got_has_no_owner() -> None:
    assert after((2, "acquire", "lock", "timed out"))["lock"].holders == ()


def test_a_queue_holds_what_was_put_and_not_yet_got() -> None:
    assert after((1, "put", "q", ""), (1, "put", "q", ""), (2, "get", "q", ""))["q"].fill == 1


def test_a_variable_has_the_last_value_seen_and_by_whom_and_when() -> None:
    x = after((1, "read", "x", "0"), (2, "write", "x", "1"))["x"]

    assert (x.what, x.value, x.by, x.did, x.step) == ("variable", "1", 2, "write", 2)


def test_what_somebody_is_about_to_touch_is_there_too_with_those_who_would_block() -> None:
    lock = after(standing=(option(1, "acquire", "lock"), option(2, "acquire", "lock", "`lock` is held by Thread-3")))["lock"]

    assert (lock.wanted_by, lock.blocks, lock.by) == ((1, 2), (2,), 0)
