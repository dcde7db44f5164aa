"""asciicast: what its documents say of it, and what a terminal shows of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from concviz.films.cast import Writer
from tests.films.made import film, frame, written

FRAMES = ((0.0, frame("one     ", "  *two* x ")), (0.5, frame("one     ", "  *too* x ")), (2.25, frame("世 ok   ", "        ")))


def lines(data: bytes) -> list[Any]:
    return [json.loads(line) for line in data.decode().splitlines()]


def screen_after(data: bytes) -> Any:
    """A terminal that was fed with the cast, but for its last line, which clears nothing."""
    pyte = pytest.importorskip("pyte", reason="pyte is not installed")
    head, *events = lines(data)
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    for _, code, text in events:
        if code == "o":
            stream.feed(text)
    return screen


@pytest.mark.parametrize("until", [1, 2, 3])
def test_a_terminal_shows_each_frame_as_it_was(until: int) -> None:
    screen = screen_after(written(Writer, film(), *FRAMES[:until]))

    assert "\n".join(line.rstrip() for line in screen.display) == FRAMES[until - 1][1].text


def test_a_terminal_shows_the_colours() -> None:
    screen = screen_after(written(Writer, film(), *FRAMES[:2]))

    cell, plain = screen.buffer[1][3], screen.buffer[1][0]
    assert (cell.data, cell.fg, cell.bg, cell.bold) == ("o", "ff0000", "000080", True)
    assert (plain.fg, plain.bg, plain.bold) == ("d0d0d0", "101010", False)


def test_version_2_has_times_from_the_start_and_version_3_from_the_event_before() -> None:
    marks = ((1.0, "here"),)

    second = lines(written(Writer, film(), *FRAMES, marks=marks))
    third = lines(written(Writer, film(version=3), *FRAMES, marks=marks))

    assert second[0] == {"version": 2, "width": 8, "height": 2, "title": "by hand", "env": {"TERM": "xterm-256color"}}
    assert third[0] == {"version": 3, "term": {"cols": 8, "rows": 2, "type": "xterm-256color"}, "title": "by hand"}
    assert [event[:2] for event in second[1:]] == [[0, "o"], [0.5, "o"], [1, "m"], [2.25, "o"], [3, "o"]]
    assert [event[:2] for event in third[1:]] == [[0, "o"], [0.5, "o"], [0.5, "m"], [1.25, "o"], [0.75, "o"], [0, "x"]]
    assert second[3][2] == "here"
    assert third[-1][2] == "0"


def test_intervals_of_version_3_add_up_to_the_time_however_many_there_are() -> None:
    frames = [(at / 30, frame(f"{at:8}", "")) for at in range(300)]

    found = lines(written(Writer, film(version=3), *frames, end_s=10))

    assert sum(event[0] for event in found[1:]) == pytest.approx(10, abs=0.001)


def test_of_a_frame_only_what_differs_is_written() -> None:
    first, second = lines(written(Writer, film(), *FRAMES[:2]))[1:3]

    assert "one" in first[2]
    assert second[2].endswith("mo")
    assert "one" not in second[2]
    assert " x" not in second[2]


def test_what_a_terminal_would_obey_never_gets_into_it() -> None:
    data = written(Writer, film(), (0, frame("a\x1b]0;x\x07", "\x9b2J")))

    assert "\x1b]" not in data.decode()
    assert "\x9b" not in "".join(event[2] for event in lines(data)[1:])
