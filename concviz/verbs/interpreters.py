"""The interpreters that a person names, and those that are found: where they are, and which version."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from concviz.errors import TargetError

OLDEST = (3, 11)
"""The first version that can be watched."""

FOUND_BY_NAME = ("python3.11", "python3.12", "python3.13", "python3.13t", "python3.14", "python3.14t", "python3.15", "python3.15t")
"""What is looked for in the PATH."""

ANSWER_SECONDS = 20
"""An interpreter that has not told its version by then is none."""


def place(word: str) -> str:
    """The path of the interpreter that is called so: a path, or a name in the PATH. TargetError when there is none."""
    expanded = os.path.expanduser(word)  # noqa: PTH111 - pathlib would take away "./", which tells a path from a name
    found = shutil.which(expanded)
    if found is None:
        there = Path(expanded).exists()
        words = f"{word} cannot be executed" if there else f"there is no interpreter {word}"
        raise TargetError(words, "give the path of a Python 3.11 or later, or its name in the PATH")
    return os.path.abspath(found)  # noqa: PTH100 - links stay: an environment's python is one


def check(word: str) -> str:
    """Likewise, and it is a Python that can be watched; TargetError when it is not."""
    path = place(word)
    if path == sys.executable:
        return path
    version, _ = ask(path)
    if not version:
        raise TargetError(f"{word} is no Python interpreter", "give the path of a Python 3.11 or later")
    if version < OLDEST:
        raise TargetError(f"{word} is Python {'.'.join(map(str, version))}, which cannot be watched", "give Python 3.11 or later")
    return path


def ask(path: str) -> tuple[tuple[int, ...], str]:
    """An interpreter's version, and the file that it really is; both empty when it gives no answer."""
    code = "import os, sys; print(*sys.version_info[:3]); print(os.path.realpath(sys.executable))"
    try:
        ran = subprocess.run(
            [path, "-I", "-S", "-c", code],
            capture_output=True,
            text=True,
            timeout=ANSWER_SECONDS,
            stdin=subprocess.DEVNULL,
            check=True,
        )
        version, real = ran.stdout.splitlines()
        return tuple(map(int, version.split())), real
    except (OSError, ValueError, subprocess.SubprocessError):
        return (), ""


def found() -> list[str]:
    """This interpreter, then those in the PATH that answer, each once, as the files that they really are."""
    known = {os.path.realpath(sys.executable): sys.executable}
    for name in FOUND_BY_NAME:
        path = shutil.which(name)
        _, real = ask(path) if path else ((), "")
        if real:
            known.setdefault(real, real)
    return list(known.values())
