from __future__ import annotations

import pytest

from concviz.ui.playhead import SPEEDS, Mode, Playhead, fitting, speed_words

MS = 1_000_000


def at(at_ns: int) -> Playhead:
    playhead = Playhead()
    playhead.jump(at_ns)
    return playhead


def test_live_stands_at_the_end_as_it_grows() -> None:
    playhead = Playhead()

    playhead.advance(1.0, 5 * MS, growing=True)
    assert playhead.at_ns == 5 * MS
    playhead.advance(1.0, 9 * MS, growing=True)
    assert playhead.at_ns == 9 * MS


def test_paused_stands_still() -> None:
    playhead = at(5 * MS)

    playhead.advance(10.0, 100 * MS, growing=True)

    assert playhead.at_ns == 5 * MS


def test_playing_goes_at_its_speed() -> None:
    playhead = at(0)
    playhead.shift_gear(-1)
    playhead.toggle(3_000 * MS, growing=False)

    playhead.advance(1.0, 3_000 * MS, growing=False)

    assert playhead.speed == 0.5
    assert playhead.at_ns == 500 * MS


def test_playing_stops_at_the_end_of_what_has_ended_and_goes_live_at_the_end_of_what_grows() -> None:
    ended, growing = at(1), at(1)
    ended.toggle(5_000 * MS, growing=False)
    growing.toggle(5_000 * MS, growing=True)

    ended.advance(60, 5_000 * MS, growing=False)
    growing.advance(60, 5_000 * MS, growing=True)

    assert (ended.mode, growing.mode) == (Mode.PAUSED, Mode.LIVE)


def test_from_the_end_it_plays_again_from_the_start_so_slowly_that_2_ms_can_be_watched() -> None:
    playhead = Playhead()
    playhead.advance(0, 2 * MS, growing=False)

    playhead.toggle(2 * MS, growing=False)

    assert (playhead.mode, playhead.at_ns, playhead.speed) == (Mode.PLAYING, 0, 0.001)


def test_a_chosen_speed_is_kept() -> None:
    playhead = Playhead()
    playhead.shift_gear(1)

    playhead.toggle(2 * MS, growing=False)

    assert playhead.speed == 2


def test_speeds_end_at_a_thousandth_and_at_ten() -> None:
    playhead = Playhead()

    for _ in range(50):
        playhead.shift_gear(-1)
    assert playhead.speed == 0.001
    for _ in range(50):
        playhead.shift_gear(1)
    assert playhead.speed == 10


@pytest.mark.parametrize("span_ns", [0, 2 * MS, 61 * MS, 900 * MS, 4_000 * MS, 60_000 * MS])
def test_a_fitting_speed_is_never_above_the_real_one(span_ns: int) -> None:
    assert fitting(span_ns) in SPEEDS
    assert fitting(span_ns) <= 1


def test_speeds_have_words() -> None:
    assert [speed_words(speed) for speed in (0.001, 0.02, 0.5, 1, 10)] == ["×1/1000", "×1/50", "×1/2", "×1", "×10"]
