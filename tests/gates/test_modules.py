"""A run leaves no modules of the program's own behind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from concviz.gates.choice import End
from concviz.gates.run import run_once
from concviz.gates.target import Target
from tests.gates.chosen import on

if TYPE_CHECKING:
    from pathlib import Path

OLD_ONES_MOVE = "import sys; kept = sys.modules.pop('concviz.gates.run'); sys.modules['concviz.gates.run'] = kept"


@pytest.mark.parametrize("also", ["", OLD_ONES_MOVE])
def test_own_modules_of_a_run_are_gone_behind_it(tmp_path: Path, also: str) -> None:
    (tmp_path / "near_by.py").write_text("import this_as_well\n")
    (tmp_path / "this_as_well.py").write_text("")
    script = tmp_path / "main.py"
    script.write_text(f"import near_by\n{also}\n")
    before = set(sys.modules)
    outcome = run_once(Target(script=str(script)), on, memory=True)

    assert outcome.end is End.OK
    assert {"near_by", "this_as_well"}.isdisjoint(sys.modules)
    assert before <= set(sys.modules)
