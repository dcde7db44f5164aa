"""Our page in a real Chromium, opened from a file: it plays, and asks nobody for anything."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.waiting import until
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browsers import Browser, Sheet

pytestmark = pytest.mark.browser

RUN = ROOT / "screenshots" / "runs" / "deadlock.cvz"

KEYS = "home wait:1 marker:first right*3 wait:1 marker:second right*5 wait:1"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of RUN."""
    path = tmp_path_factory.mktemp("film") / "page.html"
    words = [sys.executable, "-m", "concviz", "record", str(RUN), "-o", str(path), "--keys", KEYS]
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return path


@pytest.fixture
def sheet(page: Path, browser: Browser) -> Sheet:
    """The film, at its beginning."""
    return browser.open(page.as_uri())


def at_s(sheet: Sheet) -> float:
    """Where it is."""
    return float(sheet.page.input_value("#at"))


def end_s(sheet: Sheet) -> float:
    """How long it takes."""
    return float(sheet.page.get_attribute("#at", "max") or 0)


def screen(sheet: Sheet) -> str:
    """Its words."""
    text: str = sheet.page.inner_text("#screen")
    return text


def test_it_plays_to_its_end_pauses_and_begins_again(sheet: Sheet) -> None:
    first = screen(sheet)

    sheet.page.click("#play")
    until(lambda: at_s(sheet) > 0.2, "some progress")
    sheet.page.click("#play")
    stopped = at_s(sheet), sheet.page.inner_text("#play")
    sheet.page.select_option("#speed", "4")
    sheet.page.keyboard.press("Home")
    sheet.page.focus("body")
    sheet.page.click("#play")
    until(lambda: at_s(sheet) == end_s(sheet), "the end")
    last = screen(sheet)
    sheet.page.click("#play")
    until(lambda: at_s(sheet) < end_s(sheet), "a new beginning")

    assert "Deadlock" in first
    assert last != first
    assert (stopped[0] < end_s(sheet), stopped[1]) == (True, "play")


def test_a_pause_holds_the_picture(sheet: Sheet) -> None:
    sheet.page.keyboard.press("Space")
    until(lambda: at_s(sheet) > 0.2, "some progress")
    sheet.page.keyboard.press("Space")

    held = at_s(sheet), screen(sheet)
    sheet.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))")

    assert (at_s(sheet), screen(sheet)) == held


def test_it_can_be_drawn_to_any_time_and_the_same_time_is_the_same_picture(sheet: Sheet) -> None:
    def drawn(part: float) -> str:
        box = sheet.page.locator("#at").bounding_box()
        sheet.page.mouse.click(box["x"] + 8 + part * (box["width"] - 16), box["y"] + box["height"] / 2)
        return screen(sheet)

    late, early = drawn(0.95), drawn(0.1)

    assert late != early
    assert drawn(0.95) == late
    assert end_s(sheet) * 0.85 < at_s(sheet) < end_s(sheet)


def test_chapters_lead_to_their_time(sheet: Sheet) -> None:
    marks = sheet.page.locator("#marks button")

    labels = marks.all_text_contents()
    marks.nth(1).click()
    second_s, shown = at_s(sheet), sheet.page.inner_text("#clock")
    marks.nth(0).click()

    assert [label.split()[1] for label in labels] == ["first", "second"]
    assert at_s(sheet) == pytest.approx(1, abs=0.2)
    assert second_s > at_s(sheet) + 1
    assert shown.startswith(labels[1].split()[0])


def test_the_keyboard_is_enough(sheet: Sheet) -> None:
    times = []
    for key in ("End", "Home", "ArrowRight", "ArrowLeft", "]", "]", "["):
        sheet.page.keyboard.press(key)
        times.append(at_s(sheet))

    first, second = times[4:6]
    assert times[:4] == [end_s(sheet), 0, 1, 0]
    assert 0 < first < second < end_s(sheet)
    assert times[6] == first


def test_its_text_can_be_selected(sheet: Sheet) -> None:
    sheet.page.evaluate("getSelection().selectAllChildren(document.querySelector('#screen div'))")

    assert "Deadlock" in sheet.page.evaluate("String(getSelection())")
    assert sheet.page.evaluate("getComputedStyle(document.querySelector('#screen')).userSelect") in {"auto", "text"}


def test_it_asks_nobody_for_anything(page: Path, sheet: Sheet) -> None:
    sheet.page.keyboard.press("End")

    assert sheet.asked == [page.as_uri()]
    assert sheet.complaints == []


def test_each_row_is_as_high_as_the_others_and_cells_stand_in_columns(sheet: Sheet) -> None:
    sheet.page.keyboard.press("End")

    heights = sheet.page.evaluate(
        "[...document.querySelectorAll('#screen div')].map(row => Math.round(row.getBoundingClientRect().height))"
    )
    widths = sheet.page.evaluate("[...document.querySelectorAll('#screen div')].map(row => Math.round(row.scrollWidth))")

    assert len(heights) == 36
    assert len(set(heights)) == 1
    assert max(widths) - min(widths) <= 2
