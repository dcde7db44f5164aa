"""What gets installed is what stands in the tree: no lesson, script or style sheet is forgotten."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.walls.tree import PACKAGE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """The wheel, built from the tree without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    (path,) = folder.glob("concviz-*.whl")
    with ZipFile(path) as opened:
        yield opened


def tree() -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*") if path.is_file() and not _made_by_python(path)}


def _made_by_python(path: Path) -> bool:
    return path.suffix == ".pyc"


def test_the_wheel_holds_the_package_and_nothing_else(wheel: ZipFile) -> None:
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert held == tree()


def test_the_wheel_holds_what_is_no_module(wheel: ZipFile) -> None:
    names = wheel.namelist()

    assert "concviz/py.typed" in names
    assert any(name.endswith("lesson.toml") for name in names)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_brings_the_command(wheel: ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    told = wheel.read(name).decode().split()
    assert told == ["[console_scripts]", "concviz", "=", "concviz.cli:main", "[pytest11]", "concviz", "=", "concviz.pytest_plugin"]


def test_every_dependency_has_its_reason() -> None:
    """A line of words before each, in the settings."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    settings = tomllib.loads("\n".join(lines))
    names = [*settings["project"]["dependencies"], *settings["project"]["optional-dependencies"]["test"]]

    unexplained = [name for name in names for at, line in enumerate(lines) if line == f'    "{name}",' and "#" not in lines[at - 1]]

    assert unexplained == []


def test_every_ruled_out_lint_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rules = text[text.index("ignore = [") : text.index("[tool.ruff.lint.mccabe]")]
    codes = [line.strip() for line in rules.splitlines() if line.startswith('    "')]

    assert [line for line in codes if "#" not in line and line != '"ALL",'] == []
