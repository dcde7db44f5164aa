"""Which workers are looked at."""

from __future__ import annotations

from concviz.events import Kind
from concviz.timeline.selection import Choice, chosen
from tests.builders import lane, record, resource, timeline

MADE = (
    lane("main", kind="process").runs(0).at_line(3, 1),
    lane("holder").runs(0).at_line(4, 0.5).takes("lock", 1).releases("lock", 5),
    lane("waiter").runs(0).at_line(5, 0.5).waits_for("lock", 2, 5, held_by="holder").releases("lock", 6),
    lane("library").runs(0),
)


def names(choice: Choice, focus: str = "main", word: str = "") -> list[str]:
    made = timeline(*MADE)
    indices = {worker.name: worker.index for worker in made.workers}
    found = chosen(made, tuple(indices[part.name] for part in MADE), choice, indices[focus], word)
    return [made.workers[index].name for index in found]


def test_all_are_all() -> None:
    assert names(Choice.ALL) == ["main", "holder", "waiter", "library"]


def test_my_code_is_who_was_seen_in_a_line_of_mine() -> None:
    assert names(Choice.MINE) == ["main", "holder", "waiter"]


def test_who_held_this_one_up_is_who_had_its_lock() -> None:
    assert names(Choice.BLOCKERS, "waiter") == ["holder", "waiter"]
    assert names(Choice.BLOCKERS, "holder") == ["holder"]


def test_a_name_is_found_in_any_case_and_within_a_choice() -> None:
    assert names(Choice.ALL, word="HOLD") == ["holder"]
    assert names(Choice.BLOCKERS, "waiter", word="wait") == ["waiter"]


def test_an_idle_worker_of_a_pool_is_left_out_until_it_has_a_job() -> None:
    made = timeline(resource("pool", "Pool"), lane("main", kind="process").runs(0), lane("idle").runs(0).does(Kind.GET_WAIT, 1, "pool"))
    everyone = tuple(worker.index for worker in made.workers[1:])
    assert chosen(made, everyone, Choice.BUSY, 1, "") == (1,)

    made.add_events(1, record(10, Kind.JOB, worker=2))
    made.settle()
    assert chosen(made, everyone, Choice.BUSY, 1, "") == everyone
