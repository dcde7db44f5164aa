"""The screen: opened at home, on a stage or on a recording; whatever it started is ended when it closes."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from concviz.errors import PlatformError
from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping
    from pathlib import Path

    from concviz.scenarios.lesson import Scenario
    from concviz.stage import Conditions
    from concviz.ui.house import House
    from concviz.ui.look import OnStage


def describe(parser: ArgumentParser) -> None:
    """Its words: none."""
    del parser


def run(options: Namespace) -> int:
    """Show the scenarios."""
    del options
    terminal.check_screen("use `concviz list`, and `concviz run NAME --plain` or --json")
    return _show(_house(), None)


def show_stage(scenario: Scenario, values: Mapping[str, int], conditions: Conditions) -> int:
    """Run a scenario and show it."""
    from concviz.stage import Stage

    house = _house(python=conditions.python, lines=conditions.lines, order=conditions.order)
    stage = Stage(scenario, values, conditions)
    house.admit(stage)
    stage.start()
    return _show(house, stage)


def show_recording(path: Path) -> int:
    """Show what was recorded."""
    house = _house()
    return _show(house, house.replay(path))


def _house(**options: Any) -> House:
    """PlatformError where the screen's library is missing."""
    if find_spec("textual") is None:
        raise PlatformError("the screen needs textual, which is not installed here", "install concviz with pip, or add --plain")
    from concviz.ui.house import House
    from concviz.ui.options import Options

    return House(Options(ascii=terminal.ascii_only(), **options))


def _show(house: House, first: OnStage | None) -> int:
    from concviz.ui.app import ConcvizApp

    try:
        return ConcvizApp(house, first).run() or 0
    finally:
        house.close_all()
