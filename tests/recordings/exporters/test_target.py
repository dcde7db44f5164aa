"""A file that is made is there whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.errors import TargetError
from concviz.recordings.exporters.target import made

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_written_stands_there_afterwards_and_nothing_beside_it(tmp_path: Path) -> None:
    with made(tmp_path / "a.json", force=False) as out:
        out.write(b"{}")
        assert not (tmp_path / "a.json").exists()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"{}"}


def test_after_an_interrupt_there_is_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with made(tmp_path / "a.json", force=False) as out:
            out.write(b"{")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_only_when_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("mine")

    with pytest.raises(TargetError, match="exists"), made(path, force=False):
        pass
    assert path.read_text() == "mine"
    with made(path, force=True) as out:
        out.write(b"yours")
    assert path.read_text() == "yours"


def test_a_file_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"

    with pytest.raises(TargetError, match="exists"), made(path, force=False):
        path.write_text("theirs")

    assert path.read_text() == "theirs"


def test_a_folder_and_a_path_without_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="is a folder"), made(tmp_path, force=True):
        pass
    with pytest.raises(TargetError, match="no folder"), made(tmp_path / "no" / "a.json", force=True):
        pass


def test_a_full_disk_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"cannot be written: No space left"), made(tmp_path / "a.json", force=False):
        raise OSError(28, "No space left on device")

    assert list(tmp_path.iterdir()) == []
