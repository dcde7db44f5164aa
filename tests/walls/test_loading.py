"""What really gets loaded with each module, seen in interpreters of their own: the import graph's other half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from tests.walls.test_imports import SUPERVISOR, THIRD_PARTY, WATCHED_SIDE
from tests.walls.tree import ROOT, below, real_tree

EACH_ALONE = """
import importlib, json, os, sys
told = {}
for name in sys.argv[1:]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            importlib.import_module(name)
            words = ""
        except BaseException as error:
            words = f"{type(error).__name__}: {error}"
        tops = sorted({loaded.partition(".")[0] for loaded in sys.modules})
        with os.fdopen(writing, "w") as out:
            json.dump([words, tops], out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told[name] = json.load(answer)
    os.wait()
print(json.dumps(told))
"""
"""Imports each module named alone, in a fork of an interpreter that has loaded nothing of it."""

NOT_CORE = ("concviz.ui", "concviz.__main__", "concviz.probes.host", "concviz.serving.server")
"""The screen; `__main__` opens it; `host` is a script; the server stands on what an extra brings."""

CORE = sorted(name for name in real_tree() if not below(name, *NOT_CORE))


@cache
def loaded_alone() -> dict[str, tuple[str, set[str]]]:
    """Module -> (why it could not be imported, or nothing; the top names of all that was loaded)."""
    ran = subprocess.run([sys.executable, "-c", EACH_ALONE, *CORE], cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)
    return {name: (words, set(tops)) for name, (words, tops) in json.loads(ran.stdout).items()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks of one bare interpreter load each module alone")
@pytest.mark.parametrize("name", CORE)
def test_a_core_module_loads_alone_and_brings_no_screen(name: str) -> None:
    words, tops = loaded_alone()[name]

    assert words == ""
    assert tops & {"textual"} == set()


@pytest.mark.parametrize("name", [name for name in CORE if below(name, *WATCHED_SIDE, SUPERVISOR, "concviz.sampling", "concviz.scenarios")])
def test_a_module_of_the_small_processes_brings_nothing_of_others(name: str) -> None:
    words, tops = loaded_alone()[name]

    assert words == ""
    assert tops & set(THIRD_PARTY) == set()


def test_importing_concviz_loads_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import concviz; print(sorted(set(sys.modules) - before))"

    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout == "['concviz']\n"


def test_the_command_line_needs_no_screen_to_say_its_version() -> None:
    """A word on the command line is answered before the screen's libraries are even looked for."""
    code = (
        "import sys\n"
        "from concviz.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'textual', 'numpy'} & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "[]"
