"""Folders of scenarios that installed packages ship, found by their entry points.

    [project.entry-points."concviz.scenarios"]
    "Our own course" = "ourpackage.course"

The name is that of the chapter, the value a package whose folder holds a folder for each scenario. The package itself is not
imported, only those that it lies in: nothing of it runs before one of its scenarios is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import EntryPoint

GROUP = "concviz.scenarios"
"""The group of entry points."""

LESSON = "lesson.toml"
"""The file that makes a folder a scenario."""


@dataclass(frozen=True, slots=True)
class Course:
    """What one entry point names."""

    chapter: str
    package: str
    """The first part of the module's name: what its scenarios' names begin with."""
    folders: tuple[Path, ...]
    """In the order of their names."""


def installed() -> tuple[EntryPoint, ...]:
    """All entry points of the group, in the order of their names."""
    from importlib.metadata import entry_points  # what it loads takes longer than all of ours, and the first screen does not wait for it

    return tuple(sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)))


def courses(points: Iterable[EntryPoint]) -> tuple[list[Course], list[str]]:
    """What they name, and a line for each one that is broken."""
    found, broken = [], []
    for point in points:
        try:
            found.append(_course(point))
        except ScenarioError as error:
            broken.append(f"{point.name} ({point.value}): {error.message}")
    return found, broken


def _course(point: EntryPoint) -> Course:
    folders = [child for place in _places(point.value) for child in (place, *sorted(place.iterdir())) if (child / LESSON).is_file()]
    if not folders:
        raise ScenarioError(f"no folder in it has a {LESSON}")
    return Course(point.name, point.value.partition(".")[0], tuple(folders))


def _places(module: str) -> list[Path]:
    from importlib.util import find_spec

    try:
        spec = find_spec(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it may run code of theirs, which may do anything
        raise ScenarioError(f"cannot be found: {type(error).__name__}: {error}") from None
    if spec is None:
        raise ScenarioError("there is no such package")
    places = [Path(place) for place in spec.submodule_search_locations or ()]
    if not places or not all(place.is_dir() for place in places):
        raise ScenarioError("is no package with a folder")
    return places
