"""Comparing from the command line: one clear line for what is wrong, a row for what fails, and nothing left behind."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from concviz.runs import folders
from tests.verbs.typed import script, started
from tests.waiting import until
from tests.whole.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]

NAPS = "import time\ndef f(n): time.sleep(0.02); return n"


def test_the_table_has_a_row_for_each_variant_and_ends_in_sentences(tmp_path: Path, capsys: Output) -> None:
    target = f"{script(tmp_path, NAPS)}:f"

    assert main(["compare", target, "--each", "4", "--workers", "2", "--repeat", "2", "--plain", "--width", "120"]) == 0

    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0].startswith("f of program.py · 4 inputs (0 to 3) · ")
    assert [
        name for name in ("sequential", "threads × 2", "processes × 2", "asyncio × 2") if not any(line.startswith(name) for line in lines)
    ] == []
    assert "results: the same in every variant" in lines
    assert "It mostly waits" in told.out
    assert told.err == ""


def test_the_data_have_the_same(tmp_path: Path, capsys: Output) -> None:
    target = f"{script(tmp_path, NAPS)}:f"

    assert main(["compare", target, "--inputs", "[5, 6]", "--workers", "2", "--repeat", "1", "--only", "threads", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    first, second = told["rows"]
    assert (told["function"], told["inputs"], told["rounds"]) == ("f", 2, 1)
    assert [(one["model"], one["workers"]) for one in (first, second)] == [("sequential", 1), ("threads", 2)]
    assert second["speed_up"]["median"] == first["works_s"][0] / second["works_s"][0]
    assert told["results"] == {"steady": True, "not_compared": 0, "differences": []}


def test_a_row_that_fails_is_no_failure_and_the_baselines_is(tmp_path: Path, capsys: Output) -> None:
    source = "f = lambda n: n\ndef g(n): raise ValueError(n)"
    target = script(tmp_path, source)
    words = ["--workers", "2", "--repeat", "1", "--only", "processes", "--plain"]

    assert main(["compare", f"{target}:f", *words]) == 0
    assert "not picklable: " in capsys.readouterr().out
    assert main(["compare", f"{target}:g", *words]) == 1
    assert "failed: ValueError: 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nothing.py:f"], "there is no file nothing.py"),
        (["{}"], "names no function"),
        (["{}:g"], "has no function 'g'"),
        (["{}:f", "--inputs", "3"], "is no list"),
        (["{}:f", "--inputs", "[]"], "is empty"),
        (["{}:f", "--each", "0"], "that is no whole number from 1"),
        (["{}:f", "--workers", "1,x"], "that is no list of whole numbers from 1 to 1000"),
        (["{}:f", "--only", "thread"], "did you mean 'threads'"),
        (["{}:f", "--only", "dask"], "dask needs a cluster"),
        (["{}:f", "--python", "nothing"], "there is no interpreter nothing"),
        (["{}:f", "--keep", "."], "exists"),
    ],
)
def test_what_is_wrong_is_one_clear_line(tmp_path: Path, words: list[str], why: str, capsys: Output) -> None:
    target = script(tmp_path, "def f(n): return n")

    assert main(["compare", *(word.replace("{}", target) for word in words)]) == 2

    told = capsys.readouterr()
    assert why in told.err
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_the_scripts_can_be_kept(tmp_path: Path, capsys: Output) -> None:
    kept = tmp_path / "kept"
    words = ["--workers", "2", "--repeat", "1", "--only", "threads", "--keep", str(kept), "--json"]

    assert main(["compare", f"{script(tmp_path, NAPS)}:f", *words]) == 0

    assert sorted(path.name for path in kept.iterdir()) == ["concviz_measured.py", "sequential_1.py", "threads_2.py"]
    capsys.readouterr()


ENDLESS = """
    import pathlib, time
    def f(n):
        pathlib.Path("up").touch()
        while True:
            time.sleep(0.01)
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_however_it_ends_no_process_stays(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """That none stays is what `nothing_left` looks for after every test."""
    with started("compare", f"{script(tmp_path, ENDLESS)}:f", "--plain", cwd=tmp_path) as ran:
        until((tmp_path / "up").exists, "the work's beginning")

        ran.send_signal(number)
        out, err = ran.communicate(timeout=30)

    assert (ran.returncode, out, err) == (code, "", "")
    left = list(folders.memory_root().glob(f"{folders.PREFIX}{ran.pid}-*"))
    if number is signal.SIGINT:
        assert left == []
    else:
        until(lambda: not [*folders.sweep()] and not any(folder.exists() for folder in left), "the removal of what it left")


def test_in_a_terminal_the_models_are_shown_live_before_the_table(tmp_path: Path) -> None:
    target = f"{script(tmp_path, NAPS)}:f"
    with Terminal("compare", target, "--workers", "2", "--repeat", "1", "--only", "threads", folder=tmp_path) as terminal:
        terminal.shows("f of program.py", "threads × 2")
        terminal.type("q")

        assert terminal.ended() == 0
        assert terminal.text.rstrip().endswith("give --repeat 6 or more.")
