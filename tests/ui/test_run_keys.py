from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollUp
from textual.widgets import Input

from concviz.ui.playhead import Mode
from concviz.ui.saving import free_name
from concviz.ui.screens.ask import Ask
from concviz.ui.screens.help import Help
from concviz.ui.screens.home import HomeScreen
from concviz.ui.screens.parameters import Parameters
from concviz.ui.widgets.pane import Pane
from tests.ui.made import one_task, two_threads
from tests.ui.opened import Opened
from tests.ui.stand_ins import SCENARIOS, StandInStage, settled

if TYPE_CHECKING:
    from pathlib import Path


async def test_space_replays_a_short_run_slowly_and_stops_it() -> None:
    async with Opened() as opened:
        await opened.press("space")
        playing = opened.run.model.playhead
        assert (playing.mode, playing.speed) == (Mode.PLAYING, 0.02)
        await opened.press("space")

        assert playing.mode is Mode.PAUSED
        assert "paused ×1/50" in opened.text


async def test_arrows_step_through_the_events_and_the_line_below_says_each_in_words() -> None:
    async with Opened() as opened:
        await opened.press("home")
        seen = []
        for _ in range(4):
            await opened.press("right")
            seen.append((opened.at_ms, next(line for line in opened.text.splitlines() if line.startswith(" ▸ "))[3:40].strip()))
        await opened.press("left")
        back = opened.at_ms

    assert [at for at, _ in seen] == [1, 2, 3, 4]
    assert [words.split("  ")[:2] for _, words in seen][1][1].startswith("Thread-1 takes `lock`")
    assert back == 3


async def test_comma_and_full_stop_step_through_the_focused_workers_events() -> None:
    async with Opened() as opened:
        await opened.press("home", "down", "down")
        seen = []
        for _ in range(3):
            await opened.press("full_stop")
            seen.append(opened.at_ms)
        await opened.press("comma")

        assert seen == [3, 4, 9]
        assert opened.at_ms == 4


async def test_home_and_end_go_to_the_start_and_the_end() -> None:
    async with Opened() as opened:
        await opened.press("home")
        start = opened.at_ms
        await opened.press("end")

        assert (start, opened.at_ms) == (0, 100)


async def test_brackets_change_the_speed() -> None:
    async with Opened() as opened:
        await opened.press("left_square_bracket", "left_square_bracket", "right_square_bracket", "home")

        assert opened.run.model.playhead.speed == 0.5
        assert "×1/2" in opened.text


async def test_plus_minus_and_nought_zoom_and_fit() -> None:
    async with Opened() as opened:
        widths = [opened.run.model.window.column_ns]
        for key in ("plus", "equals_sign", "minus", "0", "0"):
            await opened.press(key)
            widths.append(opened.run.model.window.column_ns)

    whole = widths[0]
    assert widths[1:] == [pytest.approx(whole * share, rel=0.1) for share in (1 / 2, 1 / 4, 1 / 2, 1, 1 / 5)]


async def test_shift_and_arrows_pan() -> None:
    async with Opened() as opened:
        await opened.press("plus", "plus", "home")
        start = opened.run.model.window.from_ns
        await opened.press("shift+right")
        right = opened.run.model.window.from_ns
        await opened.press("shift+left")

        assert right > start == opened.run.model.window.from_ns


async def test_tab_moves_the_focus_and_z_shows_one_pane_alone() -> None:
    async with Opened() as opened:
        await opened.press("tab")
        assert opened.run.model.focus == 1
        await opened.press("z")
        alone = opened.text
        await opened.press("z", "shift+tab")

        assert "asyncio" in alone
        assert "Thread-1" not in alone
        assert opened.run.model.focus == 0
        assert "Thread-1" in opened.text


async def test_up_and_down_move_between_workers() -> None:
    async with Opened() as opened:
        await opened.press("down", "down", "up")

        assert opened.run.model.worker(0) == 2
        assert "Thread-1 ended " in opened.text


async def test_f_goes_back_to_what_is_live() -> None:
    async with Opened(two_threads(running=True)) as opened:
        await opened.press("space")
        paused = opened.run.model.playhead.mode
        await opened.press("f")

        assert (paused, opened.run.model.playhead.mode) == (Mode.PAUSED, Mode.LIVE)
        assert "● live" in opened.text


async def test_keys_that_make_no_sense_now_are_not_offered() -> None:
    async with Opened(two_threads()) as opened:
        ended = opened.text.splitlines()[-1]
    async with Opened(two_threads(running=True), size=(200, 40)) as opened:
        running = opened.text.splitlines()[-1]

    assert "space replay" in ended
    assert not {"live", "end program", "pane"} & set(ended.split("   "))
    assert "space pause" in running
    assert "e end program" in running


