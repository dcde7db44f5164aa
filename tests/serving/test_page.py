"""The whole app in pages of a real Chromium, as visitors have it."""

from __future__ import annotations

import math
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from concviz.runs import descendants
from tests.serving.served import Served, needs_serve, serving
from tests.serving.shown import Shown
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browsers import Browser

pytestmark = [pytest.mark.browser, needs_serve]

PROGRAM = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
print("here", "we", "are", flush=True)
child.wait()
"""

HOME = "First steps"
"""Stands on the first screen."""

ELSEWHERE = """
<script>
  const socket = new WebSocket("ws://{netloc}/ws?width=80&height=24");
  socket.onopen = socket.onclose = (event) => {{ document.title = event.type; }};
</script>
"""
"""A page that would like to drive an app of ours."""


@pytest.fixture
def program(tmp_path: Path) -> str:
    """One that would run for long, with a child that would, too."""
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return str(path)


def _note(files: list[Any], file: Any) -> None:
    files.append(file)


def gone(served: Served, apps: list[int]) -> bool:
    """Whether nothing of these visits is left; the server itself goes on."""
    return not any(map(descendants.alive, apps)) and served.folders(*apps) == [] and served.ran.poll() is None


def test_keys_do_what_they_do_in_a_terminal_and_nothing_is_asked_for_elsewhere(browser: Browser) -> None:
    with serving() as served:
        shown = Shown(browser, served.address)
        shown.until(HOME)
        shown.press("Enter")
        shown.until("threads.py")
        shown.press("Escape")
        shown.until("enter run")
        shown.press("?")
        shown.until("all keys")

        assert shown.sheet.asked_elsewhere() == []
        assert shown.sheet.complaints == []


def test_a_click_on_a_key_does_what_the_key_does(browser: Browser) -> None:
    with serving() as served:
        shown = Shown(browser, served.address)
        shown.until("q quit")
        shown.click("enter run")
        shown.until("threads.py")

        assert shown.sheet.complaints == []


def test_the_letters_come_along_and_the_screen_fills_the_window(browser: Browser) -> None:
    image = pytest.importorskip("PIL.Image")
    with serving() as served:
        shown = Shown(browser, served.address, 1111, 777)
        shown.until(HOME)
        faces = shown.page.evaluate("[...document.fonts].map(face => face.status)")
        box = shown.page.locator(".xterm-screen").bounding_box()
        shown.page.wait_for_timeout(500)  # it fades in
        picture = image.open(BytesIO(shown.page.screenshot())).convert("RGB")
        right, below = math.ceil(box["width"]), math.ceil(box["height"])
        beside = picture.crop((right, 0, 1111, 777)).getcolors() + picture.crop((0, below, 1111, 777)).getcolors()
        (told,) = {message for message in shown.sheet.received if isinstance(message, str) and "ground" in message}
        ground = tuple(bytes.fromhex(told.split("#")[1][:6]))

        assert faces == ["loaded", "loaded"]
        across, down = shown.cells
        assert (box["x"], box["y"]) == (0, 0)
        assert 1111 - 2 * box["width"] / across < box["width"] <= 1111
        assert 777 - 2 * box["height"] / down < box["height"] <= 777
        assert (right, below) < (1111, 777)
        assert {colour for _, colour in beside} == {ground}
        assert len(picture.getcolors(1 << 20)) > 50


def test_a_resized_window_is_filled_again(browser: Browser) -> None:
    with serving() as served:
        shown = Shown(browser, served.address, 900, 500)
        shown.until(HOME)
        before, width = shown.cells, max(map(len, shown.lines))
        shown.page.set_viewport_size({"width": 1500, "height": 900})
        shown.until_true(lambda: shown.cells > before and max(map(len, shown.lines)) > width, "a wider screen")

        assert shown.lines[shown.cells[1] - 1], "the keys stand in the last line"


def test_two_visitors_have_an_app_each(browser: Browser) -> None:
    with serving() as served:
        one, other = Shown(browser, served.address), Shown(browser, served.address)
        for shown in (one, other):
            shown.until(HOME)
        one.press("Enter")
        one.until("threads.py")

        assert len(served.apps) == 2
        assert not any("threads.py" in line for line in other.lines)


def test_a_visitor_above_the_limit_is_told_so_and_may_come_when_another_left(browser: Browser) -> None:
    with serving("--sessions", "1") as served:
        first, second = Shown(browser, served.address), Shown(browser, served.address)
        first.until(HOME)
        second.until_said("All seats are taken: no more than 1 at a time.")
        assert len(served.apps) == 1

        browser.close(first.sheet)
        second.page.click("text=Try again")
        second.until(HOME)


def test_who_loads_the_page_again_has_a_seat_although_there_is_one_only(browser: Browser) -> None:
    with serving("--sessions", "1") as served:
        shown = Shown(browser, served.address)
        shown.until(HOME)
        before = served.apps
        shown.page.reload()
        shown.until_true(lambda: served.apps and served.apps != before, "another app")
        shown.until_true(lambda: shown.page.evaluate("document.body.className").split() == ["-loaded", "-first-byte"], "its first screen")


def test_a_visitor_who_leaves_leaves_nothing_behind(browser: Browser, program: str) -> None:
    with serving(program) as served:
        shown = Shown(browser, served.address)
        shown.until("here we are")
        apps = served.apps
        tree = [pid for app in apps for pid in descendants.below(app)]
        assert len(tree) >= 3, "supervisor, program and its child"

        browser.close(shown.sheet)

        until(lambda: gone(served, apps), "the end of the visit")
        until(lambda: not any(map(descendants.alive, tree)), "the end of what it ran")


def test_without_the_token_there_is_no_app_and_with_it_there_is(browser: Browser) -> None:
    with serving("--token") as served:
        sheet = browser.open(f"http://{served.netloc}/")
        assert "This address lacks its token." in sheet.page.inner_text("body")
        assert served.apps == []

        shown = Shown(browser, served.address)
        shown.until(HOME)
        token = urlsplit(served.address).path
        assert [address for address in shown.sheet.asked if not urlsplit(address).path.startswith(token)] == []


def test_a_page_of_elsewhere_gets_no_app(browser: Browser, tmp_path: Path) -> None:
    with serving() as served:
        page = tmp_path / "elsewhere.html"
        page.write_text(ELSEWHERE.format(netloc=served.netloc), encoding="utf-8")
        sheet = browser.open(page.as_uri())
        until(sheet.page.title)

        assert sheet.page.title() == "close"
        assert served.apps == []


def test_who_quits_may_start_again(browser: Browser) -> None:
    with serving() as served:
        shown = Shown(browser, served.address)
        shown.until(HOME)
        shown.press("q")
        shown.until_said("The screen was left.")
        until(lambda: served.apps == [], "the end of the app")
        shown.press("Enter")
        until(lambda: served.apps, "another app")


def test_a_picture_a_film_and_a_recording_become_downloads(browser: Browser, program: str) -> None:
    with serving(program) as served:
        shown = Shown(browser, served.address)
        shown.until("here we are")
        files: list[Any] = []
        shown.page.on("download", partial(_note, files))
        shown.press("x", "s", "R")
        shown.until("concviz replay program.cvz")
        shown.press("R")
        shown.until_true(lambda: shown.lines and len(files) >= 4, "files")
        texts = {file.suggested_filename: file.path().read_bytes() for file in files}
        shown.press("Y")
        shown.until("nothing to copy in a page")

        assert {"program.svg", "program.cast", "program.tape", "program.cvz"} <= set(texts)
        assert texts["program.svg"].startswith(b"<svg")
        assert texts["program.cast"].startswith(b"{")


@pytest.mark.parametrize("before", ["", "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })"])
def test_what_is_copied_is_in_the_browsers_clipboard_also_where_pages_have_none(browser: Browser, before: str) -> None:
    with serving() as served:
        shown = Shown(browser, served.address, before=before)
        shown.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        shown.until(HOME)
        shown.press("c")
        shown.until("next choice")
        shown.press("1", "y")
        shown.until("copied: ")
        token = next(line for line in shown.lines if "copied: " in line).rpartition("copied: ")[2].split()[0]
        shown.page.evaluate("document.body.append(pasted = document.createElement('textarea')), pasted.focus()")
        shown.press("Control+v")

        shown.until_true(lambda: shown.page.evaluate("pasted.value") == token, token)
        assert shown.sheet.complaints == []


def test_a_server_that_is_stopped_says_so_and_takes_all_with_it(browser: Browser, program: str) -> None:
    with serving(program) as served:
        shown = Shown(browser, served.address)
        shown.until("here we are")
        apps = served.apps

        assert served.stop() == (0, "")

        assert not any(map(descendants.alive, apps))
        assert served.folders(*apps) == []
        shown.until_said("The server was stopped.")


def test_a_server_that_is_killed_takes_its_apps_with_it(browser: Browser, program: str) -> None:
    with serving(program) as served:
        shown = Shown(browser, served.address)
        shown.until("here we are")
        apps = served.apps
        tree = [pid for app in apps for pid in (app, *descendants.below(app))]

        served.ran.kill()
        served.ran.wait()

        until(lambda: not any(map(descendants.alive, tree)), "the end of all")
        shown.until_said("The connection to the server is gone.")
        for folder in served.folders():
            folder.rmdir()


def test_why_an_app_failed_stands_in_the_page(browser: Browser, tmp_path: Path) -> None:
    script = tmp_path / "late.py"
    script.write_text("", encoding="utf-8")
    with serving(str(script)) as served:
        script.unlink()
        shown = Shown(browser, served.address)
        shown.until_said("late.py")
        code, complaints = served.stop()

        assert code == 0
        assert complaints.startswith("concviz: a visitor's app ended: ")
        assert complaints.count("\n") == 1
