from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Input

from concviz.ui.app import ConcvizApp
from concviz.ui.screens.ask import Ask
from concviz.ui.screens.help import LINES, Help
from concviz.ui.screens.home import HomeScreen
from concviz.ui.screens.parameters import Parameters
from concviz.ui.themes import DARK, LIGHT
from concviz.ui.widgets.lesson import Lesson
from concviz.ui.widgets.numbers import NumberField
from concviz.ui.widgets.scenarios import ScenarioList
from tests.ui.stand_ins import SCENARIOS, StandInHouse, settled, shown

SIZES = [(80, 24), (120, 36), (160, 45), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_screen_says_what_there_is_and_what_to_press(size: tuple[int, int]) -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        screen = shown(app)

    for words in ("Three models", "Count primes", "First steps", "What happens in three models?", "enter run", "q quit", "workers  4"):
        assert words in screen


async def test_the_cursor_stands_on_the_first_scenario_and_enter_runs_it() -> None:
    house = StandInHouse()
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)

    assert house.opened == [("three_models", {"workers": 4, "work": 10}, None)]


async def test_what_cannot_be_run_is_said_in_one_line_and_the_scenarios_stay() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)

        assert "nothing to open" in shown(app)
        assert isinstance(app.screen, HomeScreen)


async def test_moving_the_cursor_changes_the_lesson_and_passes_over_chapters() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("down")
        await settled(pilot)

        assert app.screen.query_one(Lesson).scenario is SCENARIOS[1]
        assert "What happens in count primes?" in shown(app)


async def test_find_shows_what_matches_and_escape_shows_all_again() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("slash", *"lock", "enter")
        await settled(pilot)
        listed = app.screen.query_one(ScenarioList)
        found = (listed.current, "Count primes" in shown(app))
        await pilot.press("escape")
        await settled(pilot)

        assert found == (SCENARIOS[2], False)
        assert "Count primes" in shown(app)


async def test_find_can_come_to_nothing() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("slash", *"zzz", "enter", "enter")
        await settled(pilot)

        assert "Nothing matches" in shown(app)


async def test_letters_that_are_keys_can_be_typed_into_find() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("slash", *"qpto")
        await settled(pilot)

        assert app.screen.query_one("#find", Input).value == "qpto"
        assert app.is_running


async def test_parameters_are_changed_within_their_bounds_and_run() -> None:
    house = StandInHouse()
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert isinstance(app.screen, Parameters)
        await pilot.press("right", "down", "7", "enter")
        await settled(pilot)

    assert house.opened == [("three_models", {"workers": 5, "work": 7}, None)]


async def test_a_number_never_leaves_its_bounds_however_it_is_changed() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        field = app.screen.query(NumberField).first()
        seen = []
        for keys in (["9", "9"], ["shift+left"], ["0"], ["shift+right"], ["backspace"], ["d"]):
            await pilot.press(*keys)
            seen.append(field.value)

    assert seen == [8, 1, 1, 8, 1, 4]


async def test_escape_leaves_the_parameters_as_they_were() -> None:
    house = StandInHouse()
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p", "right", "escape")
        await settled(pilot)

        assert isinstance(app.screen, HomeScreen)
    assert house.opened == []


async def test_a_script_of_ones_own_is_opened_and_a_wrong_path_is_said_clearly() -> None:
    house = StandInHouse()
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("o", *"no.py", "enter")
        await settled(pilot)
        assert isinstance(app.screen, Ask)
        assert "there is no file no.py (check the path)" in shown(app)
        app.screen.query_one(Input).value = "mine.py"
        await pilot.press("enter")
        await settled(pilot)

    assert house.opened == [("mine", {}, None)]


async def test_t_changes_between_dark_and_light() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        seen = [app.theme]
        for _ in range(2):
            await pilot.press("t")
            seen.append(app.theme)

    assert seen == [DARK.name, LIGHT.name, DARK.name]


@pytest.mark.parametrize("size", SIZES)
async def test_question_mark_shows_all_keys_and_the_legend(size: tuple[int, int]) -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)

        assert isinstance(app.screen, Help)
        assert "waiting for a lock" in shown(app)
        assert ("page ↓ for more" in shown(app)) == bool(app.screen.query_one(VerticalScroll).max_scroll_y)
        await pilot.press("down")
        await settled(pilot)
        scrolled = app.screen.query_one(VerticalScroll)
        assert scrolled.scroll_y == min(LINES, scrolled.max_scroll_y)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
async def test_quit(key: str) -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)

    assert app.return_code == 0


async def test_a_click_on_the_bottom_line_does_what_the_key_does() -> None:
    app = ConcvizApp(StandInHouse())

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        bottom = shown(app).splitlines()[-1]
        await pilot.click(offset=(bottom.index("parameters"), 35))
        await settled(pilot)

        assert isinstance(app.screen, Parameters)


async def test_a_click_on_its_very_first_letter_does_too() -> None:
    house = StandInHouse()
    app = ConcvizApp(house)

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.click(offset=(shown(app).splitlines()[-1].index("enter"), 35))
        await settled(pilot)

    assert len(house.opened) == 1
