"""`--no-source` and `--redact-env`: with whatever keeps a recording, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from concviz.recordings.follow import opened
from tests.verbs.typed import script

if TYPE_CHECKING:
    from pathlib import Path


def words(path: Path) -> str:
    """What the program printed."""
    return "".join(line.text for line in opened(path).timelines[0].output)


def test_a_recording_is_kept_again_without_sources_and_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TOKEN", "very-secret")
    target = script(tmp_path, "import os\nprint('with', os.environ['TOKEN'])")
    kept, shared = tmp_path / "kept.cvz", tmp_path / "shared.cvz"

    assert main(["run", target, "--plain", "--save", str(kept)]) == 0
    assert main(["export", str(kept), "-o", str(shared), "--no-source", "--redact-env"]) == 0

    assert words(kept) == "with very-secret"
    assert opened(kept).head["machine"]["system"]
    assert str(tmp_path).encode() not in kept.read_bytes()
    follow = opened(shared)
    assert words(shared) == f"with {'*' * 11}"
    assert follow.head["title"] == opened(kept).head["title"]
    assert follow.timelines[0].source("~/program.py") is None
    assert opened(kept).timelines[0].source("~/program.py") is not None


@pytest.mark.parametrize("words", [["run", "three_models", "--plain", "--no-source"], ["export", "x.cvz", "-o", "x.csv", "--redact-env"]])
def test_where_no_recording_is_kept_there_is_nothing_to_leave_out(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "goes with a recording that is kept" in capsys.readouterr().err
