"""What was watched and guessed, on the first screen; the tour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from concviz.lessons.progress import Guesses, Progress
from concviz.settings import key_of
from concviz.ui.app import ConcvizApp
from concviz.ui.screens.home import HomeScreen
from concviz.ui.screens.run import RunScreen
from concviz.ui.tour import STOPS, Stop, Tour
from concviz.ui.widgets.scenarios import ScenarioList
from concviz.ui.widgets.tour import TourLine
from tests.ui.stand_ins import settled, shown
from tests.ui.teaching import FASTER, FIRST, LAST, LESSON, WAITING, TeachingHouse, stage

if TYPE_CHECKING:
    from textual.pilot import Pilot

KEY = key_of(LESSON)


async def guided(pilot: Pilot[int]) -> TourLine:
    """The tour's line on the screen in front, as soon as it is there."""
    for _ in range(100):
        await settled(pilot)
        found = pilot.app.screen.query(TourLine)
        if found:
            found.first().tick()
            await settled(pilot)
            return found.first()
    raise AssertionError("there is no tour")


def told(*, right: bool) -> Progress:
    return Progress(
        watched={KEY: 1, key_of(LAST): 3},
        guesses={KEY: {FASTER.words: Guesses(right, int(right), 1), WAITING.words: Guesses(True, 1, 1)}},
        last=KEY,
    )


@pytest.mark.parametrize("right", [True, False])
async def test_ticks_stars_score_and_a_map_of_the_chapters(*, right: bool) -> None:
    house = TeachingHouse()
    house.kept = told(right=right)
    app = ConcvizApp(house)

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        text = shown(app)

    assert f"▸ Count primes {'★' if right else '✓'}" in text
    assert "Two locks ✓" in text
    assert "Three models ✓" not in text
    assert "Trouble  ✓" in text
    assert f"2 of 3 watched · {1 + right} of 2 guessed right" in text


async def test_one_goes_on_where_one_left_off() -> None:
    house = TeachingHouse()
    house.kept = told(right=True)
    app = ConcvizApp(house)

    async with app.run_test() as pilot:
        await settled(pilot)

        assert app.screen.query_one(ScenarioList).current is LESSON


async def test_who_was_never_here_finds_the_first_one_under_the_cursor_and_no_marks() -> None:
    app = ConcvizApp(TeachingHouse())

    async with app.run_test() as pilot:
        await settled(pilot)

        assert app.screen.query_one(ScenarioList).current is FIRST
        assert "✓" not in shown(app)


async def test_what_to_take_away_is_told_only_when_it_was_watched() -> None:
    fresh, back = TeachingHouse(), TeachingHouse()
    back.kept = told(right=True)
    seen = []
    for house in (fresh, back):
        app = ConcvizApp(house)
        async with app.run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            await pilot.press("home", "end", "up", "home", "down")
            await settled(pilot)
            seen.append(shown(app))

    assert FASTER.words in seen[0]
    assert LESSON.take_away[0] not in seen[0]
    assert all(line in seen[1] for line in LESSON.take_away)


def test_the_tour_takes_less_than_a_minute_and_goes_on_by_itself() -> None:
    tour = Tour()
    said = []
    for second in range(60):
        screen = "HomeScreen" if second < 3 else "RunScreen"
        tour.go_by(screen, 1)
        said.append(tour.words(screen))

    assert sum(stop.seconds for stop in STOPS) < 60
    assert list(dict.fromkeys(filter(None, said))) == [stop.words for stop in STOPS]
    assert tour.over


def test_the_tour_waits_where_the_next_stop_is_elsewhere_and_is_skipped_by_one_key() -> None:
    tour = Tour((Stop("Here", 1, "one"), Stop("There", 1, "two")))
    for _ in range(9):
        tour.go_by("Here", 1)
    waited = tour.words("Here")
    tour.end()

    assert waited == "one"
    assert tour.over


async def test_the_tour_is_in_nobodys_way() -> None:
    house = TeachingHouse(stage())
    house.new_here = True
    app = ConcvizApp(house)

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        app._warm_up()
        await guided(pilot)
        assert "Press enter to run" in " ".join(shown(app).split())
        await pilot.press("enter")
        await settled(pilot)
        line = await guided(pilot)
        assert isinstance(app.screen, RunScreen)
        assert "Each lane is a worker" in shown(app)
        await pilot.press("u")
        if line.is_attached:  # its own timer may have been quicker
            line.tick()
        await settled(pilot)

        assert not app.screen.query(TourLine)
        assert "no tour" not in shown(app)


async def test_who_presses_enter_before_the_tour_begins_gets_it_once() -> None:
    house = TeachingHouse(stage())
    house.new_here = True
    app = ConcvizApp(house)

    async with app.run_test(size=(120, 36)) as pilot:
        app.screen.action_start()  # type: ignore[attr-defined]
        app._warm_up()
        await settled(pilot)
        await guided(pilot)

        assert isinstance(app.screen, RunScreen)
        assert len(app.screen.query(TourLine)) == 1


async def test_who_was_here_before_gets_no_tour() -> None:
    app = ConcvizApp(TeachingHouse())

    async with app.run_test() as pilot:
        await settled(pilot)
        app._warm_up()
        await settled(pilot)

        assert isinstance(app.screen, HomeScreen)
        assert not app.screen.query(TourLine)


async def test_a_packages_broken_scenarios_are_told_in_a_line() -> None:
    house = TeachingHouse()
    house.broken = ("Our course (acme.course): there is no such package",)
    app = ConcvizApp(house)

    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settled(pilot)
        await settled(pilot)

        assert "Our course (acme.course)" in shown(app)


async def test_a_question_guessed_wrong_bears_a_cross() -> None:
    house = TeachingHouse()
    house.kept = replace(told(right=False))
    app = ConcvizApp(house)

    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)

        assert f"✗ {FASTER.words}" in shown(app)
        assert f"✓ {WAITING.words}" in shown(app)
