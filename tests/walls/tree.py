"""The package as the walls see it: modules, what each imports, and where; read from the source, never imported."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds the package, its tests and its settings."""

PACKAGE = ROOT / "concviz"


@dataclass(frozen=True, slots=True)
class Import:
    """One name imported at one line, also inside a function and also for types only."""

    target: str
    line: int

    @property
    def top(self) -> str:
        return self.target.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Module:
    name: str
    path: Path
    syntax: ast.Module
    imports: tuple[Import, ...]

    def at(self, line: int) -> str:
        return f"{self.path}:{line}"


Tree = dict[str, Module]


def package_files() -> list[Path]:
    """Every Python file of the package except the scenarios' scripts, which are programs to be watched."""
    scripts = PACKAGE / "scenarios"
    return [path for path in sorted(PACKAGE.rglob("*.py")) if scripts not in path.parent.parents]


def scenario_scripts() -> list[Path]:
    return sorted(set(PACKAGE.rglob("*.py")) - set(package_files()))


def real_tree() -> Tree:
    return tree({path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in package_files()})


def tree(sources: Mapping[str, str]) -> Tree:
    """Path below the root -> source, as a tree of modules by name."""
    syntaxes = {module_name(path): (path, ast.parse(source, path)) for path, source in sources.items()}
    return {name: Module(name, Path(path), syntax, tuple(_imports(syntax, set(syntaxes)))) for name, (path, syntax) in syntaxes.items()}


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imports(syntax: ast.Module, known: set[str]) -> Iterator[Import]:
    """`from package import name` counts as the module `package.name` where there is one."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            package = "." * node.level + (node.module or "")
            for alias in node.names:
                whole = f"{package}.{alias.name}"
                yield Import(whole if whole in known else package, node.lineno)


def below(name: str, *rooms: str) -> bool:
    """Whether a module is one of these rooms or lies in one."""
    return any(name == room or name.startswith(room + ".") for room in rooms)


def reach(modules: Tree, start: str) -> set[str]:
    """The modules of the package that importing `start` can lead to, itself included."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in found or name not in modules:
            continue
        found.add(name)
        waiting += [imported.target for imported in modules[name].imports]
    return found
