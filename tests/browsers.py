"""Pages in a real Chromium, without a window, driven over its DevTools protocol; for tests marked `browser`.

Needs the extra `browser` (playwright, Apache-2.0, 50 MB of wheel: its Python package, not its browsers) and a Chromium or Chrome of
this machine: CONCVIZ_BROWSER, else the first found on PATH. A test that asks for a browser skips, with the reason, where one is absent.

    pytestmark = pytest.mark.browser

    def test_the_page_plays(browser: Browser) -> None:
        sheet = browser.open(film.as_uri())          # "file://..." or "http://127.0.0.1:..."
        sheet.page.keyboard.press("Space")           # .page is playwright's own: https://playwright.dev/python/docs/api/class-page
        until(lambda: sheet.page.inner_text("#time") == "0:01")

        assert sheet.asked_elsewhere() == []         # nothing but this file, or this server
        assert sheet.complaints == []                # nothing on its console

What has happened in the page arrives in `asked` and `complaints` during calls of playwright: a condition to wait for should make one.
Nothing leaves the machine: no name is resolved but localhost, so that a page behaves here as it does without a network.
One browser serves a file of tests, one sheet (cookies and storage of its own) each `open`; sheets are closed when their test ends.
A file that uses it holds no coroutine tests: playwright's synchronous half keeps an event loop in the main thread.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
"""What it is called on PATH."""

OPTIONS = (
    # Containers have no user namespaces to put pages in; these pages are ours.
    "--no-sandbox",
    # /dev/shm of a container may hold 64 MB
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    "--disable-background-networking",
)


@dataclass
class Sheet:
    """One page in a tab of its own."""

    page: Any
    """playwright's Page (synchronous): keyboard, mouse, evaluate, screenshot, set_viewport_size, wait_for_function."""
    asked: list[str] = field(default_factory=list)
    """Every address that it asked for, websockets too, in order, whether answered or not."""
    received: list[bytes | str] = field(default_factory=list)
    """Every message that came through a websocket of it."""
    sent: list[bytes | str] = field(default_factory=list)
    """Every one that it sent through one."""
    complaints: list[str] = field(default_factory=list)
    """Errors on its console, and errors that no script of it caught."""

    def asked_elsewhere(self) -> list[str]:
        """The addresses among `asked` of another host or port than the page's own; data: and blob: are its own."""
        own = urlsplit(self.page.url).netloc
        return [address for address in self.asked if _leaves(address, own)]


def _listen(sheet: Sheet, socket: Any) -> None:
    sheet.asked.append(socket.url)
    socket.on("framereceived", partial(_note, sheet.received))
    socket.on("framesent", partial(_note, sheet.sent))


def _note(messages: list[bytes | str], message: bytes | str) -> None:
    """What playwright calls must be ours: it writes on it."""
    messages.append(message)


def _leaves(address: str, own: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme not in {"data", "blob", "about"} and parts.netloc != own


class Browser:
    """Opens sheets; owns those of the test that is running."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self._contexts: list[Any] = []

    def open(self, address: str = "about:blank", width: int = 1280, height: int = 720, *, before: str = "") -> Sheet:
        """A new page of `width` x `height` CSS pixels, loaded. playwright.sync_api.Error when nobody answers there.

        `before`: JavaScript that is run before the page's own.
        """
        context = self._real.new_context(viewport={"width": width, "height": height})
        self._contexts.append(context)
        page = context.new_page()
        sheet = Sheet(page)
        page.on("request", lambda request: sheet.asked.append(request.url))
        page.on("websocket", lambda socket: _listen(sheet, socket))
        page.on("console", lambda message: sheet.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: sheet.complaints.append(str(error)))
        if before:
            page.add_init_script(before)
        page.goto(address)
        return sheet

    def close(self, sheet: Sheet) -> None:
        """As when its tab is closed; its page is of no more use."""
        context = sheet.page.context
        self._contexts.remove(context)
        context.close()

    def close_all(self) -> None:
        """Every sheet that is still open."""
        while self._contexts:
            self._contexts.pop().close()


@pytest.fixture(scope="module")
def one_browser() -> Iterator[Browser]:
    """The browser of this file of tests."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is absent: pip install 'concviz[browser]'")
    program = os.environ.get("CONCVIZ_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser is here: none of {', '.join(NAMES)} is on PATH, and CONCVIZ_BROWSER names none")
    with driver.sync_playwright() as playwright:
        real = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield Browser(real)
        real.close()


@pytest.fixture
def browser(one_browser: Browser) -> Iterator[Browser]:
    """Chromium, without pages; those that a test opens end with it."""
    yield one_browser
    one_browser.close_all()
