"""Presenting: big, few words, and a clicker's two keys."""

from __future__ import annotations

import pytest

from concviz.drawing.cells import line, stacked
from concviz.drawing.headlines import FONT, headline
from concviz.drawing.thick import thick
from concviz.ui.app import ConcvizApp
from concviz.ui.course import Page
from concviz.ui.screens.home import HomeScreen
from concviz.ui.screens.run import RunScreen
from concviz.ui.screens.slide import SlideScreen
from tests.ui.stand_ins import settled, shown
from tests.ui.teaching import FASTER, LAST, LESSON, WAITING, TeachingHouse, stage


async def test_a_clicker_leads_through_a_lesson_to_the_next_and_back() -> None:
    app = ConcvizApp(TeachingHouse(stage(), stage()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("down", "b")
        await settled(pilot)
        assert isinstance(app.screen, SlideScreen)
        assert FASTER.words in shown(app)
        seen = []
        for _ in range(4):
            await pilot.press("pagedown")
            await settled(pilot)
            assert isinstance(app.screen, RunScreen)
            app.screen.frame()
            seen.append((app.screen.course.page, app.screen.course.question))
        text = shown(app)
        await pilot.press("pagedown")
        await settled(pilot)
        after = app.screen
        assert isinstance(after, SlideScreen)
        assert after.scenario is LAST
        await pilot.press("pageup")
        await settled(pilot)

        assert isinstance(app.screen, SlideScreen)
        assert app.screen.scenario is LESSON
    assert seen == [(Page.CLOSED, 0), (Page.QUESTION, 0), (Page.QUESTION, 1), (Page.TAKE_AWAY, 0)]
    assert LESSON.take_away[2] in text


async def test_only_what_the_room_should_see_is_on_screen() -> None:
    app = ConcvizApp(TeachingHouse(), stage())

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        usual = shown(app)
        await pilot.press("b")
        await settled(pilot)
        big = shown(app)
        await pilot.press("b")
        await settled(pilot)
        back = shown(app)

    for words in ("import threading", "q quit", "running"):
        assert words in usual
        assert words not in big
    assert sum("Thread-2" in line for line in big.splitlines()) == 1
    assert back == usual


async def test_escape_ends_the_show_and_a_run_after_it_is_as_always() -> None:
    app = ConcvizApp(TeachingHouse(stage(), stage()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("down", "b", "pagedown")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("enter")
        await settled(pilot)

        assert isinstance(app.screen, RunScreen)
        assert not app.screen.presenting


async def test_page_keys_do_nothing_where_nobody_presents() -> None:
    app = ConcvizApp(TeachingHouse(), stage())

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("pagedown")
        await settled(pilot)

        assert isinstance(app.screen, RunScreen)
        assert app.screen.course.page is Page.CLOSED
        assert WAITING.words not in shown(app)


def test_a_title_stands_in_three_lines_where_it_fits_and_in_one_where_not() -> None:
    assert headline("LI", 20, "").to_text().splitlines() == ["█   █", "█   █", "▀▀▀ ▀"]
    assert headline("LI", 4, "").to_text().strip() == "LI"[:4]
    assert headline("Größe", 80, "").to_text().strip() == "Größe"


@pytest.mark.parametrize("letter", FONT)
def test_each_letter_has_five_rows_as_wide_as_each_other(letter: str) -> None:
    rows = FONT[letter].split()

    assert len(rows) == 5
    assert len({len(row) for row in rows}) == 1
    assert {*"".join(rows)} <= {".", "#"}


def test_bars_grow_textures_repeat_and_all_else_stands_in_the_middle() -> None:
    rows = stacked(line([("A █▄▒─", "text")], 6))

    assert thick(rows, 3).to_text().splitlines() == ["  █ ▒", "A █▄▒─", "  ██▒"]
