from __future__ import annotations

import pytest

from tests.ui.made import MadeRun, one_task, two_threads
from tests.ui.opened import Opened
from tests.ui.stand_ins import settled

SIZES = [(80, 24), (120, 36), (160, 45), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_each_pane_its_lanes_the_moment_and_the_way_out(size: tuple[int, int]) -> None:
    async with Opened(size=size) as opened:
        text = opened.text

    for words in ("Three models", "threads", "asyncio", "main", "Thread-1", "pid 1001", "ended", "space replay", "q quit"):
        assert words in text
    assert len(text.splitlines()) == size[1]


@pytest.mark.parametrize("size", SIZES)
async def test_four_panes_fit_every_size(size: tuple[int, int]) -> None:
    async with Opened(two_threads(), one_task(), two_threads(), one_task(), size=size) as opened:
        text = opened.text

    assert text.count("pid 1001") == 4


async def test_a_pane_shows_lanes_source_output_and_figures() -> None:
    async with Opened(two_threads(), size=(100, 40)) as opened:
        text = opened.text

    for words in ("threads  by hand", "■ done 20 ms", "Thread-2", "program.py", "with lock:", "Square: 100", "3 workers", "wall 20 ms"):
        assert words in text


async def test_columns_of_the_same_time_stand_in_line_in_all_panes() -> None:
    async with Opened(two_threads(), one_task(), one_task(), size=(121, 36)) as opened:
        windows = {opened.pane(place).look.window for place in range(3)}  # type: ignore[union-attr]

    assert len(windows) == 1


async def test_a_terminal_that_is_too_small_gets_one_clear_line_and_its_screen_back_when_it_grows() -> None:
    async with Opened() as opened:
        await opened.pilot.resize_terminal(70, 20)
        await settled(opened.pilot)
        small = opened.text
        await opened.pilot.resize_terminal(80, 24)
        await settled(opened.pilot)

        assert "needs 80×24, this terminal is 70×20" in small
        assert "Thread-1" not in small
        assert "Thread-1" in opened.text


async def test_what_is_equal_is_not_drawn_again() -> None:
    async with Opened() as opened:
        panes = [opened.pane(0), opened.pane(1)]
        before = [(pane.drawn, pane.made) for pane in panes]

        for _ in range(5):
            opened.run.frame()
            await settled(opened.pilot)

        assert [(pane.drawn, pane.made) for pane in panes] == before


async def test_one_change_is_one_picture_a_pane_and_lines_that_stay_are_not_made_again() -> None:
    async with Opened() as opened:
        pane = opened.pane(0)
        drawn, made = pane.drawn, pane.made

        await opened.press("left")

        assert pane.drawn == drawn + 1
        assert 0 < pane.made - made < pane.size.height / 2


async def test_trouble_of_our_own_is_said_in_the_pane() -> None:
    failed = MadeRun(state="failed", failure="its supervisor was killed")
    async with Opened(failed) as opened:
        assert opened.text.count("its supervisor was killed") >= 1
        assert "failed" in opened.text
