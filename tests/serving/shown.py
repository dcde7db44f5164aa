"""The screen in a page of a real browser: what its terminal was sent, read as a terminal reads it, and what a person does to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browsers import Browser, Sheet

LARGEST = (300, 120)
"""No page of these tests has more cells."""


class Shown:
    """One visitor's page."""

    def __init__(self, browser: Browser, address: str, width: int = 1280, height: int = 720, *, before: str = "") -> None:
        pyte = pytest.importorskip("pyte", reason="pyte is absent: it reads what a page was sent")
        self.sheet: Sheet = browser.open(address, width, height, before=before)
        self.page: Any = self.sheet.page
        self._screen = pyte.Screen(*LARGEST)
        self._stream = pyte.ByteStream(self._screen)
        self._read = 0

    @property
    def lines(self) -> list[str]:
        """What the terminal in the page has been told to show so far."""
        self.page.evaluate("1")
        for message in self.sheet.received[self._read :]:
            self._read += 1
            if isinstance(message, bytes):
                self._stream.feed(message)
        return [line.rstrip() for line in self._screen.display]

    def until(self, words: str) -> None:
        """These stand on the screen."""
        self.until_true(lambda: any(words in line for line in self.lines), words)

    def until_true(self, condition: Callable[[], object], what: str = "the condition") -> None:
        """Whatever it is."""
        until(condition, f"{what} in {[line for line in self.lines if line]}")

    def until_said(self, words: str) -> None:
        """The page itself says so, over the terminal."""
        self.until_true(lambda: words in self.page.inner_text("#notice"), words)

    def press(self, *keys: str) -> None:
        """Where the page has its focus."""
        for key in keys:
            self.page.keyboard.press(key)

    def click(self, words: str) -> None:
        """On the place of the screen where these stand."""
        row, line = next((row, line) for row, line in enumerate(self.lines) if words in line)
        box = self.page.locator(".xterm-screen").bounding_box()
        across, down = self.cells
        x = box["x"] + (line.index(words) + 0.5) * box["width"] / across
        self.page.mouse.click(x, box["y"] + (row + 0.5) * box["height"] / down)

    @property
    def cells(self) -> tuple[int, int]:
        """How many the page has, as it told the app last."""
        self.page.evaluate("1")
        told = [said[1] for message in self.sheet.sent if isinstance(message, str) and (said := json.loads(message))[0] == "resize"]
        return told[-1]["width"], told[-1]["height"]
