"""How long the first screen takes, beside an empty Textual application; both in real terminals."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import tempfile
import termios
import time
from statistics import median

from concviz.runs.launch import PACKAGE
from concviz.scenarios.catalogue import builtin
from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import PROGRAMS, keeping_compiled

TURNS = 7
ROWS, COLUMNS = 36, 120
LIMIT_SECONDS = 30
ESCAPES = re.compile(r"\x1b(\[[0-9;?=<>]*[ -/]*[@-~]|[P\]_^].*?(\x07|\x1b\\)|[@-Z\\-_=>])", re.DOTALL)
LAST_WORD = "quit"
"""Stands in the bottom line of either, which is drawn last."""


def measure(python: str) -> list[Figure]:
    """Each turn draws both; the ratio is the median of the turns' own."""
    first = builtin()[0].title
    with tempfile.TemporaryDirectory() as folder:
        environment = keeping_compiled(folder) | {"TERM": "xterm-256color", "PYTHONPATH": str(PACKAGE.parent)}
        turns = [
            (
                seconds_until([python, "-m", "concviz"], environment, first, LAST_WORD),
                seconds_until([python, str(PROGRAMS / "empty_app.py")], environment, LAST_WORD),
            )
            for _ in range(TURNS + 1)
        ][1:]
    return [
        Figure("first screen", median(ours for ours, _ in turns) * 1000, "ms"),
        Figure("first screen / empty Textual application", median(ours / empty for ours, empty in turns), "x", 1.3),
    ]


def seconds_until(command: list[str], environment: dict[str, str], *words: str) -> float:
    """From asking for the process until all of these words stand in its terminal."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    begin = time.perf_counter()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True) as process:
        os.close(theirs)
        try:
            _wait_for(ours, words, begin + LIMIT_SECONDS)
            return time.perf_counter() - begin
        finally:
            process.terminate()
            os.close(ours)


def _wait_for(terminal: int, words: tuple[str, ...], end: float) -> None:
    drawn = b""
    while True:
        try:
            drawn += os.read(terminal, 1 << 16)
        except OSError as error:  # its other end is gone
            raise AssertionError(f"the program ended after {drawn[-500:]!r}") from error
        text = ESCAPES.sub("", drawn.decode(errors="replace"))
        if all(word in text for word in words):
            return
        assert time.perf_counter() < end, f"{words} were not drawn, but {text[-500:]}"
