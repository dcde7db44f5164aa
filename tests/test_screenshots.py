"""The check of the README's pictures: it tells what is out of date, and holds its peace else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import screenshots
from tests.screenshots import FOLDER, STORIES, Story, stale

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DEADLOCK = next(story for story in STORIES if story.name == "deadlock")


def test_every_picture_and_recording_is_there() -> None:
    pictures = {f"{story.name}.svg" for story in STORIES if story.name != screenshots.FILM}

    assert len(pictures) >= 6
    assert pictures | {"demo.gif", "demo.cast", "demo.tape"} <= {path.name for path in FOLDER.iterdir()}
    assert all(story.run.is_file() for story in STORIES if story.scenario)


def test_a_picture_made_from_its_recording_is_not_out_of_date_and_another_is(tmp_path: Path) -> None:
    DEADLOCK.made(tmp_path)
    assert stale(DEADLOCK, tmp_path) == []

    (tmp_path / "deadlock.svg").write_bytes((tmp_path / "deadlock.svg").read_bytes() + b" ")
    assert stale(DEADLOCK, tmp_path) == ["deadlock.svg"]


def test_the_check_says_which_are_out_of_date(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setattr(screenshots, "STORIES", (Story("one", "x"), Story("two", "x"), Story("home")))
    monkeypatch.setattr(screenshots, "stale", lambda story: ["one.svg"] if story.name == "one" else [])

    assert screenshots.main(["--check"]) == 1
    assert capsys.readouterr().out.startswith("screenshots/one.svg is out of date")
    assert screenshots.main(["--check", "two"]) == 0


def test_recordings_in_the_tree_name_no_place_of_the_machine_they_were_made_on() -> None:
    for story in STORIES:
        if story.scenario:
            assert b"site-packages" not in story.run.read_bytes()
            assert str(FOLDER.parent).encode() not in story.run.read_bytes()
