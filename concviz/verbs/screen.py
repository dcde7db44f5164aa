"""The screen: opened at home, on a stage or on a recording; whatever it started is ended when it closes."""

from __future__ import annotations

import gc
import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from concviz.errors import PlatformError
from concviz.serving.view import taken
from concviz.verbs import terminal

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping
    from pathlib import Path

    from concviz.runs.attachment import Attachment
    from concviz.scenarios.lesson import Scenario
    from concviz.stage import Conditions
    from concviz.stepping.play import Way
    from concviz.stepping.programs import Program
    from concviz.ui.app import ConcvizApp
    from concviz.ui.control_model import ControlModel
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
    """Run a scenario and show it; what is run again, runs under the same conditions."""
    house = _house()
    return _show(house, house.open(scenario, values, conditions=conditions))


def show_attached(attachment: Attachment) -> int:
    """Attach to a process, and show it."""
    house = _house()
    return _show(house, house.attach(attachment))


def show_recording(path: Path, keep: int | None) -> int:
    """Show what was recorded; `keep`: how many of its newest events stay in memory, None: all."""
    house = _house()
    return _show(house, house.replay(path, keep))


def show_control(title: str, programs: tuple[Program, ...], way: Way) -> int:
    """Let a person be the scheduler of the first of these; the others are a key away."""
    house = _house()
    return _show(house, None, house.stepped(title, programs, way))


def _house() -> House:
    """PlatformError where the screen's library is missing. Garbage is looked for again when the first screen stands."""
    gc.disable()  # all that is loaded until then stays: looking for garbage in it takes a tenth of the time
    if find_spec("textual") is None:
        raise PlatformError("the screen needs textual, which is not installed here", "install concviz with pip, or add --plain")
    from concviz.ui.house import House

    view = taken(os.environ)
    return House(ascii_only=view is None and terminal.ascii_only(), view=view)


def _show(house: House, first: OnStage | None, control: ControlModel | None = None) -> int:
    app = _app(house, first, control)
    try:
        code = app.run(size=(house.view.width, house.view.height) if house.view else None) or 0
    finally:
        kept = app.end_keeping()
        house.close_all()
    for path in kept:
        terminal.say(f"filmed: {path}")
    if app.fault is not None:
        raise app.fault
    return code


def _app(house: House, first: OnStage | None, control: ControlModel | None) -> ConcvizApp:
    """In the terminal, or in a page."""
    if house.view is not None:
        from concviz.ui.paged import PageApp

        return PageApp(house, first, control, house.view)
    from concviz.ui.app import ConcvizApp

    return ConcvizApp(house, first, control)
