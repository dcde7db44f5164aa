"""Nothing grows until it can no longer be read."""

from __future__ import annotations

import ast

from tests.walls.tree import ROOT, package_files

FILE_LINES = 300
FUNCTION_LINES = 40


def long_functions(source: str, name: str) -> list[str]:
    """Functions of more own lines than allowed: those of a function defined inside count for that one."""
    return [
        f"{name}:{function.lineno} {function.name} has {lines} lines"
        for function in _functions(ast.parse(source))
        if (lines := own_lines(function)) > FUNCTION_LINES
    ]


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    inner = [nested for nested in _functions(function) if nested is not function]
    outermost = [nested for nested in inner if not any(nested in list(ast.walk(other))[1:] for other in inner)]
    return _lines(function) - sum(_lines(nested) for nested in outermost)


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert function.end_lineno
    return function.end_lineno - function.lineno + 1


def _functions(node: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [found for found in ast.walk(node) if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_is_longer_than_300_lines() -> None:
    files = [*package_files(), *sorted((ROOT / "tests").rglob("*.py"))]

    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        words for path in package_files() for words in long_functions(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    ]

    assert not long, "\n".join(long)


def test_a_function_of_41_lines_is_found_and_one_of_40_is_not() -> None:
    body = "    x = 1\n"

    assert long_functions("def f():\n" + body * 39, "f.py") == []
    assert long_functions("def f():\n" + body * 40, "f.py") == ["f.py:1 f has 41 lines"]


def test_a_function_defined_inside_counts_for_itself() -> None:
    inner = "    def g():\n" + "        x = 1\n" * 39

    assert long_functions("def f():\n" + inner + "    return g\n", "f.py") == []
    assert long_functions("def f():\n" + inner + "        x = 1\n", "f.py") == ["f.py:2 g has 41 lines"]
