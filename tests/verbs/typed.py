"""What the tests of the verbs type, and on what."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def script(folder: Path, source: str) -> str:
    """The path of a program with this source."""
    path = folder / "program.py"
    path.write_text(dedent(source))
    return str(path)


def started(*words: str, **options: Any) -> subprocess.Popen[str]:
    """concviz as a process of its own."""
    command = [sys.executable, "-m", "concviz", *words]
    pipe = subprocess.PIPE
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, env=environment, **options)
