from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.gates.choice import Access, End, Option, Outcome, Step
from concviz.stepping.board import Moment, board
from concviz.stepping.session import STDOUT, Stands, Words

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "def add():\n    value = counter\n    counter = value + 1\n"
SIZES = [(78, 20), (118, 32), (158, 41), (198, 56)]


def option(worker: int, operation: str, thing: str = "", line: int = 2, **more: object) -> Option:
    access = Access(thing, operation != "read") if thing else None
    return Option(worker, f"Thread-{worker}", operation, thing, str(more.pop("file", "add.py")), line, "add", access, **more)  # type: ignore[arg-type]


def step(worker: int, operation: str, thing: str = "", seen: str = "", *, preempts: bool = False) -> Step:
    return Step(option(worker, operation, thing), 0, (1, 2), preempts, seen)


def moment(folder: Path, *workers: int, outcome: Outcome | None = None) -> Moment:
    file = folder / "add.py"
    file.write_text(SOURCE)
    can = tuple(option(worker, "write", "counter", 3, file=file) for worker in workers)
    stands = Stands(can[:-1], (option(workers[-1], "acquire", "lock", 2, file=file, blocked="`lock` is held by Thread-1"),))
    steps = (step(1, "acquire", "lock"), step(1, "read", "counter", "0"), step(2, "start", preempts=True))
    return Moment(steps, None if outcome else stands, outcome, "", (Words(1, STDOUT, "begun"),), workers[0])


@pytest.mark.parametrize("size", SIZES)
def test_everything_that_one_must_know_is_there_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    text = board(moment(tmp_path, 1, 2, 3), size).cells.to_text()

    for words in (
        "[1] Thread-1",
        "[2] Thread-2",
        "write `counter`",
        "would block",
        "`lock` is held by",
        "counter",
        "begun",
        "schedule: 3 steps",
    ):
        assert words in text


def test_the_picture_of_two_workers(tmp_path: Path) -> None:
    text = board(moment(tmp_path, 1, 2), (110, 21)).cells.to_text()

    assert [" ".join(line.split()) for line in text.splitlines()[:7]] == [
        "▸[1] Thread-1 ──────────────── can go 2 Thread-2 ───────── ╳ would block shared ──────────────────────",
        "1 def add(): 1 def add(): lock ▪ Thread-1",
        "2 value = counter 2▶ value = counter Thread-2 would block",
        "3▶ counter = value + 1 3 counter = value + 1 counter 0",
        "next write `counter` next take `lock` read by Thread-1 at step 2",
        "last reads `counter`: 0 would block: `lock` is held by Thre…",
        "output ──────────────────────",
    ]


def test_lanes_have_a_column_a_step_and_mark_where_one_switched(tmp_path: Path) -> None:
    lines = board(moment(tmp_path, 1, 2), (110, 21)).cells.to_text().splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(" step"))

    assert [line[:24].rstrip() for line in lines[start : start + 3]] == [
        " step       1  2  3",
        " Thread-1   ▪  ▪  ·",
        " Thread-2   ·  ·  ◆",
    ]


def test_many_workers_get_a_line_each_and_the_one_at_the_cursor_its_source(tmp_path: Path) -> None:
    text = board(moment(tmp_path, *range(1, 13)), (100, 40)).cells.to_text()

    assert all(f"Thread-{worker}" in text for worker in range(1, 13))
    assert text.count("counter = value + 1") == 1


def test_a_click_finds_the_worker_and_nobody_beside(tmp_path: Path) -> None:
    drawn = board(moment(tmp_path, 1, 2), (110, 21))

    assert [drawn.worker_at(x, 2) for x in (1, 41, 100)] == [1, 2, 0]
    assert drawn.worker_at(1, 20) == 0


def test_a_deadlock_is_told_along_its_circle_and_a_traceback_whole(tmp_path: Path) -> None:
    stuck = tuple(
        option(one, "acquire", lock, 2, blocked=f"`{lock}` is held by Thread-{other}", blocked_by=(other,))
        for one, lock, other in ((1, "b", 3), (2, "x", 1), (3, "a", 1))
    )
    dead = board(moment(tmp_path, 1, 2, outcome=Outcome(End.DEADLOCK, "deadlock", "", "", (), stuck)), (150, 40)).cells.to_text()
    failed = Outcome(End.EXCEPTION, "ValueError: no", "", "", (), traceback="Traceback:\n  line 1\nValueError: no")
    told = board(moment(tmp_path, 1, 2, outcome=failed), (150, 40)).cells.to_text()

    circle = [line[line.rindex("Thread-", 0, line.index("at add.py")) :] for line in dead.splitlines() if "at add.py:2" in line]
    assert circle == [
        "Thread-1 at add.py:2: `b` is held by Thread-3",
        "Thread-3 at add.py:2: `a` is held by Thread-1",
        "Thread-2 at add.py:2: `x` is held by Thread-1",
    ]
    assert [words in told for words in ("an exception ended it", "Traceback:", "line 1")] == [True] * 3
