"""Runs put together into one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.errors import RecordingError
from concviz.recordings.follow import opened
from concviz.recordings.save import save, save_over
from tests.builders import lane, recorded, spans

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, name: str) -> Path:
    return recorded(folder / f"{name}.cvz", lane(name).runs(0).sleeps(2, 5).ends(7), ended=8, title=name)


def test_saved_runs_are_the_runs_that_were_recorded(tmp_path: Path) -> None:
    save([run(tmp_path, "one"), run(tmp_path, "two")], tmp_path / "stage.cvz", scenario="both")
    follow = opened(tmp_path / "stage.cvz")

    assert follow.head["scenario"] == "both"
    assert [each.meta.launch["title"] for each in follow.timelines] == ["one", "two"]
    for each, name in zip(follow.timelines, ("one", "two"), strict=True):
        assert spans(each, name) == spans(opened(tmp_path / f"{name}.cvz").timelines[0], name)


def test_what_was_saved_can_be_saved_again(tmp_path: Path) -> None:
    save([run(tmp_path, "one"), run(tmp_path, "two")], tmp_path / "stage.cvz")
    save([run(tmp_path, "three"), tmp_path / "stage.cvz"], tmp_path / "again.cvz")

    assert [each.meta.launch["title"] for each in opened(tmp_path / "again.cvz").timelines] == ["three", "one", "two"]


def test_a_recording_that_still_grows_is_saved_up_to_its_last_whole_frame(tmp_path: Path) -> None:
    path = run(tmp_path, "one")
    path.write_bytes(path.read_bytes()[:-5])
    save([path], tmp_path / "saved.cvz")

    assert opened(tmp_path / "saved.cvz").cut is False


def test_a_file_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "precious.cvz"
    target.write_bytes(b"precious")

    with pytest.raises(RecordingError, match="exists"):
        save([run(tmp_path, "one")], target)
    assert target.read_bytes() == b"precious"


def test_a_file_is_overwritten_with_leave(tmp_path: Path) -> None:
    target = tmp_path / "old.cvz"
    target.write_bytes(b"old")
    save_over([run(tmp_path, "one")], target)

    assert len(opened(target).timelines) == 1


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    bad = tmp_path / "bad.cvz"
    bad.write_bytes(b"no recording")

    with pytest.raises(RecordingError, match="not a recording"):
        save([run(tmp_path, "one"), bad], tmp_path / "target.cvz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.cvz", "one.cvz"]


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be written"):
        save([run(tmp_path, "one")], tmp_path / "none" / "target.cvz")


def test_more_runs_than_a_file_can_tell_apart_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="too many"):
        save([run(tmp_path, "one")] * 257, tmp_path / "target.cvz")
