"""Table, picture and sentences, from figures made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concviz.comparing.data import as_data
from concviz.comparing.figures import figures
from concviz.comparing.plot import legend, plot
from concviz.comparing.rounds import Comparison, Row
from concviz.comparing.sample import Failure
from concviz.comparing.table import remarks, size, table
from concviz.comparing.text import as_text, in_ascii
from concviz.comparing.variants import Variant
from concviz.comparing.verdict import verdict
from concviz.comparing.watched import Watched
from concviz.comparing.work import Work, each
from tests.comparing.work_files import HERE, sample

if TYPE_CHECKING:
    from concviz.comparing.sample import Sample

WORK = Work(Path("work.py"), "f", coroutine=False, inputs=each(2))


def made(model: str, workers: int, *samples: Sample, gil: float | None = 0.0, failure: Failure | None = None) -> Row:
    return Row(Variant(model, workers, HERE), Watched(1.0, gil), samples, failure)


def comparison(*rows: Row, cores: int = 2) -> Comparison:
    return Comparison(WORK, rows, 6, cores, 0.0)


BUSY = comparison(
    made("sequential", 1, *[sample(1.0)] * 6),
    made("threads", 2, *[sample(1.0)] * 6, gil=0.48),
    made("processes", 2, *[sample(0.5, 0.12, 1.0)] * 6),
    made("asyncio", 2, failure=Failure("ValueError: no")),
)


def test_the_table_says_all_of_a_row() -> None:
    assert list(table(BUSY, 110)) == [
        "                 work     ±  speed-up       between     CPU  cores   GIL  start-up   memory      pickled",
        "sequential     1.00 s  0 ns         1                1.00 s   1.00   0 %      0 ns  1.0 MiB",
        "threads × 2    1.00 s  0 ns      1.00  1.00 to 1.00  1.00 s   1.00  48 %      0 ns  1.0 MiB  100 B, 0 ns",
        "processes × 2  1.00 s  0 ns      2.00  2.00 to 2.00  1.00 s   2.00   0 %    120 ms  1.0 MiB  100 B, 0 ns".replace(
            "1.00 s  0 ns      2", "500 ms  0 ns      2"
        ),
        "asyncio × 2    failed: ValueError: no",
    ]


def test_a_narrow_table_leaves_out_columns_from_the_right() -> None:
    lines = list(table(BUSY, 60))

    assert max(map(len, lines)) <= 60
    assert lines[0].split() == ["work", "±", "speed-up", "between", "CPU"]


def test_the_verdict_on_work_that_computes() -> None:
    assert verdict(BUSY) == [
        "CPU-bound: run one after the other, it computed 100 % of 1.00 s.",
        "Threads (2 at a time) gain nothing that is sure, 1.00x: 48 % of their time they waited for the GIL.",
        "Processes (2 at a time) gain 2.00x, 120 ms of start-up: worth it from 240 ms of work on.",
        "For this much work, processes × 2 is best: 1.61x with its start-up.",
    ]


def test_the_verdict_on_work_that_waits() -> None:
    found = comparison(made("sequential", 1, *[sample(1.0, cpu_s=0.01)] * 6), made("asyncio", 4, *[sample(0.25, cpu_s=0.01)] * 6))

    assert verdict(found) == [
        "It mostly waits: run one after the other, it computed 1 % of 1.00 s.",
        "Asyncio (4 at a time) gains 4.00x.",
        "For this much work, asyncio × 4 is best: 4.00x with its start-up.",
    ]


def test_start_up_that_outweighs_the_work_is_told() -> None:
    found = comparison(made("sequential", 1, *[sample(0.1)] * 6), made("processes", 2, *[sample(0.05, 0.3)] * 6))

    assert verdict(found)[1:] == [
        "Processes (2 at a time) gain 2.00x, 300 ms of start-up: worth it from 600 ms of work on.",
        "For this much work, nothing surely beats doing it one after the other.",
    ]


def test_a_gain_that_is_not_sure_is_none() -> None:
    walls = [0.5, 0.9, 1.1, 0.7, 1.3, 0.8]
    found = comparison(made("sequential", 1, *[sample(1.0)] * 6), made("processes", 2, *[sample(wall) for wall in walls]))
    told = figures(found.rows[1], found.baseline)

    assert told is not None
    assert told.break_even_s is None
    assert "nothing that is sure" in verdict(found)[1]


def test_no_baseline_no_verdict() -> None:
    found = comparison(made("sequential", 1, failure=Failure("KeyError: 0")), made("threads", 2, *[sample(1.0)] * 6))

    assert verdict(found) == ["The sequential run failed, so there is nothing to compare with."]
    assert "has nothing to be compared with" in list(table(found, 100))[-1]


def test_a_difference_is_reported_with_both_results() -> None:
    found = comparison(made("sequential", 1, *[sample(1.0)] * 6), made("threads", 2, *[sample(1.0, results=(1, 3))] * 6))

    assert next(iter(remarks(found))) == "results differ: threads × 2 gives another one for input 2: 3, sequential 2"
    assert as_data(found)["results"]["differences"] == [{"variant": "threads × 2", "input": 1, "expected": "2", "found": "3"}]


def test_more_workers_than_cores_do_not_bend_the_line_of_work_that_computes() -> None:
    rows = [made("processes", workers, *[sample(wall)] * 6) for workers, wall in ((1, 1.0), (2, 0.5), (4, 0.5))]
    found = comparison(made("sequential", 1, *[sample(1.0)] * 6), *rows)

    (line,) = as_data(found)["amdahl"]
    assert (line["parallel"], line["limit"], line["workers"]) == (1.0, None, [1, 2])


def by_workers(walls: dict[int, tuple[float, ...]]) -> Comparison:
    rows = [made("processes", workers, *map(sample, six)) for workers, six in walls.items()]
    return comparison(made("sequential", 1, *[sample(1.0)] * 6), *rows, cores=8)


def test_three_counts_of_workers_tell_which_share_ran_in_parallel() -> None:
    found = by_workers({1: (1.0,) * 6, 2: (0.6,) * 6, 4: (0.4,) * 6})

    assert legend(found, HERE.path) == ["p  processes: 80 % in parallel by Amdahl's line (dots), at most 5.0x with any number of workers"]
    assert as_data(found)["amdahl"][0]["doubt"] == ""


def test_two_counts_do_not() -> None:
    found = by_workers({1: (1.0,) * 6, 2: (0.6,) * 6})

    assert legend(found, HERE.path) == [
        "p  processes: which share ran in parallel (dots, Amdahl) cannot be told (fewer than 3 counts of workers)"
    ]


def test_speed_ups_with_wide_bounds_do_not_either() -> None:
    found = by_workers({1: (1.0,) * 6, 2: (0.5, 0.5, 0.7, 0.8, 1.0, 1.0), 4: (0.3, 0.3, 0.4, 0.6, 1.0, 1.0)})

    (words,) = legend(found, HERE.path)
    assert "cannot be told (from " in words
    assert "more runs (--repeat) would narrow it" in words


def test_the_picture_has_the_points_on_the_line() -> None:
    rows = [made("processes", workers, *[sample(1 / workers)] * 6) for workers in (1, 2)]
    found = plot(comparison(made("sequential", 1, *[sample(1.0)] * 6), *rows), HERE.path, 30)

    assert found is not None
    assert found.to_text().split("\n") == [
        "  2.0x |                  ..p",
        "                      ....",
        "                 .....",
        "             ....",
        "         ....",
        "  1.0x |p",
        *[""] * 3,
        "  0.0x |",
        "       +---------------------",
        "        1                   2",
    ]


@pytest.mark.parametrize(("count", "words"), [(None, "-"), (12, "12 B"), (2048, "2.0 KiB"), (50 << 20, "50 MiB")])
def test_sizes_are_told_in_the_unit_that_reads_best(count: int | None, words: str) -> None:
    assert size(count) == words


def test_the_text_can_be_ascii() -> None:
    assert all(in_ascii(line).isascii() for line in as_text(BUSY, 100))
    assert "threads x 2" in "\n".join(map(in_ascii, as_text(BUSY, 100)))
