"""The library played through by keys, in a real terminal: each scenario opened and left, and a few run to their end.

All of them run, which takes some minutes, by

    python -m pytest -m library tests/whole
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.scenarios.catalogue import builtin
from tests.whole.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from concviz.scenarios.lesson import Scenario

DOWN, ENTER, ESCAPE = "\x1b[B", "\r", "\x1b[27u"
"""Escape as newer terminals send it: whatever is typed right behind it is a key of its own."""

A_FEW = ("exceptions", "check_then_act", "eager_tasks")

STUCK = {"reentrant_lock", "deadlock", "dining_philosophers", "lost_wakeup", "fork_with_a_lock", "full_queue"}
"""Those with a pane that never ends."""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("CONCVIZ_PROGRESS", str(tmp_path / "progress.json"))
    with Terminal() as terminal:
        terminal.shows("q quit", begins(builtin()[0]))
        yield terminal


def begins(scenario: Scenario) -> str:
    """What stands beside the list as long as the cursor is on it, and nowhere else."""
    return " ".join(scenario.look_for.split()[:3])


def press(terminal: Terminal, key: str, *shows: str) -> None:
    terminal.forget()
    terminal.type(key)
    terminal.shows(*shows)


def guess(terminal: Terminal, scenario: Scenario) -> None:
    """Open what it asks, and leave it without an answer."""
    press(terminal, "g", " ".join(scenario.questions[0].words.split()[:3]), "esc  back", "q quit")  # what is behind it is drawn again, too
    press(terminal, ESCAPE, "q quit")


def run(terminal: Terminal, scenario: Scenario) -> None:
    """To the end of all its panes, or, where one has none, of another; then leave it."""
    press(terminal, ENTER, "■ done" if scenario.name in STUCK else "■ ended")
    press(terminal, ESCAPE, begins(scenario))


def play(terminal: Terminal, chosen: tuple[str, ...]) -> None:
    scenarios = builtin()
    for scenario in scenarios:
        if scenario is not scenarios[0]:
            press(terminal, DOWN, begins(scenario))
        if scenario.questions:
            guess(terminal, scenario)
        if scenario.name in chosen:
            run(terminal, scenario)
    terminal.type("q")


def test_every_scenario_is_opened_and_left_and_a_few_are_run(terminal: Terminal) -> None:
    play(terminal, A_FEW)

    assert terminal.ended() == 0
    assert terminal.restored
    assert "a mistake of concviz" not in terminal.text


@pytest.mark.library
@pytest.mark.timeout(900)
def test_every_scenario_is_run_by_keys(terminal: Terminal) -> None:
    play(terminal, tuple(scenario.name for scenario in builtin()))

    assert terminal.ended() == 0
    assert terminal.restored
    assert terminal.family() == []
