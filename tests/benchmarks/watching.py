"""A program's own time, bare and watched through a real run, turn by turn, so that the machine's moods meet both."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from concviz.runs.launch import Launch
from concviz.runs.run import Run
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = Path(__file__).parent / "programs"
"""Programs that measure themselves and write what they found into the file that RESULT names."""

TURNS = 5


def keeping_compiled(folder: str) -> dict[str, str]:
    """An environment in which compiled code is kept, as after any installation, but outside the tree. Wants one warm-up."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": folder}


def ratio(program: str, python: str, *, lines: bool = False, turns: int = TURNS) -> float:
    """Watched / bare of the seconds that the program says it took: the median of each turn's own ratio."""
    return ratios(program, python, lines=lines, turns=turns)[0]


def ratios(program: str, python: str, *, lines: bool = False, turns: int = TURNS) -> list[float]:
    """Likewise of each of the numbers that the program says."""
    found = [(watched(program, python, lines=lines), bare(program, python)) for _ in range(turns)]
    return [median(seen[at] / alone[at] for seen, alone in found) for at in range(len(found[0][0]))]


def bare(program: str, python: str) -> list[float]:
    """What the program measured when nobody watched."""
    with _result() as (folder, result):
        subprocess.run([python, str(PROGRAMS / program)], env=os.environ | {"RESULT": str(result)}, cwd=folder, check=True)
        return [float(number) for number in result.read_text().split()]


def watched(program: str, python: str, *, lines: bool = False) -> list[float]:
    """What the program measured when watched."""
    with _result() as (folder, result), ended(program, python, folder, {"RESULT": str(result)}, lines=lines):
        return [float(number) for number in result.read_text().split()]


@contextmanager
def ended(program: str, python: str, folder: Path, env: dict[str, str], *, lines: bool = False) -> Iterator[Run]:
    """A run of the program, watched to its end; the recording still lies there."""
    run = Run(Launch(PROGRAMS / program, python=python, cwd=folder, env=env, lines=lines))
    try:
        run.prepare()
        until(lambda: run.poll() is not None and run.state in {"ready", "failed"}, "the program being ready")
        run.go()
        until(lambda: run.poll() is not None and run.state in {"ended", "failed"}, "the program's end", limit_seconds=120)
        assert run.exit is not None, run.failure
        assert run.exit.code == 0, run.timeline.output
        yield run
    finally:
        run.close()


@contextmanager
def _result() -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder), Path(folder) / "result"
