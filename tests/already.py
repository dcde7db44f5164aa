"""Programs that run already, for tests of what attaches to them: they go on until their standard input ends."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Target = subprocess.Popen[str]

LIMIT_SECONDS = 30

THREADS = """
    import sys, threading, time

    def spin():
        while not over:
            sum(range(500))

    over = False
    threads = [threading.Thread(target=spin, name=f"spin {number}") for number in range(2)]
    threads.append(threading.Thread(target=time.sleep, args=(600,), name="asleep", daemon=True))
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.read()
    over = True
    print("the program's own last words")
    sys.exit(7)
"""
"""Two threads that compute, one that sleeps, and the main one, which waits for input."""


@contextmanager
def already(folder: Path, source: str, python: str = sys.executable, **env: str) -> Iterator[Target]:
    """This program, from when it has said that it is ready."""
    script = folder / "already.py"
    script.write_text(dedent(source))
    pipe = subprocess.PIPE
    command = [python, str(script)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=os.environ | env) as target:
        try:
            assert target.stdout is not None
            assert target.stdout.readline() == "ready\n"
            yield target
        finally:
            target.kill()


def ended(target: Target) -> tuple[str, str, int]:
    """Let it end by itself: what it said on both streams, and its exit code."""
    out, errors = target.communicate("", timeout=LIMIT_SECONDS)
    return out, errors, target.returncode


@cache
def version(python: str) -> tuple[int, ...]:
    """Of an interpreter: (3, 14)."""
    code = "import sys; print(*sys.version_info[:2])"
    told = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return tuple(map(int, told.stdout.split()))


def that_lets_in() -> str:
    """An interpreter that can be asked to let probes in; without one the test is skipped."""
    found = next((python for python in pythons() if version(python) >= (3, 14)), None)
    return found or pytest.skip("no Python from 3.14 on is here (CONCVIZ_OTHER_PYTHONS names one)")
