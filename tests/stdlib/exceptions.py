"""The known differences between a watched program and a bare one: read from exceptions.toml, each with its reason."""

from __future__ import annotations

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("exceptions.toml")


@cache
def version(python: str) -> tuple[int, int]:
    """The interpreter's."""
    words = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True)
    major, minor = map(int, words.stdout.split())
    return major, minor


def expected(section: str, python: str) -> dict[str, str]:
    """What differs under this Python, and why. `section`: "programs" or "tests"."""
    with _FILE.open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)[section]
    since, until = table.pop("since", {}), table.pop("until", {})
    this = version(python)
    return {name: why for name, why in table.items() if _number(since.get(name, "3.0")) <= this <= _number(until.get(name, "3.999"))}


def _number(words: str) -> tuple[int, int]:
    major, _, minor = words.partition(".")
    return int(major), int(minor)
