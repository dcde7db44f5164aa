"""Probes that are put into a process that runs already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.runs import inside
from concviz.runs.inside import Inside
from tests.already import already, ended, that_lets_in

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BLOCKED = """
    import os, sys
    print("ready", flush=True)
    os.read(0, 1)
    print([name for name in sys.modules if name.startswith("concviz")])
"""
"""Its main thread runs no Python until it is told to end."""


def test_one_that_does_not_come_to_run_python_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "WAIT_SECONDS", 0.05)
    folder = tmp_path / "run"
    folder.mkdir()
    with already(tmp_path, BLOCKED, that_lets_in()) as target:
        ours = Inside(target.pid, folder)

        assert ours.begin(lambda: False, lines=True) == inside.BLOCKED
        assert not ours.held
        assert ended(target) == ("[]\n", "", 0)


def test_who_does_not_wait_any_more_asks_nothing_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    with already(tmp_path, BLOCKED, that_lets_in()) as target:
        ours = Inside(target.pid, folder)

        assert ours.begin(lambda: True, lines=True) == inside.BLOCKED
        assert not ours.held
        assert ended(target) == ("[]\n", "", 0)


def test_one_that_uses_another_concviz_refuses(tmp_path: Path) -> None:
    (tmp_path / "concviz").mkdir()
    (tmp_path / "concviz" / "__init__.py").write_text("")
    folder = tmp_path / "run"
    folder.mkdir()
    source = "import sys, time, concviz\nprint('ready', flush=True)\nwhile True:\n    time.sleep(0.01)\n"
    with already(tmp_path, source, that_lets_in()) as target:
        ours = Inside(target.pid, folder)

        assert ours.begin(lambda: False, lines=True) == "it uses another installation of concviz"
        assert not ours.held
