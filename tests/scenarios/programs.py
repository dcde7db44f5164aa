"""The built-in scripts as anybody would run them: `python file.py`, with nothing of ours about."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from concviz import scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(scenarios.__file__).parent

QUICK = {"WAIT_MS": "20", "DELAY_MS": "20", "LIMIT": "20000", "WORK": "1000", "ROUNDS": "10", "BLOCK_MS": "300", "ITEMS": "5", "JOBS": "5"}
"""Parameters with which a script does all it does, only less of it."""

LIMIT_SECONDS = 60


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """Ours, without what changes how Python buffers, and with these values."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | dict(values)


@contextmanager
def started(python: str, script: str, values: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The script, running; killed at the end if it still does."""
    command = [python, str(FOLDER / script)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, env=environment(values)) as process:
        try:
            yield process
        finally:
            process.kill()
