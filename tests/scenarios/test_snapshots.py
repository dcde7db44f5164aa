"""Each built-in scenario's screen, from a stored recording of a real run, is as it was when somebody last looked at it."""

from __future__ import annotations

import pytest

from concviz.scenarios import ORDER
from tests.snapshots import FOLDER, recording, screen, text

AGAIN = "look at it; if it is as it should be: python -m tests.snapshots"


@pytest.mark.parametrize("name", ORDER)
def test_a_recording_opens_on_the_screen_that_is_kept(name: str) -> None:
    shown, kept = screen(name).splitlines(), text(name).read_text(encoding="utf-8").splitlines()

    assert shown == kept, f"{AGAIN} {name}"


def test_every_scenario_has_a_recording_and_nothing_else_has() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {path.name for name in ORDER for path in (recording(name), text(name))}


def test_screens_name_no_place_of_the_machine_they_were_recorded_on() -> None:
    root = str(FOLDER.parents[2])

    assert [name for name in ORDER if root in text(name).read_text(encoding="utf-8")] == []
