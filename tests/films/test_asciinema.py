"""Casts in asciinema's own command: it plays them to the letter, and ends on the app's last screen.

Asked for by its mark, since it is fetched from the Python Package Index.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from concviz.films.cast import Writer
from tests.fetched import from_pypi
from tests.films.made import film, frame, written

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.realworld

FRAMES = ((0.0, frame("one     ", "  *two* x ")), (0.5, frame("世 ok   ", "שלום    ")))


def shown(version: int, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """What `asciinema cat` makes of a cast; 2.4.0 (GPL-3.0-or-later) is the last that is written in Python."""
    path = folder / "film.cast"
    path.write_bytes(written(Writer, film(version=version), *FRAMES, marks=((0.2, "here"),)))
    program = from_pypi("asciinema", "2.4.0", "asciinema/")
    words = [sys.executable, "-m", "asciinema", "cat", str(path)]
    return subprocess.run(words, env=os.environ | {"PYTHONPATH": str(program)}, capture_output=True, check=False, timeout=60)


def test_it_shows_version_2_as_it_is_written(tmp_path: Path) -> None:
    done = shown(2, tmp_path)

    events: list[Any] = [json.loads(line) for line in (tmp_path / "film.cast").read_text().splitlines()[1:]]
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "".join(data for _, code, data in events if code == "o")
    assert _screen(done.stdout.decode()) == FRAMES[-1][1].text


def _screen(text: str) -> str:
    """A terminal's, after that but for the last line, which clears nothing."""
    pyte = pytest.importorskip("pyte", reason="pyte is not installed")
    screen = pyte.Screen(8, 2)
    pyte.Stream(screen).feed(text)
    return "\n".join(line.rstrip() for line in screen.display)


def test_it_refuses_version_3_in_its_own_words(tmp_path: Path) -> None:
    done = shown(3, tmp_path)

    assert done.returncode == 1
    assert b"asciicast" in done.stderr
