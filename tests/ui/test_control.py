from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from concviz.schedules.token import read
from concviz.stepping.programs import Program
from concviz.ui.app import ConcvizApp
from concviz.ui.screens.control import ControlScreen
from concviz.ui.screens.help import Help
from concviz.ui.screens.home import HomeScreen
from concviz.ui.screens.run import RunScreen
from tests.stepping.toys import a_request
from tests.ui.controlled import Controlled
from tests.ui.made import one_task, two_threads
from tests.ui.stand_ins import SCENARIOS, StandInHouse, StandInStage, settled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from concviz.scenarios.lesson import Scenario
    from concviz.stepping.request import Request
    from concviz.ui.control_model import ControlModel

WINS = ("1", "1", "2", "2", "2", "2", "1", "1")
SIZES = [(80, 24), (160, 45)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_screen_says_that_one_is_in_control_and_what_everybody_is_about_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with Controlled(monkeypatch, tmp_path, size=size) as opened:
        await opened.press("1", "1", "2")
        text = opened.text

    for words in ("CONTROL", "[1] Thread-1", "[2] Thread-2", "Lose an update", "write `counter`", "q leave"):
        assert words in text


async def test_a_number_grants_that_worker_a_step_and_enter_the_one_at_the_cursor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("2", "enter", "up", "enter")

        assert opened.did == [(2, "start"), (2, "read"), (1, "start")]


async def test_a_click_on_a_worker_grants_it_a_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        row = next(at for at, line in enumerate(opened.text.splitlines()) if "[2] Thread-2" in line)
        column = opened.text.splitlines()[row].index("[2]")
        await opened.pilot.click(offset=(column, row + 2))
        await opened.still()

        assert opened.did == [(2, "start")]


async def test_left_and_backspace_take_steps_back_and_home_goes_to_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("1", "1", "2", "2", "left")
        once = opened.did
        await opened.press("backspace")
        twice = opened.did
        await opened.press("home")

        assert once == [(1, "start"), (1, "read"), (2, "start")]
        assert twice == once[:2]
        assert opened.did == []


async def test_a_lets_chance_go_on_to_the_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("a")

        assert opened.play.outcome is not None
        assert "it ended" in opened.text


async def test_chance_is_stopped_by_the_same_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path, "spins.py") as opened:
        opened.screen.action_chance()
        assert opened.model.led
        await opened.press("a")

        assert opened.play.stands is not None


async def test_c_goes_on_to_the_next_choice_that_matters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("c", "c")

        assert opened.did == [(1, "start"), (1, "read")]


async def test_m_changes_what_a_step_is_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("1", "m")

        assert opened.play.memory is False
        assert opened.did == []
        assert "sync only" in opened.text


async def test_h_gives_the_hint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("h")

        assert "hint: switch between the two" in opened.text


async def test_y_copies_the_schedule_so_far(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("1", "1", "2", "y")
        copied = opened.app.clipboard

        assert read(copied).choices == (0, 0, 1)
        assert copied in opened.text


async def test_a_challenge_is_won_by_the_run_itself_and_not_with_too_many_switches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press(*WINS)
        won = opened.text
        await opened.press("home", "1", "2", "1", "2", "1", "2", "1", "2")
        many = opened.text

    assert "won, with 1 switch" in won
    assert "reached, but with" in many


async def test_a_challenge_is_not_won_by_a_run_that_goes_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press(*["enter"] * 8)

        assert "not this time" in opened.text


async def test_tab_goes_to_the_next_program_and_a_deadlock_names_the_circle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.press("tab", "1", "1", "2")
        assert "would block" not in opened.text
        await opened.press("2")
        text = opened.text

    for words in ("deadlock: nobody can go", "`b` is held by Thread-2", "`a` is held by Thread-1"):
        assert words in text


async def test_who_cannot_go_is_not_granted_and_the_reason_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path, "deadlock.py") as opened:
        await opened.press("2", "2", "1", "1")
        stuck = opened.play.outcome
        await opened.press("left", "2", "2")
        await opened.press("1", "1")
        said = opened.text

    assert stuck is not None
    assert "deadlock" in said


async def test_an_exception_is_shown_with_the_programs_own_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path, "fails.py") as opened:
        await opened.press("1", "1")
        text = opened.text

    for words in ("an exception ended it", 'File "fails.py", line 3, in work', "ValueError: no"):
        assert words in text


async def test_what_escapes_control_is_said_and_what_is_printed_is_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path, "prints.py") as opened:
        await opened.press("1", "1", "1")
        text = opened.text

    for words in ("partly outside control", "it printed", "Thread-1 prints"):
        assert words in text


async def test_a_program_that_cannot_be_run_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path, "broken.py") as opened:
        assert "it cannot be imported" in opened.text


async def test_question_mark_shows_the_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.pilot.press("question_mark")

        assert isinstance(opened.app.screen, Help)


class ToyHouse(StandInHouse):
    """Steps a toy, whatever scenario is asked for; notes which."""

    def __init__(self, request: Request, *stages: StandInStage) -> None:
        super().__init__(*stages)
        self.asked: list[tuple[str, dict[str, int], int]] = []
        self._program = Program(request, "threads")

    def control(self, scenario: Scenario, values: Mapping[str, int], pane: int = 0) -> ControlModel:
        self.asked.append((scenario.name, dict(values), pane))
        return self.stepped(scenario.title, (self._program,))


async def test_c_on_the_first_screen_makes_one_the_scheduler_and_q_leads_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    house = ToyHouse(a_request(monkeypatch, tmp_path, "lost.py"))
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        there = type(app.screen)
        await pilot.press("q")
        await settled(pilot)
        back = type(app.screen)
    house.close_all()

    assert house.asked == [("three_models", {"workers": 4, "work": 10}, 0)]
    assert (there, back) == (ControlScreen, HomeScreen)


async def test_c_on_the_run_screen_steps_the_focused_panes_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    panes = list(SCENARIOS[0].panes)
    panes[1] = replace(panes[1], model="sequential")
    stage = StandInStage((two_threads(), two_threads(), one_task()), replace(SCENARIOS[0], panes=tuple(panes)))
    house = ToyHouse(a_request(monkeypatch, tmp_path, "lost.py"))
    house.admit(stage)
    app = ConcvizApp(house, stage)

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("tab", "c")  # one worker alone: nothing is to be chosen
        await settled(pilot)
        refused = list(house.asked)
        await pilot.press("tab", "c")
        await settled(pilot)
        there = type(app.screen)
        await pilot.press("q")
        await settled(pilot)
        back = type(app.screen)
    house.close_all()

    assert refused == []
    assert [pane for _, _, pane in house.asked] == [2]
    assert (there, back) == (ControlScreen, RunScreen)


async def test_q_leaves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Controlled(monkeypatch, tmp_path) as opened:
        await opened.pilot.press("q")

    assert opened.app.return_value == 0
