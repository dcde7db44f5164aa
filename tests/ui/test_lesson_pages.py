"""The lesson on the run screen: guesses, measured answers and their places, what to take away, the last run beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.ui.app import ConcvizApp
from concviz.ui.course import Course, Page
from concviz.ui.screens.predict import Predict
from concviz.ui.screens.run import RunScreen
from tests.ui.made import MS, one_task, two_threads
from tests.ui.stand_ins import settled, shown
from tests.ui.teaching import FASTER, LESSON, WAITING, TeachingHouse, stage

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZES = [(80, 24), (100, 30), (160, 45)]


async def go_on(pilot: Pilot[int], *keys: str) -> RunScreen:
    """Press these on the run screen, and let a frame go by."""
    await pilot.press(*keys)
    await settled(pilot)
    screen = next(screen for screen in pilot.app.screen_stack if isinstance(screen, RunScreen))
    screen.frame()
    await settled(pilot)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_a_guess_is_asked_for_and_answered_by_the_run(size: tuple[int, int]) -> None:
    house = TeachingHouse(stage())
    app = ConcvizApp(house)

    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("down", "g")
        await settled(pilot)
        assert isinstance(app.screen, Predict)
        assert FASTER.words in shown(app)
        await pilot.press("3")
        await settled(pilot)
        assert WAITING.words in shown(app)
        assert not house.opened
        await go_on(pilot, "enter")
        text = shown(app)

    assert [name for name, *_ in house.opened] == ["primes"]
    assert "✓ four times or more  as you said" in text
    assert "5.00 times as fast" in " ".join(text.split())
    assert house.judged == [(FASTER.words, True), (WAITING.words, False)]


async def test_enter_alone_runs_at_once_and_asks_nothing() -> None:
    house = TeachingHouse(stage())
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)
        screen = await go_on(pilot, "down", "enter")

        assert screen.course.page is Page.CLOSED
        assert FASTER.words not in shown(app)
    assert not house.judged


async def test_a_question_may_be_passed_over_and_escape_runs_nothing() -> None:
    house = TeachingHouse(stage())
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("down", "g", "escape")
        await settled(pilot)
        assert not house.opened
        await go_on(pilot, "g", "2", "s")

    assert house.judged == [(FASTER.words, False)]


async def test_a_leads_from_each_answer_to_what_to_take_away_and_to_nothing() -> None:
    app = ConcvizApp(TeachingHouse(stage()), stage())

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        seen = []
        for _ in range(4):
            await go_on(pilot, "a")
            seen.append(shown(app))

    assert "question 1 of 2" in seen[0]
    assert "= four times or more" in seen[0]
    assert "= somebody" in seen[1]
    assert all(line in seen[2] for line in (*LESSON.take_away, "In the standard documentation: threading: Thread objects"))
    assert "to take away" not in seen[3]
    assert "question" not in seen[3]


async def test_the_answer_goes_to_its_place_on_the_timeline_and_j_to_the_next() -> None:
    app = ConcvizApp(TeachingHouse(), stage())

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = await go_on(pilot, "a")
        first = screen.model.focus, screen.model.playhead.at_ns
        await go_on(pilot, "j")
        second = screen.model.focus, screen.model.playhead.at_ns
        await go_on(pilot, "a")

        assert (first, second) == ((0, 20 * MS), (1, 100 * MS))
        assert screen.model.playhead.at_ns == 4 * MS
        assert screen.model.runs[0].timeline.workers[screen.model.worker(0)].name == "Thread-2"


async def test_what_cannot_be_told_is_said_to_be_so_and_is_told_when_it_can() -> None:
    growing = stage(two_threads(running=True), one_task())
    app = ConcvizApp(TeachingHouse(), growing)

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = await go_on(pilot, "a")
        before = shown(app)
        growing.runs = stage().runs
        screen.model.change_runs(growing.runs)
        screen.course.tick(1e9)
        screen.frame()
        await settled(pilot)
        after = shown(app)

    assert "… by hand has not ended yet" in before
    assert "= four times or more" in after


async def test_run_again_with_other_numbers_stands_beside_the_last_run() -> None:
    again = stage(two_threads(), two_threads(), workers=4, work=10)
    app = ConcvizApp(TeachingHouse(again), stage(workers=2, work=10))

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = await go_on(pilot, "r")
        text = shown(app)
        await go_on(pilot, "d")

        assert screen.course.page is Page.CLOSED
    assert "beside the last run: workers 2 → 4" in text
    lines = [line for line in text.splitlines() if "→" in line and "ms" in line]
    assert "the same" in lines[0]
    assert "100 ms" in lines[1]
    assert "5.0 × as fast" in lines[1]


async def test_one_can_guess_on_the_run_screen_too_and_then_it_runs_again() -> None:
    house = TeachingHouse(stage())
    app = ConcvizApp(house, stage())

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("g")
        await settled(pilot)
        assert isinstance(app.screen, Predict)
        await go_on(pilot, "3", "2")

    assert [name for name, *_ in house.opened] == ["primes"]
    assert house.judged == [(FASTER.words, True), (WAITING.words, True)]


def test_a_run_after_the_same_run_opens_no_page_by_itself() -> None:
    course = Course(stage(workers=2), before=Course(stage(workers=2)).left_behind())
    course.tick(1.0)

    assert course.page is Page.CLOSED
    assert course.sensible("difference")


def test_a_recording_has_no_lesson() -> None:
    recorded = stage()
    recorded.scenario = None
    course = Course(recorded)
    course.tick(1.0)

    assert not any(course.sensible(name) for name in ("turn", "place", "difference"))
