"""concviz as a person has it: a process of its own, in a real pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING, Self

from concviz.runs import descendants
from tests.waiting import until
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping
    from pathlib import Path

ESCAPES = re.compile(r"\x1b(\[[0-9;?=<>]*[ -/]*[@-~]|[P\]_^].*?(\x07|\x1b\\)|[@-Z\\-_=>])", re.DOTALL)
COLUMNS, LINES = 150, 45
ENTERS, LEAVES = "\x1b[?1049h", "\x1b[?1049l"
"""What a program sends when it takes a terminal's whole screen, and when it gives it back."""


class Terminal:
    """Owns one concviz and its terminal; whatever a test does, both are gone at its end."""

    def __init__(self, *words: str, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
        """`environment`: variables that have these values for it."""
        self._fd, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._settings = termios.tcgetattr(theirs)
        self._theirs = theirs
        variables = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}", "TERM": "xterm-256color"}
        variables |= environment or {}
        for size in ("COLUMNS", "LINES"):  # whoever runs the tests may have told theirs
            variables.pop(size, None)
        command = [sys.executable, "-m", "concviz", *words]
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=variables,
            cwd=folder,
            start_new_session=True,
        )
        self.raw = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._fd)
        os.close(self._theirs)

    @property
    def text(self) -> str:
        """All that was ever drawn, one thing after the other, without colours and places."""
        self._read()
        return ESCAPES.sub("", self.raw)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._fd, keys.encode())

    def shows(self, *words: str) -> None:
        """Wait until all of these have been drawn since the last `forget`."""
        until(lambda: all(word in self.text for word in words), f"{words} on screen")

    def forget(self) -> None:
        """What was drawn so far counts no more."""
        self._read()
        self.raw = ""

    def ended(self) -> int:
        """Wait for its end; the exit code. What it wrote meanwhile is read, so that it can."""
        until(lambda: self.text is not None and self.process.poll() is not None, "the end of concviz")
        self._read()
        return self.process.returncode

    def kill(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was before."""
        self._read()
        return self.raw.rfind(LEAVES) > self.raw.rfind(ENTERS) and termios.tcgetattr(self._theirs) == self._settings

    def family(self) -> list[int]:
        """The processes below it."""
        return descendants.below(self.process.pid)

    def _read(self) -> None:
        data = b""
        while select.select([self._fd], [], [], 0)[0]:
            data += os.read(self._fd, 1 << 16)
        self.raw += data.decode(errors="replace")
