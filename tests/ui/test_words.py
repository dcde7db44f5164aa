from __future__ import annotations

import pytest

from concviz.ui.ascii import in_ascii
from concviz.ui.head import head
from concviz.ui.inspection import inspection
from concviz.ui.legend import row
from concviz.ui.miniature import miniature
from concviz.ui.stage_model import StageModel
from concviz.ui.titles import pane
from tests.ui.made import MS, MadeRun, one_task, two_threads
from tests.ui.stand_ins import StandInStage


def model(*runs: MadeRun) -> StageModel:
    made = StageModel(runs)
    made.resize(40)
    made.tick(0)
    return made


def test_the_head_tells_what_moves_the_time_and_where_it_stands() -> None:
    stage, shown = StandInStage(()), model(two_threads(), one_task())
    seen = [head(stage, shown, 80).to_text().split()]
    shown.seek(9 * MS)
    seen.append(head(stage, shown, 80).to_text().split())

    assert [" ".join(words[4:8]) for words in seen] == ["■ ended 100.000 ms", "▮▮ paused ×1 9.000"]
    assert seen[0][:4] == ["concviz", "▸", "Three", "models"]


@pytest.mark.parametrize("width", [80, 120, 200])
def test_a_long_title_gives_way(width: int) -> None:
    stage = StandInStage((), title="a title " * 40)

    text = head(stage, model(two_threads()), width).to_text()

    assert "…" in text
    assert text.rstrip().endswith("cores") or text.rstrip().endswith("core")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (60, "▌threads by hand ■ done 20 ms pid 1001"),
        (40, "▌threads by h… ■ done 20 ms pid 1001"),
        (35, "▌threads ■ done 20 ms pid 1001"),
        (25, "▌threads ■ done 20 ms"),
    ],
)
def test_a_panes_title_drops_what_does_not_fit(columns: int, words: str) -> None:
    look = model(two_threads(), one_task()).look(0)

    assert " ".join(pane(look, columns).to_text().split()) == words


def test_the_state_of_a_run_is_said_in_words() -> None:
    runs = [MadeRun(state=state) for state in ("new", "starting", "ready", "failed")]
    shown = model(*runs)

    words = [pane(shown.look(place), 50).to_text().split("  ")[-1].strip() for place in range(len(runs))]

    assert words == ["○ waits for its turn", "○ starting", "○ starting", "✗ failed"]


def test_a_short_run_beside_a_long_one_is_pointed_out() -> None:
    assert "over after 20 ms: z looks closer" not in inspection(model(two_threads(), one_task()), 120).to_text()
    long = one_task(running=True)
    long.grows(2000)

    assert "over after 20 ms: z looks closer" in inspection(model(two_threads(), long), 120).to_text()


def test_a_run_too_short_to_be_watched_can_be_played_slowly() -> None:
    assert "it took 20 ms: space plays it slowly" in inspection(model(two_threads()), 120).to_text()


def test_the_legend_has_what_occurs_and_nothing_else() -> None:
    shown = model(two_threads(), one_task())

    words = row([shown.look(pane) for pane in shown.visible], 100).to_text()

    assert "running" in words
    assert "lock" in words
    assert "sleep" in words
    assert "GIL" not in words


def test_a_stage_drawn_small_has_every_run_over_its_own_time() -> None:
    drawn = miniature([two_threads(), one_task()])

    assert drawn is not None
    lines = [line.rstrip() for line in drawn.plain.splitlines()]
    assert [line for line in lines if "ms" in line] == ["threads  20 ms", "asyncio  100 ms"]
    assert len(lines) == 6


def test_nothing_that_happened_draws_nothing() -> None:
    assert miniature([MadeRun()]) is None


def test_ascii_keeps_every_cells_place() -> None:
    text = "▸ ┄┄ 日本 ×2 é █╳"

    assert in_ascii(text) == "> -- ? ?  x2 ? #X"
