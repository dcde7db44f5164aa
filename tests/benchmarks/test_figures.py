"""What the benchmarks print is what was measured, and says whether it holds."""

from __future__ import annotations

import json
import sys

import pytest

from tests.benchmarks.__main__ import line, main, row
from tests.benchmarks.figure import Benchmark, Figure


@pytest.mark.parametrize(
    ("figure", "holds"),
    [
        (Figure("cost", 3.0, "x", 3), True),
        (Figure("cost", 3.1, "x", 3), False),
        (Figure("rate", 3.1, "x", 3, better="more"), True),
        (Figure("rate", 2.9, "x", 3, better="more"), False),
        (Figure("told", 1e9, "x"), True),
    ],
)
def test_a_figure_holds_on_the_good_side_of_its_goal(figure: Figure, *, holds: bool) -> None:
    assert figure.holds is holds


def test_a_figure_that_falls_short_says_so() -> None:
    assert "FALLS SHORT" in line(Figure("cost", 3.1, "x", 3))
    assert "holds" in line(Figure("cost", 2.9, "x", 3))


def test_what_could_not_be_measured_holds_nothing_and_stops_nothing(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_python: str) -> list[Figure]:
        raise AssertionError("out of order")

    monkeypatch.setattr("tests.benchmarks.__main__.BENCHMARKS", (Benchmark("a", broken), Benchmark("b", lambda _: [Figure("b", 1.0, "x")])))

    main(["--json"])

    told = capsys.readouterr()
    assert [(figure["name"], figure["value"], figure["holds"]) for figure in json.loads(told.out)] == [("a", None, False), ("b", 1.0, True)]
    assert "out of order" in told.err


def test_json_is_one_list_of_the_figures_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--json", "--only", "INTO THE RING"])

    told = json.loads(capsys.readouterr().out)
    assert [list(figure) for figure in told] == [["name", "value", "unit", "goal", "holds"]] * 3
    assert [figure["name"] for figure in told] == ["one event into the ring", "one clock read", "one event into the ring / clock read"]


def test_a_python_that_was_asked_for_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--only", "into the ring", "--python", sys.executable])

    assert capsys.readouterr().out.count(f", under {sys.executable}") == 3


def test_an_unknown_word_names_what_there_is() -> None:
    with pytest.raises(SystemExit, match="first screen"):
        main(["--only", "no such thing"])


def test_the_table_says_what_was_missed() -> None:
    assert row(Figure("cost", 3.111, "x", 3)) == "| cost | 3.11 x | ≤ 3: **missed** |"
    assert row(Figure("rate", 2_000_000.4, "a second", 1_000_000, better="more")) == "| rate | 2,000,000 a second | ≥ 1,000,000 |"
    assert row(Figure("told", None, "x")) == "| told | not measured |  |"
