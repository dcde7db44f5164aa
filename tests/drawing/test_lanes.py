from __future__ import annotations

import time

import pytest

from concviz.drawing.axis import Axis, View
from concviz.drawing.cells import stacked
from concviz.drawing.lanes import first_row, lanes, rows
from concviz.drawing.ruler import ruler
from concviz.timeline.states import State
from tests.builders import lane, timeline, worker
from tests.drawing.spans import Did, block, run

MS = 1_000_000


def shared_gil(place: int, workers: int, end_ms: int) -> Did:
    """The worker in this place has the GIL for 5 ms, then the next one, and so on."""
    waits: Did = [(0, State.GIL)] if place else []
    turns = range(place * 5, end_ms, workers * 5)
    return [
        *waits,
        *(change for at in turns for change in ((at * MS, State.RUNNING), ((at + 5) * MS, State.GIL))),
        (end_ms * MS, State.DONE),
    ]


def threads() -> dict[str, Did]:
    main: Did = [(0, State.RUNNING), (3 * MS, State.CHILD), (300 * MS, State.RUNNING), (301 * MS, State.DONE)]
    return {"MainThread": main} | {f"Thread-{at + 1} (count)": shared_gil(at, 3, 300) for at in range(3)}


def view(to_ms: int, columns: int = 30, cursor_ms: int | None = None, focus: int = 0, from_ms: int = 0) -> View:
    return View(Axis(from_ms * MS, to_ms * MS, columns), 8, None if cursor_ms is None else cursor_ms * MS, focus)


def test_each_worker_has_a_lane_in_line_with_the_ruler() -> None:
    at = view(30)
    timeline = run(threads(), 310 * MS)

    assert stacked(ruler(at), lanes(timeline, [1, 2, 3, 4], at, 9)).to_text() == block(
        "    ms  0    5    10   15   20   25",
        "main    ███───────────────────────────",
        "T-1     █████▒▒▒▒▒▒▒▒▒▒█████▒▒▒▒▒▒▒▒▒▒",
        "T-2     ▒▒▒▒▒█████▒▒▒▒▒▒▒▒▒▒█████▒▒▒▒▒",
        "T-3     ▒▒▒▒▒▒▒▒▒▒█████▒▒▒▒▒▒▒▒▒▒█████",
    )


def test_from_further_away_those_who_share_the_gil_are_bars_of_their_share() -> None:
    assert lanes(run(threads(), 300 * MS), [2, 3, 4], view(300, 10), 3).to_text() == block(
        "T-1     ▃▃▃▃▃▃▃▃▃▃", "T-2     ▃▃▃▃▃▃▃▃▃▃", "T-3     ▃▃▃▃▃▃▃▃▃▃"
    )


def test_a_count_that_sleeps_between_two_numbers_shows_each_of_them() -> None:
    did: Did = [
        change for second in range(10) for change in ((second * 1000 * MS, State.RUNNING), (second * 1000 * MS + 100_000, State.SLEEPING))
    ]

    assert lanes(run({"count": did}, 10_000 * MS), [1], view(10_000), 1).to_text() == "count   " + "◆··" * 10


def test_every_kind_of_wait_has_a_glyph_and_a_failure_a_mark() -> None:
    order = (
        State.QUEUE,
        State.EVENT,
        State.SYNC,
        State.AWAIT,
        State.CHILD,
        State.LOCK,
        State.IO,
        State.SLEEPING,
        State.READY,
        State.RUNNING,
        State.FAILED,
    )
    did: Did = [(at * 20 * MS, state) for at, state in enumerate(order, 1)]

    assert lanes(run({"consumer": did}, 300 * MS), [1], view(300), 1).to_text() == "con…mer   ══┄┄┅┅┈┈──╳╳~~··░░██✗"


def test_a_failure_before_the_window_is_not_in_it() -> None:
    assert lanes(run({"a": [(0, State.RUNNING), (5 * MS, State.FAILED)]}, 30 * MS), [1], view(30, from_ms=10), 1).to_text() == "a"


def test_what_has_not_happened_yet_is_blank() -> None:
    assert lanes(run({"a": [(0, State.RUNNING)]}, 10 * MS), [1], view(30), 1).to_text() == "a       " + "█" * 10


def test_times_are_counted_from_the_runs_zero() -> None:
    timeline = run({"a": [(1_000 * MS, State.RUNNING), (1_010 * MS, State.DONE)]}, 1_030 * MS, zero_ns=1_000 * MS)

    assert lanes(timeline, [1], view(30), 1).to_text() == "a       " + "█" * 10


