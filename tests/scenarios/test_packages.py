"""Scenarios that packages ship by the entry point group `concviz.scenarios`."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from concviz.errors import TargetError
from concviz.scenarios import catalogue
from concviz.scenarios.packages import GROUP, Course, courses
from concviz.settings import key_of

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> Path:
    """`acme`, installed, with two scenarios in `acme.course`; to import any of it is an error."""
    course = tmp_path / "acme" / "course"
    course.mkdir(parents=True)
    (tmp_path / "acme" / "__init__.py").write_text("")
    (course / "__init__.py").write_text("raise SystemExit('imported')")
    for name in ("second", "first"):
        assert main(["new", str(course / name)]) == 0
    (tmp_path / "acme-1.dist-info").mkdir()
    (tmp_path / "acme-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1\n")
    point(tmp_path, "Our course = acme.course")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "acme", raising=False)
    importlib.invalidate_caches()
    capsys.readouterr()
    return tmp_path


def point(folder: Path, *lines: str) -> None:
    (folder / "acme-1.dist-info" / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *lines, ""]))


def named(value: str) -> EntryPoint:
    return EntryPoint("Our course", value, GROUP)


def test_a_packages_scenarios_are_a_chapter_of_their_own(package: Path) -> None:
    scenarios, broken = catalogue.shipped()

    assert [(one.name, one.chapter) for one in scenarios] == [("acme:first", "Our course"), ("acme:second", "Our course")]
    assert broken == ()
    assert key_of(scenarios[0]) == "acme:first"
    assert catalogue.find("acme:second").folder == package / "acme" / "course" / "second"


def test_they_are_listed_behind_our_own(package: Path, capsys: Output) -> None:
    del package
    assert main(["list"]) == 0

    out = capsys.readouterr().out
    assert out.index("web_server") < out.index("Our course") < out.index("acme:first")


def test_one_that_does_not_exist_is_told(package: Path) -> None:
    del package
    with pytest.raises(TargetError, match="there is no scenario 'acme:third'"):
        catalogue.find("acme:third")


def test_a_broken_one_is_told_in_a_line_and_the_others_are_there(package: Path, capsys: Output) -> None:
    point(package, "Our course = acme.course", "Gone = acme.gone", "Away = nowhere.at.all")
    lesson = package / "acme" / "course" / "second" / "lesson.toml"
    lesson.write_text(lesson.read_text().replace("title =", "titel ="))

    assert main(["list"]) == 0

    told = capsys.readouterr()
    assert "acme:first" in told.out
    assert "acme:second" not in told.out
    assert [line.partition(": ")[2] for line in told.err.splitlines()] == [
        "a package's scenarios cannot be listed: Away (nowhere.at.all): cannot be found: ModuleNotFoundError: No module named 'nowhere'",
        "a package's scenarios cannot be listed: Gone (acme.gone): there is no such package",
        f"a package's scenarios cannot be listed: Our course: {lesson} has no title",
    ]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("json", "no folder in it has a lesson.toml"),
        ("json.decoder", "is no package with a folder"),
        ("no_such_package_here", "there is no such package"),
    ],
)
def test_what_ships_no_scenario_is_told(value: str, says: str) -> None:
    assert courses([named(value)]) == ([], [f"Our course ({value}): {says}"])


def test_a_package_that_fails_when_it_is_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "angry").mkdir()
    (tmp_path / "angry" / "__init__.py").write_text("import sys\nsys.exit('no')")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()

    assert courses([named("angry.course")]) == ([], ["Our course (angry.course): cannot be found: SystemExit: no"])


def test_a_package_may_be_one_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    assert main(["new", str(tmp_path / "alone")]) == 0
    capsys.readouterr()
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()

    assert courses([named("alone")]) == ([Course("Our course", "alone", (tmp_path / "alone",))], [])
