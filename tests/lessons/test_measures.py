"""Each measure against runs made by hand, of which the answer is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.events import Kind
from concviz.lessons.answer import Spot
from concviz.lessons.answers import FUNCTIONS
from concviz.lessons.seen import STATES
from concviz.scenarios.questions import DOINGS, MEASURES, Bound
from tests.builders import lane, timeline, worker
from tests.lessons.asked import question, ran, told

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline
    from tests.builders import LaneBuilder

MS = 1_000_000


def main(*, ends: float = 99) -> LaneBuilder:
    return lane("main", kind="process").runs(0).ends(ends)


def test_every_measure_that_a_lesson_may_name_is_there_and_no_other() -> None:
    assert set(FUNCTIONS) == set(MEASURES)


def test_every_doing_that_a_lesson_may_name_has_states() -> None:
    assert {"alive", *STATES} == set(DOINGS)


def test_who_took_least_and_most() -> None:
    runs = ran(main(), ms=300), ran(main(), ms=100), ran(main(), ms=200)

    assert told(question("first_done", panes=(0, 1, 2)), *runs).choice == 1
    assert told(question("last_done", panes=(0, 1, 2)), *runs).choice == 0
    assert told(question("first_done", panes=(0, 2)), *runs).choice == 1


def test_what_is_too_close_cannot_be_told() -> None:
    answer = told(question("first_done", panes=(0, 1)), ran(main(), ms=100), ran(main(), ms=101))

    assert answer.choice is None
    assert "too close" in answer.words


def test_the_speed_up_is_the_first_time_over_the_second() -> None:
    answer = told(question("times_as_fast", 1.5, 2.5, panes=(0, 1)), ran(main(), ms=300), ran(main(), ms=100))

    assert answer.number == pytest.approx(3)
    assert answer.choice == 2
    assert answer.spots[0] == Spot(1, 100 * MS)
    assert "300 ms" in answer.words


@pytest.mark.parametrize(
    ("exit_", "says"),
    [
        ({"code": 3}, "exit code 3"),
        ({"signal": 11}, "signal 11"),
        ({"signal": 9}, "ended before its own end"),
        ({"stopped": True}, "ended before"),
    ],
)
def test_the_time_of_what_failed_or_was_ended_says_nothing(exit_: dict[str, int], says: str) -> None:
    answer = told(question("took", 50), ran(main(), **exit_))

    assert answer.choice is None
    assert says in answer.words


def test_cores_kept_busy_are_cpu_seconds_over_seconds() -> None:
    answer = told(question("cores", 1.5), ran(main(), ms=1000, cpu_seconds=1.8))

    assert answer.number == pytest.approx(1.8)
    assert answer.choice == 1


def test_the_most_cpu_seconds() -> None:
    asked = question("most_cpu", panes=(0, 1))

    assert told(asked, ran(main(), cpu_seconds=0.2), ran(main(), cpu_seconds=0.5)).choice == 1


def test_a_run_that_goes_on_cannot_tell_yet() -> None:
    answer = told(question("took", 50), timeline(main(), now=50))

    assert answer.choice is None
    assert answer.words == "left has not ended yet"


def crowd() -> Timeline:
    """A and B sleep together from 20 to 30, C alone before it."""
    return ran(
        main(),
        lane("A").runs(1).sleeps(10, 30).ends(40),
        lane("B").runs(1).sleeps(20, 50).ends(60),
        lane("C").runs(1).sleeps(2, 10).ends(12),
    )


def test_how_many_at_once_and_where() -> None:
    run = crowd()
    answer = told(question("at_once", 2, 3, doing="sleeping"), run)

    assert (answer.number, answer.choice) == (2, 1)
    assert answer.spots == (Spot(0, 20 * MS, worker(run, "B")),)


def test_one_that_begins_where_another_ends_does_not_overlap_it() -> None:
    asked = question("overlap", doing="sleeping")

    assert told(asked, ran(lane("A").runs(0).sleeps(1, 5).ends(9), lane("B").runs(0).sleeps(5, 8).ends(9))).choice == 1
    assert told(asked, crowd()).choice == 0


def test_only_the_workers_named_so_are_looked_at() -> None:
    assert told(question("at_once", 2, doing="sleeping", workers="B"), crowd()).number == 1
    assert told(question("workers", 2, workers="B"), crowd()).number == 1
    assert told(question("workers", 2), crowd()).number == 4


def test_workers_are_counted_as_what_they_all_are() -> None:
    two = ran(main(), lane("T-1").runs(1).ends(4), lane("T-2").runs(1).ends(4))

    assert told(question("workers", 2, workers="B"), crowd()).words.endswith("had 1 thread")
    assert told(question("workers", 2), crowd()).words.endswith("had 4 workers")
    assert told(question("workers", 2, workers="T-"), two).words.endswith("had 2 threads")
    assert told(question("workers", 2, workers="main"), two).words.endswith("had 1 process")


def test_how_long_how_often_and_what_share() -> None:
    run = crowd()

    assert told(question("spent", 50, doing="sleeping"), run).number == pytest.approx(20 + 30 + 8)
    assert told(question("longest", 50, doing="sleeping"), run).number == pytest.approx(30)
    assert told(question("times", 50, doing="sleeping"), run).number == 3
    assert told(question("share", 50, doing="sleeping", workers="B"), run).number == pytest.approx(100 * 30 / 59)
    assert told(question("longest", 50, doing="lock"), run).number == 0


def test_a_bound_may_be_a_parameter() -> None:
    asked = question("at_once", Bound(0, "places"), Bound(1, "places"), doing="sleeping")

    assert [told(asked, crowd(), places=places).choice for places in (3, 2, 1)] == [0, 1, 2]


def test_where_they_wait_most() -> None:
    waits = ran(main(), lane("A").runs(0).waits_for("lock", 10, 50, held_by="main").ends(60))

    assert told(question("most_time", panes=(0, 1), doing="lock"), crowd(), waits).choice == 1
    assert told(question("most_time", panes=(0, 1), doing="queue"), crowd(), waits).choice is None


def test_a_switch_is_another_worker_that_runs_on() -> None:
    run = ran(lane("A").runs(0).sleeps(2, 6).sleeps(7, 8).ends(9), lane("B").runs(3).sleeps(4, 10).ends(11))

    assert told(question("switches", 3), run).number == 3  # B at 3, A at 6, B at 10


def test_from_its_creation_to_its_first_instruction() -> None:
    run = ran(lane("main", kind="process").runs(0).spawns("A", 5).ends(50), lane("A").runs(25).ends(30))

    assert told(question("begins", 10, workers="A"), run).number == pytest.approx(20)


def test_the_gil_is_not_told_of_where_nobody_could_look() -> None:
    answer = told(question("share", 10, doing="gil"), crowd())

    assert answer.choice is None
    assert "GIL was not measured" in answer.words


@pytest.mark.parametrize(
    ("made", "place"),
    [
        (lane("A").runs(1).ends(9), 0),
        (lane("A").runs(1).fails(9), 1),
        (lane("A", kind="task").runs(1).does(Kind.CANCELLED, 9), 2),
        (lane("A", flags="daemon").runs(1).sleeps(5, 500), 3),
    ],
    ids=["finished", "failed", "cancelled", "broken off"],
)
def test_what_became_of_it(made: LaneBuilder, place: int) -> None:
    run = ran(main(), made)

    assert told(question("fate", workers="A"), run).choice == place


def test_what_became_of_several_cannot_be_told() -> None:
    assert told(question("fate", workers="Thread-"), ran(lane("Thread-1").runs(0).ends(1), lane("Thread-2").runs(0).ends(1))).choice is None


def printing(*texts: str) -> Timeline:
    """One line each 10 ms."""
    built = lane("main", kind="process").runs(0)
    for place, text in enumerate(texts, 1):
        built.prints(f"{text}\n", 10.0 * place)
    return ran(built.ends(95))


def test_what_is_printed_and_when() -> None:
    run = printing("job 2 is done", "job 10 is done", "job 1 is done", "lost 37 of 40")

    assert told(question("prints", texts=("lost",)), run).choice == 0
    assert told(question("prints", texts=("found",)), run).choice == 1
    assert told(question("lines", 3, texts=("is done",)), run).number == 3
    assert told(question("number", 37, texts=("lost",)), run).choice == 1
    assert told(question("in_order", texts=("job",)), run).choice == 1
    assert told(question("printed_first", texts=("job 1 ", "job 2 ")), run).choice == 1
    assert told(question("before", texts=("job 2", "lost")), run).choice == 0
    assert told(question("before", texts=("lost", "job 2")), run).choice == 1
    assert told(question("before", texts=("job 2", "found")), run).choice is None
    assert told(question("different", 2, texts=("job",)), run).number == 3


def test_the_place_of_a_number_is_the_line_that_has_it() -> None:
    run = printing("nothing yet", "lost 37")

    assert told(question("number", 1, texts=("lost",)), run).spots == (Spot(0, 20 * MS, worker(run, "main")),)


def test_the_falling_number_is_the_place_that_shows_it() -> None:
    assert told(question("in_order", texts=("job",)), printing("job 1", "job 3", "job 2")).spots[0].at_ns == 30 * MS


def test_numbers_are_compared_within_a_program_and_between_two() -> None:
    fast, slow = printing("workers 1: 0.80 s", "workers 8: 0.10 s"), printing("workers 1: 0.40 s")

    assert told(question("ratio", 4, texts=("workers 1:", "workers 8:")), fast).number == pytest.approx(8)
    assert told(question("ratio", 4, panes=(0, 1), texts=(":",)), fast, slow).number == pytest.approx(0.25)
    assert told(question("greatest", panes=(0, 1), texts=("workers 1:",)), fast, slow).choice == 0
    assert told(question("most_lines", panes=(0, 1), texts=("workers",)), fast, slow).choice == 0
    assert told(question("most_lines", panes=(0, 1), texts=("workers 1",)), fast, slow).choice is None


def test_a_number_that_nobody_printed_cannot_be_told() -> None:
    answer = told(question("number", 1, texts=("lost",)), printing("lost nothing"))

    assert answer.choice is None
    assert answer.words == "left printed no number behind 'lost'"


def test_what_ends_ends_and_a_deadlock_does_not() -> None:
    asked = question("ends")
    crossed = (
        lane("main", kind="process").runs(0).joins("A", 10, 99_999),
        lane("A").runs(1).takes("a", 2).waits_for("b", 20, held_by="B"),
        lane("B").runs(1).takes("b", 3).waits_for("a", 21, held_by="A"),
    )

    assert told(asked, ran(main())).choice == 0
    stuck = told(asked, timeline(*crossed, now=5000))
    assert stuck.choice == 1
    assert "circle" in stuck.words
    assert stuck.spots[0].at_ns == 21 * MS
    assert told(asked, timeline(lane("A").runs(0).sleeps(1, 99_999), now=5000)).choice is None
