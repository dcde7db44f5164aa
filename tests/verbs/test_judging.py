"""Findings on the command line: told in text and data, failing the command when asked to, with limits of one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from tests.builders import lane, recorded
from tests.verbs.typed import script

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]

ENDLESS = ["run", "deadlock", "--only", "opposite_order", "--timeout", "1.5"]


@pytest.fixture
def contended(tmp_path: Path) -> str:
    holder = lane("A").runs(0).takes("x", 1).releases("x", 410).ends(600)
    waiter = lane("B").runs(0).waits_for("x", 10, 410, held_by="A", line=7).releases("x", 411).ends(600)
    return str(recorded(tmp_path / "run.cvz", lane("main", "process").runs(0).ends(600), holder, waiter, ended=600))


def test_a_deadlock_fails_the_run_and_is_told(capsys: Output) -> None:
    assert main([*ENDLESS, "--plain", "--width", "90", "--fail-on", "deadlock,blocked-loop"]) == 3

    out = capsys.readouterr().out
    assert "\nfindings:\n  error at " in out
    assert ": deadlock\n" in out
    assert "2 workers wait for each other in a circle:" in out
    assert "Take the locks in one order everywhere" in out


def test_without_it_the_exit_code_is_as_ever(capsys: Output) -> None:
    assert main([*ENDLESS, "--json"]) == 124

    (finding,) = json.loads(capsys.readouterr().out)["panes"][0]["findings"]
    assert (finding["kind"], finding["weight"]) == ("deadlock", "error")
    assert {resource["name"] for resource in finding["resources"]} == {"apples", "bread"}
    assert finding["workers"][2] == "main"
    assert finding["sites"][0]["file"].endswith("opposite_order.py")
    assert 0 < finding["from_s"] < finding["to_s"]


def test_what_was_not_found_fails_nothing(tmp_path: Path, capsys: Output) -> None:
    assert main(["run", script(tmp_path, "raise SystemExit(7)"), "--json", "--fail-on", "deadlock"]) == 7
    assert json.loads(capsys.readouterr().out)["panes"][0]["findings"] == []


def test_a_recording_is_judged_too(contended: str, capsys: Output) -> None:
    assert main(["replay", contended, "--plain"]) == 0
    assert main(["replay", contended, "--plain", "--fail-on", "contention"]) == 3

    assert "A made B wait 400 ms for `x`" in capsys.readouterr().out


def test_a_limit_changes_what_is_found(contended: str, capsys: Output) -> None:
    assert main(["replay", contended, "--json", "--fail-on", "contention", "--limit", "contention.ms=500"]) == 0
    assert json.loads(capsys.readouterr().out)["panes"][0]["findings"] == []


def test_all_of_it_fits_the_width(contended: str, capsys: Output) -> None:
    main(["replay", contended, "--plain", "--width", "50", "--ascii"])

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 50
    assert "\n".join(lines).isascii()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--fail-on", "deadlok"], "there is no finding 'deadlok' (there are: deadlock, "),
        (["--fail-on", ","], "--fail-on names no finding"),
        (["--limit", "deadlock"], "--limit deadlock sets nothing"),
        (["--limit", "foo=1"], "write --limit NAME.LIMIT=VALUE; there are: deadlock.seconds=0.5, "),
        (["--limit", "deadlok.seconds=1"], "there is no finding 'deadlok'"),
        (["--limit", "deadlock.minutes=1"], "deadlock has no limit 'minutes' (there are: deadlock.seconds=0.5)"),
        (["--limit", "task-exception.ms=1"], "task-exception has no limit 'ms' (it has none)"),
        (["--limit", "deadlock.seconds=soon"], "'soon' is not a number from 0 on"),
        (["--limit", "deadlock.seconds=-1"], "'-1' is not a number from 0 on"),
    ],
)
def test_a_wrong_word_is_one_line_before_anything_runs(contended: str, options: list[str], words: str, capsys: Output) -> None:
    assert main(["replay", contended, "--plain", *options]) == 2
    assert main(["run", "deadlock", "--plain", *options]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert len(told.err.splitlines()) == 2


@pytest.mark.parametrize("option", [["--fail-on", "deadlock"], ["--limit", "deadlock.seconds=1"]])
def test_they_are_not_for_the_screen(contended: str, option: list[str], capsys: Output) -> None:
    assert main(["run", "deadlock", *option]) == 2
    assert main(["replay", contended, *option]) == 2
    assert "goes with --plain or --json" in capsys.readouterr().err
