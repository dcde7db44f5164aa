from __future__ import annotations

from concviz.events import Kind
from concviz.ui.moves import MOVES
from concviz.ui.playhead import Mode
from concviz.ui.stage_model import StageModel
from tests.ui.made import MS, one_task, two_threads


def model(*, running: bool = False) -> StageModel:
    """Two panes: 20 ms of threads, 100 ms of a task."""
    made = StageModel([two_threads(running=running), one_task(running=running)])
    made.resize(50)
    made.tick(0)
    return made


def at_ms(stage: StageModel) -> float:
    return stage.playhead.at_ns / MS


def test_what_has_ended_is_shown_whole_from_the_common_zero() -> None:
    stage = model()

    assert (stage.window.from_ns, at_ms(stage), stage.growing) == (0, 100, False)
    assert 100 * MS < stage.window.to_ns < 104 * MS


def test_live_follows_what_grows() -> None:
    stage = model(running=True)
    before = at_ms(stage)

    stage.runs[1].grows(250, (240, Kind.SLEEP))  # type: ignore[attr-defined]
    stage.tick(0.03)

    assert (before, at_ms(stage)) == (100, 250)
    assert stage.window.to_ns >= 250 * MS


def test_a_paused_window_does_not_move_while_the_run_grows() -> None:
    stage = model(running=True)
    stage.pause()
    before = stage.window

    stage.runs[1].grows(900, (800, Kind.SLEEP))  # type: ignore[attr-defined]
    stage.tick(0.5)

    assert (stage.window, at_ms(stage)) == (before, 100)


def test_stepping_goes_through_the_events_of_all_panes_in_order_of_time() -> None:
    stage = model()
    stage.seek(0)

    seen = []
    while stage.step(1):
        seen.append((at_ms(stage), stage.focus, stage.worker(stage.focus)))

    assert seen == [
        (1, 0, 2),
        (2, 0, 2),
        (3, 0, 3),
        (4, 0, 3),
        (5, 1, 1),
        (8, 0, 2),
        (9, 0, 3),
        (10, 0, 2),
        (14, 0, 3),
        (15, 0, 3),
        (18, 0, 1),
        (19, 0, 1),
        (95, 1, 1),
        (99, 1, 1),
    ]


def test_stepping_back_is_stepping_forward_reversed() -> None:
    stage = model()
    stage.seek(0)
    forward = []
    while stage.step(1):
        forward.append(at_ms(stage))

    back = []
    while stage.step(-1):
        back.append(at_ms(stage))

    assert [*back[::-1][1:], forward[-1]] == forward
    assert back[-1] == 0


def test_a_workers_steps_are_its_own_events_only() -> None:
    stage = model()
    stage.choose(0, 3)
    stage.seek(0)

    seen = []
    while stage.step_worker(1):
        seen.append(at_ms(stage))

    assert seen == [3, 4, 9, 14, 15]


def test_after_the_last_event_and_before_the_first_there_is_no_step() -> None:
    stage = model()

    assert stage.step(-1)
    stage.seek(0)
    assert not stage.step(-1)
    assert at_ms(stage) == 0


def test_a_maximised_pane_is_alone_on_its_own_time_scale() -> None:
    stage = model()

    stage.maximise()

    assert (stage.visible, stage.end_ns) == ((0,), 20 * MS)
    assert stage.window.to_ns < 21 * MS
    stage.maximise()
    assert stage.visible == (0, 1)
    assert stage.window.to_ns > 100 * MS


def test_fit_shows_the_stage_then_the_focused_pane_then_the_stage() -> None:
    stage = model()
    ends = []

    stage.zoom(8)
    for _ in range(3):
        stage.fit()
        ends.append(round(stage.window.to_ns / MS, -1))

    assert ends == [100, 20, 100]


def test_zoom_goes_around_the_playhead_and_keeps_it_on_screen() -> None:
    stage = model()
    stage.seek(9 * MS)

    for _ in range(6):
        stage.zoom(2)

        assert stage.window.from_ns <= 9 * MS < stage.window.to_ns
    assert stage.window.to_ns - stage.window.from_ns < 3 * MS


def test_playing_moves_all_panes_on_one_clock_and_takes_the_window_along() -> None:
    stage = model()
    stage.play()
    for _ in range(3):
        stage.zoom(2)

    for _ in range(40):
        stage.tick(0.05)
        looks = [stage.look(pane) for pane in stage.visible]

        assert len({look.at_ns for look in looks}) == 1
        assert stage.window.from_ns <= stage.playhead.at_ns < stage.window.to_ns


def test_panning_stands_still_in_time() -> None:
    stage = model(running=True)
    stage.zoom(4)

    stage.pan(-0.5)
    moment = at_ms(stage)
    stage.tick(1)

    assert (stage.playhead.mode, at_ms(stage)) == (Mode.PAUSED, moment)


def test_lanes_are_chosen_up_and_down_and_stop_at_the_ends() -> None:
    stage = model()

    seen = [stage.worker(0)]
    for step in (1, 1, 1, -1, -1, -1):
        stage.focus_lane(step)
        seen.append(stage.worker(0))

    assert seen == [1, 2, 3, 3, 2, 1, 1]


def test_equal_moments_give_equal_looks_and_other_moments_others() -> None:
    stage = model()

    first = stage.look(0)
    stage.tick(0.03)
    assert stage.look(0) == first
    stage.step(-1)
    assert stage.look(0) != first


def test_a_speed_up_is_told_only_when_both_have_ended() -> None:
    base, other = one_task(model="sequential"), two_threads()

    ended = StageModel([base, other])
    other_runs = two_threads(running=True)
    running = StageModel([base, other_runs])

    assert [ended.look(pane).baseline_ns for pane in (0, 1)] == [None, 100 * MS]
    assert [running.look(pane).baseline_ns for pane in (0, 1)] == [None, None]


def sensible(stage: StageModel) -> set[str]:
    return {name for name in ("pause", "play", "replay", "follow") if MOVES[name].sensible(stage)}


def test_the_space_bar_means_one_thing_at_each_moment() -> None:
    running, ended = model(running=True), model()

    assert (sensible(running), sensible(ended)) == ({"pause"}, {"replay"})
    running.pause()
    ended.step(-1)
    assert (sensible(running), sensible(ended)) == ({"play", "follow"}, {"play"})
    running.play()
    ended.play()
    assert (sensible(running), sensible(ended)) == ({"pause", "follow"}, {"pause"})


def test_no_runs_at_all_make_no_trouble() -> None:
    stage = StageModel()

    stage.tick(1)

    assert (stage.end_ns, stage.growing, stage.visible) == (0, False, ())
    assert not any(move.sensible(stage) for move in MOVES.values())
