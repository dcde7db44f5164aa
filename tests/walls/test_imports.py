"""Who may import whom, read from the source: late imports and type-only ones count like all others."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.walls.tree import Tree, below, reach, real_tree, tree

FLOORS = {
    "concviz": 0,
    "concviz.events": 1,
    "concviz.control": 1,
    "concviz.errors": 1,
    "concviz.gates.choice": 1,
    "concviz.recordings": 2,
    "concviz.ring": 2,
    "concviz.scenarios": 2,
    "concviz.timeline": 3,
    "concviz.sampling": 4,
    "concviz.probes": 4,
    "concviz.recordings.parts": 4,
    "concviz.gates": 5,
    "concviz.recordings.follow": 5,
    "concviz.recordings.printed": 5,
    "concviz.recordings.redaction": 5,
    "concviz.recordings.recorder": 5,
    "concviz.findings": 5,
    "concviz.drawing": 5,
    "concviz.settings": 5,
    "concviz.lessons": 6,
    "concviz.triggers": 6,
    "concviz.recordings.save": 6,
    "concviz.runs": 6,
    "concviz.recordings.exporters": 7,
    "concviz.attached": 9,
    "concviz.stage": 7,
    "concviz.comparing": 8,
    "concviz.schedules": 8,
    "concviz.films": 8,
    "concviz.report": 8,
    "concviz.data": 9,
    "concviz.stepping": 9,
    "concviz.plain": 9,
    "concviz.schedules.reports": 10,
    "concviz.part": 7,
    "concviz.testing": 11,
    "concviz.pytest_plugin": 12,
    "concviz.serving": 10,
    "concviz.ui": 11,
    "concviz.verbs": 12,
    "concviz.cli": 13,
    "concviz.__main__": 14,
}
"""Room -> floor. A module belongs to the longest name that it lies in; `concviz` itself holds its `__init__` alone."""

THIRD_PARTY = {
    "textual": ("concviz.ui",),
    "rich": ("concviz.ui",),
    "pytest": ("concviz.pytest_plugin",),
    "aiohttp": ("concviz.serving.server", "concviz.serving.running"),
    "PIL": ("concviz.films.painter", "concviz.films.png", "concviz.films.gif"),
    "numpy": (
        "concviz.timeline",
        "concviz.recordings.follow",
        "concviz.recordings.parts",
        "concviz.recordings.exporters",
        "concviz.drawing",
        "concviz.findings",
        "concviz.triggers",
        "concviz.plain",
        "concviz.ui",
    ),
}
"""What is not the standard library's, and the rooms that may name it."""

WATCHED_SIDE = (
    "concviz.probes",
    "concviz.gates",
    "concviz.stepping.host",
    "concviz.stepping.messages",
    "concviz.events",
    "concviz.control",
    "concviz.ring.layout",
    "concviz.ring.writer",
    "concviz.ring.names",
)
"""All of ours that may be loaded into a watched process, besides the packages they lie in."""

SUPERVISOR = "concviz.runs.supervisor"

Rule = Callable[[Tree], list[str]]


def room_of(name: str) -> str | None:
    """The longest room that the module lies in."""
    rooms = [room for room in FLOORS if name == room or (room != "concviz" and below(name, room))]
    return max(rooms, key=len, default=None)


def upward(modules: Tree) -> list[str]:
    """Imports that do not lead down, nor stay in their room."""
    return [
        f"{module.at(imported.line)} {module.name} (floor {FLOORS[here]}) imports {imported.target} (floor {FLOORS[there]})"
        for module in modules.values()
        for imported in module.imports
        if imported.top == "concviz"
        and (here := room_of(module.name))
        and (there := room_of(imported.target))
        and here != there
        and FLOORS[there] >= FLOORS[here]
    ]


def homeless(modules: Tree) -> list[str]:
    """Modules on no floor, and imports of ours that lead nowhere."""
    nowhere = [f"{module.path} {module.name} is on no floor" for module in modules.values() if room_of(module.name) is None]
    return nowhere + [
        f"{module.at(imported.line)} there is no {imported.target}"
        for module in modules.values()
        for imported in module.imports
        if imported.top == "concviz" and imported.target not in modules
    ]


def circles(modules: Tree) -> list[str]:
    """Modules that lead back to themselves."""
    return [
        f"{module.at(imported.line)} {module.name} imports {imported.target}, which leads back"
        for module in modules.values()
        for imported in module.imports
        if module.name in reach(modules, imported.target)
    ]


def relative(modules: Tree) -> list[str]:
    """Imports that do not say where from."""
    return [module.at(imported.line) for module in modules.values() for imported in module.imports if imported.target.startswith(".")]