async def test_x_ends_the_program_in_the_focused_pane_only() -> None:
    async with Opened(two_threads(running=True), one_task(running=True)) as opened:
        await opened.press("tab", "e")

        assert opened.stage.asked == ["end 1"]


async def test_r_runs_the_same_again_and_the_old_runs_are_closed() -> None:
    other = StandInStage((two_threads(running=True), one_task(running=True)))
    async with Opened(more=(other,)) as opened:
        await opened.press("left", "r")
        await opened.app.workers.wait_for_complete()

        assert opened.run.stage is other
        assert opened.run.model.playhead.mode is Mode.LIVE
        assert opened.house.opened == [("three_models", {}, "together")]
        assert opened.stage.asked == ["end 0", "end 1", "close"]


async def test_i_changes_the_order() -> None:
    async with Opened(more=(StandInStage((two_threads(), one_task()), order="in turn"),)) as opened:
        await opened.press("i")
        await opened.app.workers.wait_for_complete()

        assert opened.house.opened == [("three_models", {}, "in turn")]


async def test_p_changes_the_parameters_and_runs_again() -> None:
    async with Opened(more=(StandInStage((two_threads(), one_task())),)) as opened:
        await opened.press("p")
        assert isinstance(opened.app.screen, Parameters)
        await opened.press("right", "enter")
        await opened.app.workers.wait_for_complete()

        assert opened.house.opened == [("three_models", {"workers": 5, "work": 10}, "together")]


async def test_s_saves_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with Opened() as opened:
        await opened.press("s")
        assert isinstance(opened.app.screen, Ask)
        assert opened.app.screen.query_one(Input).value == "three_models.cvz"
        await opened.press("enter")

        assert (tmp_path / "three_models.cvz").read_bytes() == b"saved"
        assert "concviz replay three_models.cvz" in opened.text
    assert free_name(tmp_path, "three_models") == "three_models-2.cvz"


async def test_escape_goes_to_the_scenarios_and_ends_the_runs() -> None:
    async with Opened() as opened:
        await opened.pilot.press("escape")
        await settled(opened.pilot)
        await opened.app.workers.wait_for_complete()

        assert isinstance(opened.app.screen, HomeScreen)
        assert "last time" in opened.text
        assert f"▸ {SCENARIOS[0].title} ✓" in opened.text
        assert opened.stage.asked == ["close"]


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_quit_is_at_once_and_the_house_closes_what_runs_behind_it(key: str) -> None:
    async with Opened(two_threads(running=True)) as opened:
        await opened.pilot.press(key)
        await settled(opened.pilot)

    assert opened.app.return_code == 0
    assert opened.stage.asked == []
    opened.house.close_all()
    assert opened.stage.asked == ["close"]


async def test_question_mark_and_t_work_here_too() -> None:
    async with Opened() as opened:
        await opened.press("t")
        theme = opened.app.theme
        await opened.press("question_mark")

        assert isinstance(opened.app.screen, Help)
        assert theme == "concviz-light"


async def test_a_recording_is_shown_alike_but_cannot_be_run_again() -> None:
    opened = Opened()
    opened.stage.scenario = None
    async with opened:
        bottom = opened.text.splitlines()[-1]
        await opened.press("left", "r", "e", "i", "p")

        assert "run again" not in bottom
        assert opened.at_ms == 99
        assert opened.stage.asked == []
        assert opened.house.opened == []


async def test_a_click_on_a_lane_focuses_the_worker_and_goes_to_the_moment() -> None:
    async with Opened() as opened:
        lines = opened.text.splitlines()
        y = next(place for place, line in enumerate(lines) if line.startswith(" Thread-2"))
        await opened.pilot.click(offset=(25, y))
        await settled(opened.pilot)
        look = opened.pane(0).look

        assert look is not None
        assert opened.run.model.worker(0) == 3
        assert look.window.at(25 - 1 - 14) == look.at_ns


async def test_the_wheel_zooms_where_it_points() -> None:
    async with Opened() as opened:
        before = opened.run.model.window.column_ns
        await opened.pilot._post_mouse_events([MouseScrollUp], Pane, offset=(30, 3))
        await settled(opened.pilot)

        assert opened.run.model.window.column_ns < before


async def test_the_command_palette_offers_what_the_keys_do() -> None:
    async with Opened() as opened:
        commands = {command.title for command in opened.app.get_system_commands(opened.app.screen)}

    assert "save the recording  (s)" in commands
    assert "pause  (space)" not in commands
    assert "play it again, so slowly that it can be watched  (space)" in commands


async def test_w_shows_who_waits_for_whom_in_the_place_of_the_source() -> None:
    async with Opened() as opened:
        await opened.press("end", "w")
        assert "who waits for whom" in opened.text
        assert "import threading" not in opened.text

        await opened.press("w")
        assert "who waits for whom" not in opened.text
        assert "import threading" in opened.text
