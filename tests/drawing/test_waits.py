"""Who waits for whom, as rows of text: circles first, then the others, as far as there is room."""

from __future__ import annotations

import pytest

from concviz.drawing.fallback import in_ascii
from concviz.drawing.waits import waits_for
from concviz.events import Kind
from concviz.timeline.timeline import Timeline
from tests.builders import lane, ns, resource, timeline


def kitchen() -> Timeline:
    anna = lane("Anna").runs(1).takes("apples", 2, line=4).waits_for("bread", 10, line=5)
    ben = lane("Ben").runs(1).takes("bread", 2, line=4).waits_for("apples", 11, line=5)
    carl = lane("Carl").runs(1).does(Kind.GET_WAIT, 20, "orders", 9)
    dora = lane("Dora").runs(1).puts("orders", 2, 1).does(Kind.SLEEP, 3, arg=10**9)
    main = lane("main", "process").runs(0).does(Kind.JOIN, 5, arg="Anna")
    return timeline(main, anna, ben, carl, dora, resource("orders", "Queue"), now=100)


def drawn(built: Timeline, ms: float, width_cells: int = 90, height: int = 20) -> list[str]:
    return waits_for(built, ns(ms), width_cells, height).to_text().split("\n")


def test_a_circle_stands_first_then_who_waits_for_it_and_the_others() -> None:
    assert drawn(kitchen(), 99) == [
        "circle of 2: each waits for the next",
        "  Anna ─waits 89 ms for→ bread ─held by→ Ben  program.py:5",
        "  Ben ─waits 88 ms for→ apples ─held by→ Anna  program.py:5",
        "main ─waits 94 ms for the end of→ Anna",
        "Carl ─waits 79 ms for→ orders ─filled by→ Dora  program.py:9",
        "1 sleeps or does I/O",
    ]


def test_before_it_closed_it_is_none() -> None:
    assert drawn(kitchen(), 10.5)[:2] == [
        "main ─waits 5.5 ms for the end of→ Anna",
        "Anna ─waits 500 µs for→ bread ─held by→ Ben  program.py:5",
    ]


def test_a_circle_has_a_style_of_its_own() -> None:
    picture = waits_for(kitchen(), ns(99), 90, 20)

    styles = [{style for _, style in picture.runs(row)} for row in range(picture.height)]

    assert ["state.failed" in row for row in styles] == [True, True, True, False, False, False]
    assert "state.child" in styles[3]
    assert "state.waiting" in styles[4]


@pytest.mark.parametrize(
    ("width_cells", "row"),
    [(60, "  Anna ─waits 89 ms for→ bread ─held by→ Ben  program.py:5"), (50, "  Anna ─waits 89 ms for→ bread ─held by→ Ben")],
)
def test_the_place_goes_first_where_there_is_little_room(width_cells: int, row: str) -> None:
    assert drawn(kitchen(), 99, width_cells)[1] == row


def test_then_the_words_get_shorter() -> None:
    assert drawn(kitchen(), 99, 30)[1:5] == [
        "  Anna ─89 ms→ bread ─by→ Ben",
        "  Ben ─88 ms→ apples ─by→ Anna",
        "main ─94 ms→ Anna",
        "Carl ─79 ms→ orders ─by→ Dora",
    ]


def test_what_has_no_room_is_counted() -> None:
    rows = drawn(kitchen(), 99, 90, 3)

    assert len(rows) == 3
    assert rows[-1] == "… 4 more"


def test_no_picture_is_larger_than_asked_for() -> None:
    picture = waits_for(kitchen(), ns(99), 20, 4)

    assert (picture.width, picture.height) == (20, 4)
    assert waits_for(kitchen(), ns(99), 20, 0).height == 0


def test_when_nobody_waits_it_says_so() -> None:
    assert drawn(kitchen(), 1.5) == ["nobody waits for another one"]
    assert drawn(Timeline(), 0) == ["nobody waits for another one"]


def test_the_holder_of_the_gil_is_named() -> None:
    built = timeline(lane("A").runs(0).has_gil(1, 1), lane("B").runs(0), now=50)

    assert drawn(built, 40) == ["B ─waits 39 ms for→ the GIL ─held by→ A"]


def test_in_ascii_it_says_the_same() -> None:
    assert in_ascii(waits_for(kitchen(), ns(99), 90, 2)).to_text().split("\n")[0] == "circle of 2: each waits for the next"
    assert "Anna _waits 89 ms for> bread _held by> Ben" in in_ascii(waits_for(kitchen(), ns(99), 90, 9)).to_text()
