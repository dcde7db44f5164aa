"""What the doctor tells of this machine, and which interpreters it looks at."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from concviz.cli import main
from concviz.verbs import interpreters

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    Output = pytest.CaptureFixture[str]


def test_the_doctor_gives_a_reason_with_each_check(capsys: Output) -> None:
    assert main(["doctor", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    names = [check["name"] for check in told["machine"]]
    own = told["interpreters"][0]
    assert all(check["words"] for check in [*told["machine"], *told["terminal"], *own["checks"]])
    assert {"cores", "clock", "shared memory", "keeps orphans", "dies with its parent", "sees cores"} <= set(names)
    assert own["path"] == sys.executable
    assert own["checks"][0]["holds"]
    assert [check["holds"] for check in told["terminal"] if check["name"] == "terminal"] == [False]


def test_the_doctor_as_text_says_yes_or_no(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreters, "FOUND_BY_NAME", ())

    assert main(["doctor"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "This machine"
    assert {line.split()[0] for line in lines if line.startswith("  ")} <= {"yes", "no"}


def test_an_interpreter_that_is_found_twice_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python3.11").symlink_to(os.path.realpath(sys.executable))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert interpreters.found() == [sys.executable]


def test_what_does_not_answer_is_no_interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python3.12").write_text("#!/bin/sh\nexit 127\n")
    (tmp_path / "python3.12").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert interpreters.found() == [sys.executable]
