from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import concviz
from tests.probes.harness import pythons, watch
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
    import concviz
    @concviz.mark("cook")
    def cook():
        concviz.counter("dishes", 2)
        concviz.counter("dishes", 10**30)
        return "done"
    with concviz.mark("stage 2"):
        concviz.event("hit")
        print(cook())
"""


@pytest.mark.parametrize("python", pythons())
def test_what_a_program_notes_is_seen_in_order_with_its_place(tmp_path: Path, python: str) -> None:
    seen = watch(tmp_path, PROGRAM, python)

    assert seen.stdout == b"done\n"
    notes = [(e.kind, e.resource, e.arg, e.site) for e in seen.events if e.kind.startswith(("MARK", "COUNTED"))]
    assert notes == [
        ("MARK_BEGUN", "", "stage 2", "program.py:8"),
        ("MARK", "", "hit", "program.py:9"),
        ("MARK_BEGUN", "", "cook", "program.py:10"),
        ("COUNTED", "dishes", 2, "program.py:5"),
        ("COUNTED", "dishes", 2**63 - 1, "program.py:6"),
        ("MARK_OVER", "", "cook", "program.py:10"),
        ("MARK_OVER", "", "stage 2", "program.py:8"),
    ]


def test_unwatched_nothing_is_noted_and_what_is_decorated_stays_itself() -> None:
    def cook() -> str:
        return "done"

    with concviz.mark("stage 2"):
        concviz.event("hit")
        concviz.counter("dishes", 2)

    assert concviz.mark("cook")(cook) is cook


def test_importing_concviz_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import concviz; print(sorted(set(sys.modules) - before))"

    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "['concviz']"
