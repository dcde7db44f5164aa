from __future__ import annotations

import numpy as np
import pytest

from concviz.drawing.bars import bars
from concviz.drawing.styles import style_name
from concviz.timeline.states import ALIVE, State

COLUMN_NS = 1600


def drawn(*columns: dict[State, int]) -> tuple[str, list[str]]:
    """Glyphs and styles of one lane, each column told as the share, in 1600ths, that each state had."""
    spent = np.zeros((1, len(State), len(columns)), dtype=np.int64)
    for at, column in enumerate(columns):
        for state, share in column.items():
            spent[0, state, at] = share
    glyphs, styles = bars(spent, np.full(len(columns), COLUMN_NS))
    return "".join(glyphs[0].tolist()), [style_name(int(style)) for style in styles[0]]


RUN, GIL, LOCK, SLEEP, QUEUE, EVENT = State.RUNNING, State.GIL, State.LOCK, State.SLEEPING, State.QUEUE, State.EVENT
WHOLE = COLUMN_NS


@pytest.mark.parametrize("state", sorted(ALIVE))
def test_a_column_of_one_state_is_filled_with_it(state: State) -> None:
    from concviz.drawing.palette import LOOKS

    assert drawn({state: WHOLE}) == (LOOKS[state].glyph, [LOOKS[state].style])


def test_a_column_in_which_a_worker_did_not_live_is_blank() -> None:
    assert drawn({}, {State.DONE: WHOLE}, {State.FAILED: WHOLE}) == ("   ", ["", "", ""])


def test_a_bar_shows_for_how_much_of_a_column_a_worker_ran() -> None:
    columns = [{RUN: share, GIL: WHOLE - share} for share in (1, 200, 400, 600, 800, 1000, 1200, 1400, 1599)]

    assert drawn(*columns) == ("▁▁▂▃▄▅▆▇▇", ["mixed.gil"] * 9)


def test_only_a_column_of_running_alone_is_full() -> None:
    assert drawn({RUN: WHOLE}, {RUN: WHOLE - 1, SLEEP: 1}, {RUN: WHOLE - 1})[0] == "█▇▇"


def test_the_bars_style_says_what_held_it_up() -> None:
    columns = [{RUN: 800, other: 700, QUEUE: 100} for other in (GIL, State.READY, LOCK, EVENT, SLEEP, State.CHILD)]

    assert drawn(*columns)[1] == ["mixed.gil", "mixed.ready", "mixed.lock", "mixed.waiting", "mixed.sleeping", "mixed.child"]
    assert drawn({RUN: 800})[1] == ["mixed.off"]


def test_a_column_that_is_mostly_a_wait_for_a_lock_says_so_also_without_colour() -> None:
    assert drawn({LOCK: 1000, RUN: 600}) == ("×", ["state.lock"])


def test_what_is_too_short_for_a_bar_is_marked() -> None:
    assert drawn({SLEEP: WHOLE}, {SLEEP: WHOLE - 20, RUN: 20}, {SLEEP: WHOLE}) == (
        "·◆·",
        ["state.sleeping", "state.running", "state.sleeping"],
    )
    assert drawn({RUN: 20}) == ("◆", ["state.running"])


def test_the_rest_of_a_bar_in_the_next_column_is_no_event_of_its_own() -> None:
    assert drawn({SLEEP: WHOLE - 20, RUN: 20}, {RUN: WHOLE}, {SLEEP: WHOLE - 20, RUN: 20})[0] == "·█·"


def test_a_short_wait_inside_another_is_marked_unless_a_neighbour_shows_it() -> None:
    assert drawn({SLEEP: WHOLE}, {SLEEP: WHOLE - 20, QUEUE: 20}, {SLEEP: WHOLE}) == (
        "·◆·",
        ["state.sleeping", "mark.event", "state.sleeping"],
    )
    assert drawn({SLEEP: WHOLE}, {SLEEP: WHOLE - 20, QUEUE: 20}, {QUEUE: WHOLE})[0] == "··═"


def test_a_column_that_has_just_begun_is_measured_by_what_has_gone_by() -> None:
    spent = np.zeros((1, len(State), 2), dtype=np.int64)
    spent[0, RUN] = [WHOLE, 160]

    glyphs, _ = bars(spent, np.array([WHOLE, 160]))

    assert "".join(glyphs[0].tolist()) == "██"
