"""How long after the key a granted step stands on the screen, in a real terminal; and how long going back takes."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING

from concviz.runs.launch import PACKAGE
from tests.benchmarks.figure import Figure
from tests.benchmarks.screen import COLUMNS, ESCAPES, LIMIT_SECONDS, ROWS
from tests.benchmarks.watching import PROGRAMS, keeping_compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = 30
"""Steps of the first worker before the first of the others', granted one by one."""

GO_ON, GO_BACK = b"\r", b"\x7f"
"""Enter and backspace, as a terminal sends them."""


def measure(python: str) -> list[Figure]:
    """Medians over the steps of one program under this Python, and the slowest of them."""
    with tempfile.TemporaryDirectory() as folder:
        environment = keeping_compiled(folder) | {"TERM": "xterm-256color", "PYTHONPATH": str(PACKAGE.parent)}
        command = [sys.executable, "-m", "concviz", "step", str(PROGRAMS / "adders.py"), "--python", python]
        with terminal(command, environment) as fd:
            shown_s(fd, b"", "step 0")
            on = [shown_s(fd, GO_ON, f"step {step}") for step in range(1, STEPS + 1)]
            back = [shown_s(fd, GO_BACK, f"step {step}") for step in range(STEPS - 1, STEPS - 6, -1)]
    return [
        Figure("granted step shown, after the key", median(on) * 1000, "ms", 50),
        Figure("granted step shown, the slowest of 30", max(on) * 1000, "ms"),
        Figure("one step back shown, after the key", median(back) * 1000, "ms"),
    ]


@contextmanager
def terminal(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """A program in a terminal of its own, which is read and written by this descriptor; ended at the end."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True) as process:
        os.close(theirs)
        try:
            yield ours
        finally:
            process.terminate()
            os.close(ours)


def shown_s(fd: int, key: bytes, words: str) -> float:
    """From the key until the words are drawn."""
    begin = time.perf_counter()
    os.write(fd, key)
    drawn = b""
    while words not in ESCAPES.sub("", drawn.decode(errors="replace")):
        left = begin + LIMIT_SECONDS - time.perf_counter()
        assert left > 0, f"{words} was not drawn, but {drawn[-500:]!r}"
        if select.select([fd], [], [], left)[0]:
            drawn += os.read(fd, 1 << 16)
    return time.perf_counter() - begin