def foreign(modules: Tree) -> list[str]:
    """Third-party imports in rooms that may not name them."""
    return [
        f"{module.at(imported.line)} {module.name} imports {imported.target}"
        for module in modules.values()
        for imported in module.imports
        if imported.top not in sys.stdlib_module_names
        and imported.top != "concviz"
        and not below(module.name, *THIRD_PARTY.get(imported.top, ()))
    ]


def heavy_watched_side(modules: Tree) -> list[str]:
    """What the watched side names beyond the standard library and itself."""
    return [
        f"{module.at(imported.line)} {module.name} imports {imported.target}"
        for module in modules.values()
        if below(module.name, *WATCHED_SIDE)
        for imported in module.imports
        if imported.top not in sys.stdlib_module_names and not below(imported.target, *WATCHED_SIDE)
    ]


def heavy_supervisor(modules: Tree) -> list[str]:
    """What a supervisor's imports lead to beyond the standard library."""
    return [
        f"{modules[name].at(imported.line)} {name} imports {imported.target}"
        for name in reach(modules, SUPERVISOR)
        for imported in modules[name].imports
        if imported.top not in sys.stdlib_module_names and imported.top != "concviz"
    ]


def runs_that_import_probes(modules: Tree) -> list[str]:
    """Imports of probes by the side that starts them."""
    return [
        f"{module.at(imported.line)} {module.name} imports {imported.target}"
        for module in modules.values()
        if not below(module.name, "concviz.probes", "concviz.gates")
        for imported in module.imports
        if below(imported.target, "concviz.probes")
    ]


def costly_root(modules: Tree) -> list[str]:
    """Imports of the package's own `__init__`."""
    return [modules["concviz"].at(imported.line) for imported in modules["concviz"].imports if imported.target != "__future__"]


WALLS: dict[str, tuple[Rule, str, str, str]] = {
    "imports lead down": (
        upward,
        "a lower floor can be read, tested and used without any above it",
        "concviz/timeline/lane.py",
        "from concviz.drawing import cells",
    ),
    "every module has a floor, and every import a target": (
        homeless,
        "nothing is built beside the house",
        "concviz/utils.py",
        "",
    ),
    "no import leads back": (
        circles,
        "each module can be understood after those it imports, types included",
        "concviz/events.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from concviz.events import Kind",
    ),
    "imports are absolute": (
        relative,
        "the other walls can read them",
        "concviz/ring/reader.py",
        "from .layout import HEADER",
    ),
    "only ui names textual, and numpy stays with the columns": (
        foreign,
        "the core knows no screen, and small processes stay small",
        "concviz/runs/run.py",
        "def show():\n    import textual.app",
    ),
    "the watched side names only the standard library": (
        heavy_watched_side,
        "no third-party code and none of our reading side ever gets into a watched process",
        "concviz/probes/tasks.py",
        "from concviz.ring.reader import RingReader",
    ),
    "the supervisor reaches only the standard library": (
        heavy_supervisor,
        "the process between the screen and the program stays small and starts at once",
        "concviz/runs/supervisor.py",
        "import numpy",
    ),
    "nothing outside imports the probes, but the gates beside them": (
        runs_that_import_probes,
        "a probe patches the process that loads it: ours must stay bare",
        "concviz/runs/launch.py",
        "from concviz.probes import host",
    ),
    "concviz itself imports nothing": (
        costly_root,
        "it is also loaded inside the watched process",
        "concviz/__init__.py",
        "import json",
    ),
}
"""What the wall says -> (the rule, what it protects, and a file and source on which it must trip)."""


@pytest.mark.parametrize("wall", WALLS)
def test_holds(wall: str) -> None:
    rule, protects, _, _ = WALLS[wall]

    broken = rule(real_tree())

    assert not broken, f"{wall}, so that {protects}:\n" + "\n".join(broken)


@pytest.mark.parametrize("wall", WALLS)
def test_trips(wall: str) -> None:
    rule, _, path, source = WALLS[wall]
    surroundings = ["__init__", "events", "drawing/cells", "probes/host", "ring/reader", "ring/layout", "runs/supervisor"]

    sound = {f"concviz/{name}.py": "" for name in surroundings}

    assert rule(tree(sound)) == []
    assert rule(tree(sound | {path: source}))


def test_a_circle_through_three_modules_is_found() -> None:
    modules = tree(
        {
            "concviz/ring/a.py": "from concviz.ring import b",
            "concviz/ring/b.py": "def late():\n    import concviz.ring.c",
            "concviz/ring/c.py": "from concviz.ring.a import x",
        },
    )

    assert len(circles(modules)) == 3
