"""A scenario's scripts are ordinary Python: what a learner sees on screen runs anywhere."""

from __future__ import annotations

import ast
import sys

from tests.walls.tree import ROOT, scenario_scripts


def foreign(source: str, neighbours: set[str]) -> list[str]:
    """Imports that are neither the standard library's nor a script's beside it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
        found += [name for name in names if name.partition(".")[0] not in sys.stdlib_module_names | neighbours]
    return found


def test_scripts_import_only_the_standard_library_and_each_other() -> None:
    scripts = scenario_scripts()

    broken = {
        path.relative_to(ROOT).as_posix(): names
        for path in scripts
        if (names := foreign(path.read_text(encoding="utf-8"), {other.stem for other in path.parent.glob("*.py")}))
    }

    assert len(scripts) > 1
    assert broken == {}


def test_a_script_that_needs_more_is_found() -> None:
    assert foreign("import threading, server\nfrom time import sleep", {"server"}) == []
    assert foreign("from concviz import events\nimport numpy, server", set()) == ["concviz", "numpy", "server"]
