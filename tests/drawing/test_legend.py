from __future__ import annotations

import pytest

from concviz.drawing.legend import legend
from concviz.timeline.states import State


def test_the_states_that_occur_are_explained_in_the_order_of_the_table() -> None:
    picture = legend({State.SLEEPING, State.RUNNING, State.DONE, State.LOCK, State.NONE}, 50)

    assert picture.to_text() == "▄█ running  ╳ lock  · sleep  ◆ too short to see"
    assert picture.runs(0)[:2] == [("▄█", "state.running"), (" running", "text.dim")]


@pytest.mark.parametrize("columns", range(70))
def test_what_does_not_fit_is_hinted_at(columns: int) -> None:
    whole = "▄█ running  ▒ waits for GIL  ╳ lock  · sleep  ◆ too short to see"
    text = legend({State.SLEEPING, State.RUNNING, State.LOCK, State.GIL}, columns).to_text()

    assert text == whole if columns >= len(whole) else text.endswith("…") or columns < 1
    assert len(text) <= columns


def test_nothing_that_is_drawn_needs_no_legend() -> None:
    assert legend({State.DONE}, 20).to_text() == ""
