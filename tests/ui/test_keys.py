from __future__ import annotations

import pytest
from rich.cells import cell_len

from concviz.ui import keys
from concviz.ui.app import ConcvizApp
from concviz.ui.moves import MOVES
from concviz.ui.screens.control import ControlScreen
from concviz.ui.screens.home import HomeScreen
from concviz.ui.screens.run import RunScreen
from concviz.ui.widgets.keybar import GAP, fitting, key_at

EVERY = keys.HOME + keys.RUN + keys.CONTROL


def test_every_key_has_an_id_of_its_own() -> None:
    ids = [key.id for key in EVERY]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("key", EVERY, ids=lambda key: key.id)
def test_every_keys_action_exists(key: keys.Key) -> None:
    name, arguments = keys.action_of(key)
    screen = HomeScreen if key in keys.HOME else ControlScreen if key in keys.CONTROL else RunScreen
    owner = ConcvizApp if name.startswith("app.") else screen

    assert hasattr(owner, f"action_{name.removeprefix('app.')}")
    assert name != "move" or arguments[0] in MOVES


def test_every_binding_has_words_and_a_tooltip_and_one_key() -> None:
    for binding in keys.bindings(EVERY):
        assert binding.description
        assert binding.tooltip
        assert "," not in binding.key


def test_no_key_means_two_things_on_one_screen_but_the_space_bar() -> None:
    bound = [one for key in keys.RUN for one in key.keys.split(",") if one != "space"]

    assert len(bound) == len(set(bound))


@pytest.mark.parametrize("width", [20, 40, 76, 78, 116, 200])
def test_the_bottom_line_holds_what_fits_and_the_way_out_stays_longest(width: int) -> None:
    kept = fitting(keys.RUN, width)

    assert sum(cell_len(f"{key.bar_keys} {key.bar_words}{GAP}") for key in kept) - len(GAP) <= width
    assert [key for key in keys.RUN if key in kept] == list(kept)


def test_at_80_columns_the_bottom_line_still_tells_how_to_go_on_and_how_to_leave() -> None:
    live = tuple(key for key in keys.RUN if key.id not in {"run.play", "run.replay"})

    words = [key.bar_words for key in fitting(live, 78)]

    assert {"pause", "step", "zoom", "back", "all keys", "quit"} <= set(words)


def test_a_click_finds_the_entry_it_is_on_and_none_between_two() -> None:
    shown = fitting(keys.HOME, 200)

    assert key_at(shown, 0) is shown[0]
    assert key_at(shown, len("enter run")) is None
    assert key_at(shown, len("enter run") + len(GAP)) is shown[1]
    assert key_at(shown, 500) is None
