"""Films of the app: the same screen as in a terminal, by the film's own clock."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from concviz.films import cast
from concviz.films.tape import TapeError, parsed
from concviz.ui.recording import Shooting, film
from tests.ui.made import one_task, two_threads
from tests.ui.opened import Opened
from tests.ui.stand_ins import StandInHouse, StandInStage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.films.frame import Film, Frame, Writer
    from tests.ui.made import MadeRun


class Kept:
    """A writer that keeps everything."""

    def __init__(self, made: Film, out: io.BytesIO) -> None:
        self.film, self._out = made, out
        self.frames: list[tuple[float, Frame]] = []
        self.marks: list[tuple[float, str]] = []
        self.end_s = -1.0

    def frame(self, at_s: float, frame: Frame) -> None:
        self.frames.append((at_s, frame))

    def marker(self, at_s: float, label: str) -> None:
        self.marks.append((at_s, label))

    def close(self, at_s: float) -> None:
        self.end_s = at_s


class Filmed:
    """A film of runs made by hand, with a tape."""

    def __init__(self, steps: str, *runs: MadeRun, **options: Any) -> None:
        self.cast = io.BytesIO()
        self.pictures: dict[str, Frame] = {}
        self.stage = StandInStage(runs or (two_threads(), one_task()))
        self.interrupted = film(StandInHouse(), self.stage, Shooting(parsed(steps), **options), self._opened, self._keep)

    def _opened(self, made: Film) -> Sequence[Writer]:
        self.kept = Kept(made, self.cast)
        return [self.kept, cast.Writer(made, self.cast)]

    def _keep(self, name: str, _: Film, frame: Frame) -> None:
        self.pictures[name] = frame

    @property
    def texts(self) -> list[str]:
        return [frame.text for _, frame in self.kept.frames]


async def test_a_film_shows_what_a_terminal_would() -> None:
    async with Opened(size=(120, 36)) as opened:
        await opened.press("home", "right")
        text = opened.text

    filmed = await _elsewhere("press home right")

    assert filmed.texts[-1] == text


async def _elsewhere(tape: str) -> Filmed:
    """Filmed in a thread of its own, since a film has its own loop."""
    import asyncio

    return await asyncio.to_thread(Filmed, tape)


def test_a_terminal_that_plays_the_cast_ends_on_the_same_screen() -> None:
    pyte = pytest.importorskip("pyte", reason="pyte is not installed")
    filmed = Filmed("press home right*4 z\nwait 0.2\npress question_mark\nwait 0.2\npress escape right")

    head, *events = (json.loads(line) for line in filmed.cast.getvalue().decode().splitlines())
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    for _, _, data in events:
        stream.feed(data)

    assert [line.rstrip() for line in screen.display] == filmed.texts[-1].split("\n")
    assert len(filmed.texts) > 5


def test_the_films_clock_is_its_own() -> None:
    filmed = Filmed("marker begin\nwait 60\nmarker end", frames_per_s=2.0)

    assert filmed.kept.marks == [(0, "begin"), (60, "end")]
    assert filmed.kept.end_s == 60
    assert len(filmed.kept.frames) == 1


def test_a_replay_moves_with_the_films_clock_and_ends() -> None:
    filmed = Filmed("press space\nend\nmarker over", two_threads())

    (over, _) = filmed.kept.marks[0]
    assert over == pytest.approx(20 * 0.2, abs=0.2)  # 20 ms at a two hundredth
    assert sum("playing ×1/200" in text for text in filmed.texts) > 20
    assert "paused" in filmed.texts[-1]


def test_the_same_tape_gives_the_same_bytes() -> None:
    tape = "press space\nwait 1\npress z tab\nend"

    assert Filmed(tape).cast.getvalue() == Filmed(tape).cast.getvalue()


def test_a_caption_stands_below_the_screen_until_it_is_taken_away() -> None:
    filmed = Filmed('caption "Two threads"\nwait 1\ncaption\nwait 1')

    last_lines = [text.split("\n")[-1].strip() for text in filmed.texts]
    assert filmed.kept.film.lines == 37
    assert last_lines == ["", "Two threads", ""]
    assert [at_s for at_s, _ in filmed.kept.frames] == [0, 0, 1]


def test_until_waits_for_words_on_the_screen() -> None:
    filmed = Filmed('press space\nuntil "10.000 ms"\nscreenshot now.svg', two_threads())

    assert "10.000 ms" in filmed.pictures["now.svg"].text
    assert filmed.pictures["now.svg"].text == filmed.texts[-1]


def test_what_never_comes_is_told_with_the_place_in_the_tape() -> None:
    with pytest.raises(TapeError, match=r"^demo\.tape:2:7: 'no such words' did not come within 3 s"):
        Filmed("wait 1\nuntil no such words", tape="demo.tape", limit_s=3.0)


def test_a_film_ends_when_the_app_does() -> None:
    filmed = Filmed("wait 1\npress q\nwait 100")

    assert 1 <= filmed.kept.end_s < 2
    assert filmed.cast.getvalue().endswith(b'"\\u001b[0m\\u001b[?25h"]\n')


def test_themes_and_sizes_are_the_films() -> None:
    filmed = Filmed("wait 0", size=(100, 30), theme="light")

    assert (filmed.kept.film.columns, filmed.kept.film.lines, filmed.kept.film.bg) == (100, 30, "#fbfaf7")
    assert len(filmed.kept.frames[-1][1].rows) == 30


def test_of_programs_that_run_the_times_are_the_machines_own() -> None:
    filmed = Filmed("wait 0.3\nmarker later", two_threads(running=True), live=True)

    ((later, _),) = filmed.kept.marks
    assert later >= 0.3
    assert not filmed.interrupted
