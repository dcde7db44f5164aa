from __future__ import annotations

from concviz.drawing.output import Said, output, said
from concviz.events import STDERR, STDOUT
from tests.builders import lane, timeline
from tests.drawing.spans import block

MS = 1_000_000
LINES = [
    Said(710 * MS, "Process-1", STDOUT, "2,262 primes"),
    Said(1_200 * MS, "MainThread", STDERR, "Traceback \x1b[2J(most recent call last)"),
    Said(12_000 * MS, "", STDOUT, "from C"),
]


def test_a_line_has_its_time_its_worker_and_its_words() -> None:
    assert output(LINES, (38, 3), 12_000 * MS).to_text() == block(
        " 0.71 s P-1  2,262 primes", " 1.20 s main Traceback ␛[2J(most rece…", "12.00 s      from C"
    )


def test_the_unit_is_that_of_the_whole_run() -> None:
    assert output([Said(710_000, "a", STDOUT, "x")], (20, 1), 2 * MS).to_text() == "0.71 ms a x"
    assert output([Said(0, "a", STDOUT, "x")], (20, 1), 0).to_text() == "0 ns a x"


def test_the_last_lines_are_shown_oldest_first_from_the_top() -> None:
    assert [line.split()[-1] for line in output(LINES, (38, 2), 12_000 * MS).to_text().splitlines()] == ["rece…", "C"]
    assert output(LINES[:1], (38, 2), 12_000 * MS).to_text() == "0.71 s P-1 2,262 primes\n"
    assert output(LINES, (38, 0), 12_000 * MS).height == 0


def test_standard_error_is_styled_apart() -> None:
    assert [output(LINES, (22, 3), 12_000 * MS).runs(row)[-1][1] for row in (0, 1)] == ["text", "text.error"]


def test_what_was_said_by_a_moment_is_counted_from_the_runs_zero() -> None:
    run = timeline(lane("main").runs(0).prints("a\n", 5).prints("c\n", 20, stream=STDERR), lane("T-1").runs(0).prints("b\n", 10), ended=30)

    assert said(run, 10 * MS, 9) == (Said(5 * MS, "main", STDOUT, "a"), Said(10 * MS, "T-1", STDOUT, "b"))
    assert said(run, 20 * MS, 1) == (Said(20 * MS, "main", STDERR, "c"),)
    assert said(run, 4 * MS, 9) == ()
