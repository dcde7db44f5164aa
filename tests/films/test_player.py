"""Casts in asciinema's own player, in a real Chromium: they play to the app's last screen, markers are markers."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from concviz.drawing.letters import width
from concviz.films import cast
from concviz.films.tape import parsed
from concviz.ui.recording import film
from concviz.ui.shooting import Shooting
from tests.builders import lane
from tests.fetched import from_npm
from tests.files_served import served
from tests.ui.made import run, two_threads
from tests.ui.stand_ins import StandInHouse, StandInStage
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from concviz.films.frame import Film, Frame, Writer
    from tests.browsers import Browser, Sheet

pytestmark = pytest.mark.browser

VERSION = "3.18.0"
"""Of the package asciinema-player (Apache-2.0, half a megabyte)."""

BUNDLE = "package/dist/bundle/asciinema-player"

PAGE = f"""<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/{BUNDLE}.css"><div id="here"></div>
<script src="/{BUNDLE}.min.js"></script>
<script>
const told = [], player = AsciinemaPlayer.create("/film.cast", document.getElementById("here"), {{ preload: true, fit: false }});
for (const name of ["play", "pause", "ended", "marker", "error"]) player.addEventListener(name, data => told.push([name, data]));
</script>"""

ROWS = """() => [...document.querySelectorAll(".ap-term .ap-line")].map(line =>
    [...line.querySelectorAll("span")].map(span => [Number(span.style.getPropertyValue("--offset")), span.textContent]))"""

TAPE = 'press home right*2\nmarker "two steps"\nwait 0.4\npress right*2 end\nmarker "the end"\nwait 0.3'

DRAWN = dict.fromkeys(range(0x2500, 0x2600), " ")
"""Boxes, blocks and shapes, which the player paints, so that they are no text."""


class _Last:
    """A writer that keeps the last frame."""

    def frame(self, _: float, frame: Frame) -> None:
        self.text = frame.text

    def marker(self, at_s: float, label: str) -> None:
        """Not kept."""

    def close(self, at_s: float) -> None:
        """Nothing is written."""


def filmed(version: int) -> tuple[bytes, str]:
    """(a cast, what the app's own screen shows at its end)."""
    out, last = io.BytesIO(), _Last()
    printed = lane("main", kind="process").runs(0, line=1).prints("世界 שלום done\n", 2).ends(9)
    stage = StandInStage((two_threads(), run(printed, end_ms=10, running=False, launch={"model": "threads", "title": "words"})))

    def opened(made: Film) -> Sequence[Writer]:
        return [cast.Writer(made, out), last]

    with ThreadPoolExecutor(1) as elsewhere:  # a film has its own loop
        elsewhere.submit(film, StandInHouse(), stage, Shooting(parsed(TAPE), version=version), opened, lambda *_: None).result()
    return out.getvalue(), last.text


@pytest.fixture(scope="module")
def player() -> Path:
    """Its files."""
    return from_npm("asciinema-player", VERSION)


@pytest.fixture(params=[2, 3])
def playing(request: pytest.FixtureRequest, player: Path, browser: Browser) -> Iterator[tuple[Sheet, str]]:
    """(a page that has loaded a cast, what its last screen must be)."""
    data, text = filmed(request.param)
    with served(player, {"/": PAGE.encode(), "/film.cast": data, "/favicon.ico": b""}) as address:
        sheet = browser.open(address, 1600, 1000)
        until(lambda: sheet.page.evaluate("player.getDuration()"), "a film that is loaded")
        yield sheet, text
        browser.close(sheet)


def shown(sheet: Sheet) -> str:
    """The text in the player's terminal, each piece in its columns."""
    lines = []
    for pieces in sheet.page.evaluate(ROWS):
        line = ""
        for offset, text in pieces:
            line = line.ljust(offset - _wider(line)) + text
        lines.append(line)
    return written("\n".join(lines))


def written(text: str) -> str:
    """What of a screen is letters."""
    return "\n".join(line.rstrip() for line in text.translate(DRAWN).split("\n")).rstrip()


def _wider(text: str) -> int:
    """The cells that wide characters take beyond their number."""
    return width(text) - len(text)


def test_a_cast_plays_to_its_end_and_shows_what_the_app_showed(playing: tuple[Sheet, str]) -> None:
    sheet, text = playing

    sheet.page.evaluate("player.play()")
    until(lambda: "ended" in [name for name, _ in sheet.page.evaluate("told")], "the film's end")

    assert shown(sheet) == written(text)
    assert "世界" in text
    told = sheet.page.evaluate("told")
    assert [data["label"] for name, data in told if name == "marker"] == ["two steps", "the end"]
    assert [name for name, _ in told if name == "error"] == []
    assert (sheet.complaints, sheet.asked_elsewhere()) == ([], [])


def test_a_marker_can_be_gone_to(playing: tuple[Sheet, str]) -> None:
    sheet, _ = playing

    labels = sheet.page.locator(".ap-marker-container").all_text_contents()
    sheet.page.evaluate("player.seek({ marker: 1 })")
    at = until(lambda: sheet.page.evaluate("player.getCurrentTime()"), "the marker's time")

    assert [label.partition(" - ")[2] for label in labels] == ["two steps", "the end"]
    assert 0.4 <= at < sheet.page.evaluate("player.getDuration()")
