"""Programs that look at everything they can see of themselves: what they print is the same, watched and bare.

What differs is listed in exceptions.toml with its reason, and must differ.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from concviz.probes import host
from tests.probes.harness import pythons
from tests.stdlib.exceptions import expected

PROGRAMS = Path(__file__).parent / "programs" / "any"
LIMIT_SECONDS = 60


class Said(NamedTuple):
    """What a program said, but for addresses, which differ each time."""

    code: int
    lines: dict[str, list[str]]
    """What it printed, by the first word of the line, up to a colon."""
    err: str


def told(command: list[str], folder: Path, fds: tuple[int, ...] = ()) -> Said:
    """Run it to its end."""
    done = subprocess.run(
        command, cwd=folder, pass_fds=fds, input="words", capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
    )
    lines: dict[str, list[str]] = {}
    for line in _steady(done.stdout).splitlines():
        lines.setdefault(line.partition(":")[0], []).append(line)
    return Said(done.returncode, lines, _steady(done.stderr))


def _steady(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x…", text)


def watched(python: str, script: str, folder: Path, memory: Path) -> Said:
    """As `concviz run` starts it."""
    ready, says_ready = os.pipe()
    go, says_go = os.pipe()
    os.write(says_go, b"g")
    first = script if script.endswith(".py") else "-m"
    try:
        command = [python, str(host.__file__), str(memory), str(says_ready), str(go), "1", script, first, "an", "argument"]
        return told(command, folder, (says_ready, go))
    finally:
        for fd in (ready, says_ready, go, says_go):
            os.close(fd)


def bare(python: str, script: str, folder: Path) -> Said:
    """Without us."""
    return told([python, *([] if script.endswith(".py") else ["-m"]), script, "an", "argument"], folder)


@pytest.mark.parametrize("python", pythons())
@pytest.mark.parametrize("script", ["facts.py", "primitives.py", "tools.py", "ends.py", "becomes.py", "children.py", "pkg"])
def test_a_program_finds_all_as_without_us(tmp_path: Path, python: str, script: str) -> None:
    folder, memory = tmp_path / "program", tmp_path / "memory"
    shutil.copytree(PROGRAMS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    memory.mkdir()

    alone, seen = bare(python, script, folder), watched(python, script, folder, memory)

    differ = {key for key in alone.lines | seen.lines if alone.lines.get(key) != seen.lines.get(key)}
    known = {name.partition(" ")[2] for name in expected("programs", python) if name.startswith(script + " ")}
    assert {key: (alone.lines.get(key), seen.lines.get(key)) for key in differ - known} == {}
    assert known - differ == set(), "these no longer differ"
    assert (alone.code, alone.err) == (seen.code, seen.err)
