"""--sampling: how much looking from outside may cost, and what is said when it is off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from tests.verbs.typed import script

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(("words", "budget"), [((), 0.05), (("--sampling", "20"), 0.2), (("--sampling", "0"), 0.0)])
def test_the_budget_asked_for_is_the_one_told(tmp_path: Path, words: tuple[str, ...], budget: float, capsys: Output) -> None:
    assert main(["run", script(tmp_path, "print('hello')"), "--json", *words]) == 0

    (pane,) = json.loads(capsys.readouterr().out)["panes"]
    assert pane["measured"]["budget"] == budget


def test_without_it_the_text_says_what_is_not_measured(tmp_path: Path, capsys: Output) -> None:
    main(["run", script(tmp_path, "print('hello')"), "--plain", "--sampling", "0"])

    told = capsys.readouterr().out
    assert "not measured: who holds the GIL: sampling is off" in told
    assert "not measured: who is on a core: sampling is off" in told


@pytest.mark.parametrize("words", ["-1", "101", "nan", "much"])
def test_what_is_no_percentage_is_refused(tmp_path: Path, words: str, capsys: Output) -> None:
    assert main(["run", script(tmp_path, ""), "--plain", f"--sampling={words}"]) == 2
    assert "percent" in capsys.readouterr().err
