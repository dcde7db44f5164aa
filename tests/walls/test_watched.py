"""The watched side, seen from inside: what a watched program finds in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.runs.watching import ended, running
from tests.walls.test_imports import WATCHED_SIDE
from tests.walls.tree import below

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
    import json, sys
    def look(name):
        with open(name, "w") as file:
            json.dump([sorted(sys.modules), sys.path], file)
    if __name__ == "__main__":
        look("first.json")
        import asyncio, concurrent.futures, multiprocessing, queue, threading, time
        with concurrent.futures.ThreadPoolExecutor() as pool:
            pool.submit(time.sleep, 0).result()
        asyncio.run(asyncio.sleep(0))
        child = multiprocessing.get_context("spawn").Process(target=look, args=("child.json",))
        child.start()
        child.join()
        look("last.json")
"""
"""Looks at its modules before and after it has used every library that is watched, and in a child."""

PACKAGES = {"concviz", "concviz.ring"}
"""Packages whose members the watched side loads; their own files hold nothing."""


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], list[str]]]:
    """When -> (the names in sys.modules, sys.path)."""
    folder: Path = tmp_path_factory.mktemp("watched")
    with running(folder, PROGRAM, lines=True) as run:
        ended(run)
    return {path.stem: tuple(json.loads(path.read_text())) for path in folder.glob("*.json")}


@pytest.mark.parametrize("when", ["first", "last", "child"])
def test_a_watched_process_has_nothing_loaded_but_the_watched_side(when: str, looks: dict[str, tuple[list[str], list[str]]]) -> None:
    names, _ = looks[when]
    ours = {name for name in names if below(name, "concviz")}

    assert {name for name in ours if not below(name, *WATCHED_SIDE)} - PACKAGES == set()
    assert "concviz.probes.here" in ours


@pytest.mark.parametrize("when", ["first", "last"])
def test_a_watched_process_has_loaded_nothing_third_party(when: str, looks: dict[str, tuple[list[str], list[str]]]) -> None:
    """A `.pth` file of the interpreter's own environment loads what it likes, with or without us."""
    names, _ = looks[when]
    tops = {name.partition(".")[0] for name in names} - {"concviz", "__main__", "__mp_main__"}
    bare = {name.partition(".")[0] for name in json.loads(_bare())}

    assert tops - set(sys.stdlib_module_names) - bare == set()


@pytest.mark.parametrize("when", ["first", "last"])
def test_a_watched_program_has_the_path_it_would_have_alone(
    when: str, looks: dict[str, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    _, path = looks[when]

    assert path[1:] == json.loads(_bare("path"))[1:]


def _bare(what: str = "modules") -> str:
    """sys.modules or sys.path of the same interpreter, not watched."""
    code = f"import json, sys; print(json.dumps(list(sys.{what})))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
