"""What holds for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.browsers import browser, one_browser
from tests.leaks import MARK, Before

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["browser", "one_browser"]
"""Fixtures for every test."""


@pytest.fixture(autouse=True)
def nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that leaves a thread, a process or shared memory behind fails."""
    mark = uuid4().hex
    monkeypatch.setenv(MARK, mark)
    monkeypatch.setenv("CONCVIZ_TRACEBACK", "1")
    monkeypatch.setenv("CONCVIZ_PROGRESS", "/dev/null/progress.json")
    before = Before(mark)
    yield
    assert before.left() == []