def test_the_cursor_stands_in_all_lanes_and_hides_nothing() -> None:
    timeline = run({"a": [(0, State.RUNNING), (10 * MS, State.DONE)], "b": [(5 * MS, State.RUNNING)]}, 20 * MS)
    picture = lanes(timeline, [1, 2], view(20, 20, cursor_ms=3), 2)

    assert picture.to_text() == "a       ██████████\nb          │ ███████████████"
    assert ("█", "state.running cursor") in picture.runs(0)
    assert ("│", "frame.quiet cursor") in picture.runs(1)


def test_the_focused_lane_is_marked_with_and_without_colour() -> None:
    picture = lanes(run(threads(), 300 * MS), [1, 2], view(30, 5, focus=2), 2)

    assert [line[:8] for line in picture.to_text().splitlines()] == ["main    ", "T-1    ▸"]
    assert {style.split(" ")[-1] for _, style in picture.runs(1)} == {"chosen"}
    assert "chosen" not in " ".join(style for _, style in picture.runs(0))


def test_workers_without_a_row_are_counted() -> None:
    many = {f"T-{at}": [(0, State.RUNNING)] for at in range(1, 41)}
    timeline = run(many, 10 * MS)

    assert lanes(timeline, range(1, 41), view(10), 3).to_text().splitlines()[1:] == ["T-2     " + "█" * 30, "… 38 more workers"]
    assert lanes(timeline, range(1, 41), view(10, 2), 3, first=99).to_text().splitlines()[:2] == ["T-39    ██", "T-40    ██"]


@pytest.mark.parametrize(
    ("count", "height", "first", "shown", "hidden"),
    [(3, 3, 0, (1, 2, 3), 0), (4, 3, 0, (1, 2), 2), (4, 3, 1, (2, 3), 2), (4, 3, 9, (3, 4), 2), (4, 0, 0, (), 4), (0, 0, 0, (), 0)],
)
def test_rows_are_a_window_on_the_workers(count: int, height: int, first: int, shown: tuple[int, ...], hidden: int) -> None:
    assert rows(range(1, count + 1), height, first) == (shown, hidden)


@pytest.mark.parametrize("height", [2, 3, 4, 5, 8, 21])
def test_the_focused_worker_has_a_row_at_any_height(height: int) -> None:
    workers = range(1, 41)

    assert all(focus in rows(workers, height, first_row(workers, focus, height))[0] for focus in workers)
    assert first_row(workers, 0, height) == 0


def test_nobody_and_no_room_are_pictures_too() -> None:
    timeline = run(threads(), 300 * MS)

    assert lanes(timeline, [], view(30), 5).height == 0
    assert lanes(timeline, [1, 2], view(30, 0), 2).to_text() == "main\nT-1"
    assert lanes(timeline, [1, 2], view(30), 1).to_text() == "… 2 more workers"
    assert lanes(timeline, [1, 2], view(30), 0).height == 0


def test_twenty_lanes_cost_no_more_with_many_spans_than_with_few() -> None:
    """A picture's cost depends on its size. Compared with itself, ten times the spans: not with a clock."""

    def fastest(end_ms: int) -> float:
        timeline = run({f"T-{at}": shared_gil(at, 20, end_ms) for at in range(20)}, end_ms * MS)
        at = view(end_ms, 40)
        took = []
        for _ in range(7):
            began = time.perf_counter()
            lanes(timeline, range(1, 21), at, 20)
            took.append(time.perf_counter() - began)
        return min(took)

    assert fastest(200_000) < 4 * fastest(2_000)


def test_lanes_are_drawn_from_what_really_happened() -> None:
    built = timeline(
        lane("MainThread", "process").runs(0).spawns("T-1", 1).spawns("T-2", 2).joins("T-1", 3, 25).joins("T-2", 25, 28).ends(30),
        lane("T-1").runs(4).takes("lock", 5).sleeps(6, 15).releases("lock", 16).ends(25),
        lane("T-2").runs(5).waits_for("lock", 7, 16, held_by="T-1").fails(26),
        ended=30,
    )
    workers = [worker(built, name) for name in ("MainThread", "T-1", "T-2")]

    assert lanes(built, workers, view(30), 3).to_text() == block(
        "main    ███─────────────────────────██",
        "T-1      ░░░██·········██████████",
        "T-2       ░░░██╳╳╳╳╳╳╳╳╳██████████✗",
    )
