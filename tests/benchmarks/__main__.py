"""python -m tests.benchmarks: measures what watching costs, and prints each figure beside its goal."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from tests.benchmarks.figure import Figure
from tests.benchmarks.members import BENCHMARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.figure import Benchmark


def main(words: list[str]) -> None:
    """Measure what the words ask for; figures are printed as they come, or as one JSON list at the end."""
    asked = _parser().parse_args(words)
    figures = []
    if asked.table:
        print("| figure | value | goal |\n| --- | --- | --- |")
    for figure in measured(_chosen(asked.only), asked.python):
        if not asked.json:
            print(row(figure) if asked.table else line(figure), flush=True)
        figures.append(figure)
    if asked.json:
        fields = [asdict(figure) | {"holds": figure.holds} for figure in figures]
        print(json.dumps([{key: each[key] for key in ("name", "value", "unit", "goal", "holds")} for each in fields], indent=1))


def measured(benchmarks: list[Benchmark], pythons: list[str]) -> Iterator[Figure]:
    """Each benchmark's figures; those of the watched side once for each Python, and called by it."""
    for benchmark in benchmarks:
        for python in pythons if benchmark.under_each and pythons else [sys.executable]:
            for figure in _figures(benchmark, python):
                called = benchmark.under_each and pythons
                yield replace(figure, name=f"{figure.name}, under {python}") if called else figure


def _figures(benchmark: Benchmark, python: str) -> list[Figure]:
    """One that breaks does not take the others with it: why stands on stderr, and its figure does not hold."""
    try:
        return benchmark.measure(python)
    except (AssertionError, ImportError, OSError, subprocess.SubprocessError) as error:
        print(f"{benchmark.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return [Figure(benchmark.name, None, "")]


def line(figure: Figure) -> str:
    """One figure for people."""
    if figure.value is None:
        return f"{figure.name:<58} not measured"
    goal = (
        ""
        if figure.goal is None
        else f"  {'<=' if figure.better == 'less' else '>='} {figure.goal:g}  {'holds' if figure.holds else 'FALLS SHORT'}"
    )
    return f"{figure.name:<58} {figure.value:>12,.3f} {figure.unit}{goal}"


def row(figure: Figure) -> str:
    """One figure as a row of a table in Markdown."""
    if figure.value is None:
        return f"| {figure.name} | not measured |  |"
    value = f"{figure.value:,.3g}" if abs(figure.value) < MANY else f"{figure.value:,.0f}"
    sign = "≤" if figure.better == "less" else "≥"
    goal = "" if figure.goal is None else f"{sign} {figure.goal:,}{'' if figure.holds else ': **missed**'}"
    return f"| {figure.name} | {value} {figure.unit} | {goal} |"


MANY = 1000
"""From here on figures are whole numbers in the table."""


def _chosen(word: str) -> list[Benchmark]:
    chosen = [benchmark for benchmark in BENCHMARKS if word.lower() in benchmark.name.lower()]
    if not chosen:
        sys.exit(f"no benchmark has {word!r} in its name; there are: {', '.join(benchmark.name for benchmark in BENCHMARKS)}")
    return chosen


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one list of {name, value, unit, goal, holds}")
    parser.add_argument("--table", action="store_true", help="a table in Markdown, as the README has it")
    parser.add_argument("--only", metavar="WORD", default="", help="only benchmarks with this word in their name")
    parser.add_argument("--python", metavar="PATH", action="append", default=[], help="watch under this Python; may be given again")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
