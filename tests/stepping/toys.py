"""Sessions and plays of toy programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concviz.stepping import request
from concviz.stepping.play import Lead, Play, Way
from concviz.stepping.request import Request
from tests.waiting import until
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

HOST = Path(__file__).parent / "toy_host.py"
SOURCE = "def work():\n    begin()\n    value = counter\n    counter = value + 1\n    end()\n"


def a_request(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> Request:
    """A toy program, which lies in a file."""
    monkeypatch.setattr(request, "HOST", HOST)
    script = folder / name
    script.write_text(SOURCE)
    return Request(script, env={"PYTHONPATH": str(ROOT)})


def settled(play: Play) -> Play:
    """When nothing happens any more until the person does something."""

    def is_it() -> bool:
        play.poll(0.05)
        return play.settled

    until(is_it, "a play that stands still")
    return play


def led(play: Play, do: Callable[[], object]) -> Play:
    """Likewise, after this."""
    do()
    return settled(play)


__all__ = ["Lead", "Play", "Way", "a_request", "led", "settled"]
