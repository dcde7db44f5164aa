"""The tree of workers, and which of them have lanes, by keys."""

from __future__ import annotations

from textual.widgets import Input

from tests.ui.made import two_threads
from tests.ui.opened import Opened


async def test_m_shows_who_made_whom_and_w_takes_its_place() -> None:
    async with Opened() as opened:
        await opened.press("end", "m")
        assert "who made whom" in opened.text
        assert "main process" in opened.text

        await opened.press("w")
        assert "who made whom" not in opened.text
        await opened.press("m", "m")
        assert "who made whom" not in opened.text
        assert "import threading" in opened.text


async def test_l_leaves_the_lanes_that_are_asked_for_and_says_so() -> None:
    async with Opened(two_threads()) as opened:
        everyone = opened.run.model.workers(0)
        await opened.press("down", "down", "l")
        assert "my code alone: 2 of 3" in opened.text

        await opened.press("l")
        assert "who held this one up: 2 of 3" in opened.text
        assert [opened.run.model.runs[0].timeline.workers[one].name for one in opened.run.model.workers(0)] == ["Thread-1", "Thread-2"]

        await opened.press("l", "l")
        assert opened.run.model.workers(0) == everyone
        assert " of 3" not in opened.text


async def test_a_word_of_a_name_leaves_those_lanes_until_all_are_asked_for() -> None:
    async with Opened(two_threads()) as opened:
        await opened.press("slash")
        opened.app.screen.query_one(Input).value = "thread-2"
        await opened.press("enter")
        assert "“thread-2”: 1 of 3" in opened.text
        assert len(opened.run.model.workers(0)) == 1

        await opened.press("l")
        assert len(opened.run.model.workers(0)) == 3
