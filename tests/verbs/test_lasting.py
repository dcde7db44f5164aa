"""Runs that last long: ended after a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from tests.verbs.typed import script

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]

SERVER = """
    import time
    try:
        while True:
            time.sleep(0.01)
    except KeyboardInterrupt:
        print("closed in good order")
"""

DEAF = """
    import signal, time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        time.sleep(0.01)
"""


def test_a_program_is_asked_to_end_when_its_time_is_up_and_the_exit_code_says_so(tmp_path: Path, capsys: Output) -> None:
    kept = tmp_path / "kept.cvz"

    assert main(["run", script(tmp_path, SERVER), "--plain", "--duration", "0.3", "--save", str(kept)]) == 124

    told = capsys.readouterr().out
    assert "closed in good order" in told
    assert "done, its time was up" in told
    assert main(["replay", str(kept), "--json"]) == 0
    (pane,) = json.loads(capsys.readouterr().out)["panes"]
    assert pane["exit"] == {"code": 0, "signal": 0, "stopped": False, "time_up": True}
    assert pane["lost"] == []


def test_a_program_that_does_not_listen_is_ended(tmp_path: Path, capsys: Output) -> None:
    assert main(["run", script(tmp_path, DEAF), "--plain", "--duration", "0.2"]) == 124
    assert "ended by SIGKILL, its time was up" in capsys.readouterr().out


def test_a_program_that_ends_before_keeps_its_own_exit_code(tmp_path: Path) -> None:
    assert main(["run", script(tmp_path, "raise SystemExit(7)"), "--plain", "--duration", "60"]) == 7


def test_a_wrong_duration_is_one_clear_line(tmp_path: Path, capsys: Output) -> None:
    assert main(["run", script(tmp_path, "pass"), "--plain", "--duration", "0"]) == 2
    assert capsys.readouterr().err == "concviz: --duration 0: that is no number of seconds above 0 (see `concviz run --help`)\n"
