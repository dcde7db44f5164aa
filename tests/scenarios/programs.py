"""The built-in scripts as anybody would run them: `python file.py`, with nothing of ours about."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from concviz import scenarios

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDER = Path(scenarios.__file__).parent

QUICK = {
    "WAIT_MS": "20",
    "DELAY_MS": "20",
    "LIMIT": "20000",
    "WORK": "1000",
    "ROUNDS": "10",
    "BLOCK_MS": "300",
    "ITEMS": "5",
    "JOBS": "5",
    "QUESTIONS": "5",
    "NUMBERS": "2000",
    "LETTERS": "2",
    "NOTES": "20",
    "SMALL_JOBS": "300",
    "PER_SECOND": "50",
    "PATIENCE": "3",
    "SIDE": "60",
    "WORDS": "2000",
    "ENTRIES": "3",
}
"""Parameters with which a script does all it does, only less of it."""

LIMIT_SECONDS = 60

AT_ONCE = 10
"""So many programs run beside each other: most of them mostly wait."""

SECONDS = re.compile(r"\d+\.\d\d s")


@dataclass(frozen=True)
class Ran:
    """A script that ended."""

    python: str
    script: str
    lines: list[str]
    """Of standard output; numbers of seconds are a #."""
    complaints: str
    """Standard error."""
    code: int


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """Ours, without what changes how Python buffers, and with these values."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | dict(values)


@contextmanager
def started(python: str, script: str, values: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The script, running, in a group of its own; killed at the end with all its children if it still does."""
    command = [python, str(FOLDER / script)]
    pipe, new = subprocess.PIPE, environment(values)
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, env=new, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    """A script that was started here, and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def ran(python: str, script: str, values: Mapping[str, str] = QUICK) -> Ran:
    """The script, at its end."""
    with started(python, script, values) as process:
        printed, complaints = process.communicate(timeout=LIMIT_SECONDS)
    return Ran(python, script, SECONDS.sub("# s", printed).splitlines(), complaints, process.returncode)


def all_ran(pythons: Iterable[str], scripts: Iterable[str], values: Mapping[str, str] = QUICK) -> list[Ran]:
    """Each script under each Python, some of them at a time."""
    chosen = list(scripts)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(ran, python, script, values) for script in chosen for python in pythons]
        return [one.result() for one in running]


@cache
def version(python: str) -> tuple[int, ...]:
    """Of an interpreter: (3, 13)."""
    told = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], check=True, capture_output=True, text=True).stdout
    return tuple(map(int, told.split()))
