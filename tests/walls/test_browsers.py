"""The tool that pages are tested with says what a page asks for and complains about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browsers import Browser

pytestmark = pytest.mark.browser


def test_a_page_that_asks_elsewhere_is_found(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<img src="data:,"><link rel="stylesheet" href="https://fonts.example.org/a.css">', encoding="utf-8")

    sheet = browser.open(page.as_uri())

    assert sheet.asked_elsewhere() == ["https://fonts.example.org/a.css"]
    assert "ERR_NAME_NOT_RESOLVED" in sheet.complaints[0]


def test_an_error_of_a_pages_script_is_found(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<script>setTimeout(() => nothing.here)</script>", encoding="utf-8")

    sheet = browser.open(page.as_uri())

    until(lambda: sheet.page.evaluate("1") and sheet.complaints)
    assert sheet.complaints == ["nothing is not defined"]
    assert sheet.asked_elsewhere() == []
