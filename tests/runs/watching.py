"""Real watched programs for tests: written, started, let go, followed to their end, and always taken down."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from textwrap import dedent
from typing import TYPE_CHECKING

from concviz.runs.launch import Launch
from concviz.runs.run import Run
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def running(folder: Path, source: str, python: str = sys.executable, *, lines: bool = False) -> Iterator[Run]:
    """A run of this source, past GO."""
    script = folder / "program.py"
    script.write_text(dedent(source))
    run = Run(Launch(script, python=python, lines=lines, cwd=folder))
    try:
        run.prepare()
        until(lambda: run.poll() and run.state in {"ready", "failed", "ended"}, "the program being ready")
        run.go()
        yield run
    finally:
        run.close()


def ended(run: Run) -> Run:
    """The run, at its end."""
    until(lambda: run.poll() is not None and run.state in {"ended", "failed"}, "the program's end")
    return run


def words(run: Run, stream: int | None = None) -> str:
    """All that the program printed so far, by time."""
    return "\n".join(line.text for line in run.timeline.output if stream in {None, line.stream})
