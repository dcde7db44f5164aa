"""Films of the app: the same screen as in a terminal, by the film's own clock."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from concviz.films import cast
from concviz.films.rows import columns
from concviz.films.tape import TapeError, parsed
from concviz.findings.finding import Check, Finding, Weight
from concviz.ui import discovery
from concviz.ui.recording import film
from concviz.ui.shooting import Shooting
from tests.builders import lane
from tests.ui.made import MS, one_task, run, two_threads
from tests.ui.opened import Opened
from tests.ui.stand_ins import StandInHouse, StandInStage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.films.frame import Film, Frame, Ink, Writer
    from concviz.timeline.timeline import Timeline
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

    over = next(at_s for at_s, label in filmed.kept.marks if label == "over")
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


def slow(timeline: Timeline, _: object) -> list[Finding]:
    return [Finding("slow", Weight.NOTE, timeline.zero_ns + 4 * MS, timeline.end_ns, "it was slow", "be quick", workers=(2,))]


@pytest.fixture
def only_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "checks", lambda: (Check("slow", "", slow),))


@pytest.mark.usefixtures("only_slow")
def test_findings_and_ends_are_chapters_at_their_moment_of_a_replay() -> None:
    filmed = Filmed("press space\nend", two_threads(), frames_per_s=20)

    (found_s, found), (end_s, end) = filmed.kept.marks
    assert (found, end) == ("slow: it was slow", "by hand: done")
    assert end_s - found_s == pytest.approx(16 * 0.2, abs=0.05)  # 4 of 20 ms, at a two hundredth


@pytest.mark.usefixtures("only_slow")
def test_until_waits_for_what_happens_in_the_run() -> None:
    filmed = Filmed('press space\nuntil "slow found"\nscreenshot found.svg\nuntil "threads ended"\nmarker ended', two_threads())

    assert "paused" not in filmed.pictures["found.svg"].text
    assert re.search(r"[45]\.\d+ ms", filmed.pictures["found.svg"].text)
    assert [label for _, label in filmed.kept.marks][-2:] == ["by hand: done", "ended"]


def test_speed_is_the_films_and_not_the_apps() -> None:
    plain = Filmed("press space\nwait 1\nspeed 1\nwait 1", frames_per_s=10)
    filmed = Filmed("press space\nwait 1\nspeed 2\nwait 1", frames_per_s=10)

    assert filmed.kept.end_s == pytest.approx(plain.kept.end_s - 0.5)
    assert filmed.texts[-1] == plain.texts[-1]


def test_what_is_hidden_is_done_but_takes_no_time() -> None:
    filmed = Filmed("hide\npress home right\nwait 1\nshow\nwait 1", frames_per_s=5)

    assert filmed.kept.end_s == 1
    assert [at_s for at_s, _ in filmed.kept.frames] == [0]
    assert filmed.texts == Filmed("press home right").texts[-1:]


def test_a_film_of_nothing_but_hidden_steps_has_its_last_frame() -> None:
    assert len(Filmed("hide\npress home").kept.frames) == 1


def test_the_screen_can_change_its_size_and_the_film_has_room_for_all() -> None:
    filmed = Filmed("wait 0.2\nresize 100x30\nwait 0.2", size=(120, 36))

    assert {(len(frame.rows), columns(frame.rows[0])) for _, frame in filmed.kept.frames} == {(36, 120)}
    small = filmed.texts[-1].split("\n")
    assert max(map(len, small)) <= 100
    assert small[30:] == [""] * 6


def test_keys_are_shown_for_a_while_when_that_is_asked_for() -> None:
    filmed = Filmed("press home\npress right*3\npress z\nwait 2", shows_keys=True)

    shown = [text.split("\n")[-1].strip() for text in filmed.texts]
    assert list(dict.fromkeys(shown)) == ["", "home", "→", "→ ×2", "→ ×3", "z"]
    assert shown[-1] == ""


def test_time_in_which_nothing_moves_is_left_out_when_that_is_asked_for() -> None:
    filmed = Filmed("wait 60\nmarker before\npress home\nwait 30\nmarker end", two_threads(), idle_s=0.5, frames_per_s=2)

    assert filmed.kept.marks == [(0.5, "before"), (1, "end")]
    assert [at_s for at_s, _ in filmed.kept.frames] == [0, 0.5]
    assert filmed.kept.end_s == 1


def test_the_first_screen_is_filmed_where_nothing_is_named() -> None:
    cast = io.BytesIO()
    kept: list[Kept] = []

    def opened(made: Film) -> Sequence[Writer]:
        kept.append(Kept(made, cast))
        return kept

    film(StandInHouse(), None, Shooting(parsed("wait 0.1"), live=True), opened, lambda *_: None)

    assert "concviz" in kept[0].frames[-1][1].text


WORDS = "世界 🎉 e\u0301 שלום مرحبا ﷽"


def printing(words: str) -> MadeRun:
    """A run whose program printed that."""
    printed = lane("main", kind="process").runs(0, line=1).prints(f"{words}\n", 2).ends(9)
    return run(printed, end_ms=10, running=False, launch={"model": "threads", "title": "words"})


def test_wide_characters_emoji_and_words_from_right_to_left_come_out_of_a_cast_as_they_went_in() -> None:
    pyte = pytest.importorskip("pyte", reason="pyte is not installed")
    filmed = Filmed("press home end left\nwait 0.1", printing(WORDS))

    head, *events = (json.loads(line) for line in filmed.cast.getvalue().decode().splitlines())
    screen = pyte.Screen(head["width"], head["height"])
    stream = pyte.Stream(screen)
    for _, _, data in (event for event in events if event[1] == "o"):
        stream.feed(data)

    assert "世界 🎉" in filmed.texts[-1]
    assert "שלום" in filmed.texts[-1]
    shown = [unicodedata.normalize("NFC", line.rstrip()) for line in screen.display]
    assert shown == [unicodedata.normalize("NFC", line) for line in filmed.texts[-1].split("\n")]


def test_without_colours_a_film_has_greys_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = inks(Filmed("wait 0"))
    monkeypatch.setenv("NO_COLOR", "1")
    plain = inks(Filmed("wait 0"))

    assert any(len({ink.fg[1:3], ink.fg[3:5], ink.fg[5:]}) > 1 for ink in coloured)
    assert all(len({one[1:3], one[3:5], one[5:]}) == 1 for ink in plain for one in (ink.fg, ink.bg))


def inks(filmed: Filmed) -> set[Ink]:
    """How anything in its frames looks."""
    return {ink for _, frame in filmed.kept.frames for row in frame.rows for _, ink in row}
