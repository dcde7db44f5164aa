"""What modules are called, and what every public thing says of itself."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.walls.tree import ROOT, below, real_tree, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.walls.tree import Module, Tree

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "base", "misc", "core", "shared", "tools", "stuff"}
"""Names under which anything could be put: a module is called by the noun it is about."""

TEXTUAL_HOOK = re.compile(r"(on|watch|validate|compute|action|key|check|get|render|_)_|compose$|render$")
"""Methods that Textual calls: what they mean is told there."""

APP = "concviz.ui.app"


def badly_named(modules: Tree) -> list[str]:
    return [name for name in modules if EMPTY_NAMES & set(name.split("."))]


def undocumented(modules: Tree) -> list[str]:
    """Public modules, classes, functions and methods that say nothing. Textual's hooks need not."""
    return [
        f"{module.at(getattr(node, 'lineno', 1))} {name}"
        for module in modules.values()
        for name, node in _public(module)
        if ast.get_docstring(node) is None
    ]


def _public(module: Module) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]]:
    yield module.name, module.syntax
    waiting: list[tuple[str, ast.AST]] = [(module.name, module.syntax)]
    hooks = below(module.name, "concviz.ui")
    while waiting:
        inside, parent = waiting.pop()
        for node in ast.iter_child_nodes(parent):
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            if isinstance(node, ast.ClassDef):
                waiting.append((f"{inside}.{node.name}", node))
            elif _says_it_elsewhere(node) or (hooks and TEXTUAL_HOOK.match(node.name)):
                continue
            yield f"{inside}.{node.name}", node


def _says_it_elsewhere(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A setter's words are its getter's; those of one overload its function's."""
    words = {ast.unparse(decorator).rpartition(".")[2] for decorator in function.decorator_list}
    return bool(words & {"setter", "overload", "override"})


def apps_named(modules: Tree) -> list[str]:
    """Places outside the app that reach through `self.app` for its members."""
    return [
        f"{module.at(node.lineno)} {ast.unparse(node)}"
        for module in modules.values()
        if module.name != APP
        for node in ast.walk(module.syntax)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self.app"
    ]


def test_modules_are_called_by_their_noun() -> None:
    assert badly_named(real_tree()) == []


def test_every_public_thing_says_what_it_is() -> None:
    missing = undocumented(real_tree())

    assert not missing, "\n".join(missing)


def test_only_the_app_names_its_members() -> None:
    """Up goes a message, never a call: otherwise every widget knows the app, and the app becomes everything."""
    assert apps_named(real_tree()) == []


@pytest.mark.parametrize("path", ["concviz/utils.py", "concviz/ui/helpers/keys.py", "concviz/runs/manager.py"])
def test_an_empty_name_is_found(path: str) -> None:
    assert badly_named(tree({path: ""}))


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("x = 1", ["concviz.runs.run"]),
        ('"""Run."""\ndef go(): ...', ["concviz.runs.run.go"]),
        ('"""Run."""\nclass Run:\n    """A run."""\n    def go(self): ...', ["concviz.runs.run.Run.go"]),
        ('"""Run."""\nclass Run:\n    """A run."""\n    def __init__(self): ...\n    def _go(self): ...', []),
        ('"""Run."""\nclass _Run:\n    def go(self): ...', []),
        ('"""Run."""\ndef go():\n    """Go."""\n    def inner(): ...', []),
    ],
)
def test_a_silent_public_thing_is_found_and_a_private_one_is_not(source: str, missing: list[str]) -> None:
    found = undocumented(tree({"concviz/runs/run.py": source}))

    assert [words.split()[1] for words in found] == missing


def test_textual_hooks_need_no_words_in_ui_and_need_them_elsewhere() -> None:
    source = '"""A pane."""\nclass Pane:\n    """A pane."""\n    def on_mount(self): ...'

    assert undocumented(tree({"concviz/ui/pane.py": source})) == []
    assert undocumented(tree({"concviz/drawing/pane.py": source})) != []


def test_reaching_through_the_app_is_found() -> None:
    source = "class Pane:\n    def go(self):\n        self.app.push_screen(1)"

    assert apps_named(tree({"concviz/ui/pane.py": source}))
    assert apps_named(tree({"concviz/ui/app.py": source})) == []


def test_no_path_of_one_machine_stands_in_the_package() -> None:
    """What works only here works nowhere."""
    files = [*(ROOT / "concviz").rglob("*.py"), *(ROOT / "concviz").rglob("*.toml"), ROOT / "README.md", ROOT / "pyproject.toml"]

    found = [path.name for path in files if re.search(r"(?<![\w.-])/(home|root|work)/\w", path.read_text(encoding="utf-8"))]

    assert found == []
