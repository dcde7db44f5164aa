"""Watching without a screen: the program's own words and end, in time, and nothing left of it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from concviz.cli import main
from tests.builders import lane, recorded
from tests.verbs.typed import script, started
from tests.waiting import until
from tests.walls.tree import ROOT

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("source", "code"),
    [("print('hello')", 0), ("raise SystemExit(3)", 3), ("1 / 0", 1), ("import os; os.kill(os.getpid(), 11)", 139)],
    ids=["ends", "exit code", "exception", "signal"],
)
def test_the_exit_code_is_the_programs_own(tmp_path: Path, source: str, code: int, capsys: Output) -> None:
    assert main(["run", script(tmp_path, source), "--plain"]) == code
    assert capsys.readouterr().err == ""


def test_the_programs_arguments_and_input_reach_it(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "in").write_text("some words")
    target = script(tmp_path, "import sys; print(sys.argv[1:], sys.stdin.read())")

    main(["run", target, "a", "--plain", "--stdin", str(tmp_path / "in"), "b", "--", "--plain", "-x"])

    assert "['a', 'b', '--plain', '-x'] some words" in capsys.readouterr().out


def test_a_scenario_as_data_is_one_object(capsys: Output) -> None:
    assert main(["run", "event_start", "--json", "--only", "threads", "--set", "runners=2"]) == 0

    told = json.loads(capsys.readouterr().out)
    (pane,) = told["panes"]
    assert (told["scenario"], told["parameters"], pane["model"]) == ("event_start", {"runners": 2}, "threads")
    assert pane["exit"] == {"code": 0, "signal": 0, "stopped": False, "time_up": False}
    assert sorted(line["text"] for line in pane["output"]) == ["go!", "runner 0 has arrived", "runner 1 has arrived"]
    assert {"wall_s", "cpu_s", "events", "dropped", "workers", "resources"} <= set(pane)


def test_what_was_saved_replays_without_any_program(tmp_path: Path, capsys: Output) -> None:
    target, kept = script(tmp_path, "print('hello')"), str(tmp_path / "kept.cvz")
    main(["run", target, "--plain", "--save", kept, "--width", "80"])
    ran = capsys.readouterr().out
    (tmp_path / "program.py").unlink()

    assert main(["replay", kept, "--plain", "--width", "80"]) == 0

    replayed = capsys.readouterr().out
    assert replayed == ran
    assert "hello" in replayed


def test_a_recording_is_never_overwritten(tmp_path: Path, capsys: Output) -> None:
    kept = tmp_path / "kept.cvz"
    kept.write_text("mine")

    assert main(["run", script(tmp_path, "print('hello')"), "--plain", "--save", str(kept)]) == 2

    assert kept.read_text() == "mine"
    assert capsys.readouterr().out == ""


def test_what_is_no_recording_is_told(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "x.cvz").write_text("nothing of ours")

    assert main(["replay", str(tmp_path / "x.cvz"), "--plain"]) == 2
    assert "is not a recording" in capsys.readouterr().err


def test_a_recording_as_data(tmp_path: Path, capsys: Output) -> None:
    path = recorded(tmp_path / "run.cvz", lane("main", "process").runs(0).prints("one\n", 1).ends(2), ended=3, model="threads")

    main(["replay", str(path), "--json"])

    (pane,) = json.loads(capsys.readouterr().out)["panes"]
    assert (pane["model"], pane["wall_s"], pane["output"][0]["text"]) == ("threads", 0.003, "one")


def test_a_deadlock_is_ended_by_the_timeout_and_shown(capsys: Output) -> None:
    assert main(["run", "deadlock", "--plain", "--only", "opposite_order", "--timeout", "2"]) == 124

    out = capsys.readouterr().out
    assert " stopped " in out
    assert "held by" in out


def test_in_a_scenario_the_timeout_is_no_failure(capsys: Output) -> None:
    assert main(["run", "deadlock", "--json", "--timeout", "3"]) == 0

    stuck, ended = json.loads(capsys.readouterr().out)["panes"]
    assert stuck["exit"]["stopped"]
    assert ended["exit"] == {"code": 0, "signal": 0, "stopped": False, "time_up": False}


def test_a_module_runs_as_python_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "shop" / "goods.py").write_text("price = 7")
    main_file = tmp_path / "shop" / "__main__.py"
    main_file.write_text("import sys\nfrom . import goods\nprint(sys.argv[1:], __name__, __package__, __spec__.name, goods.price)\n")
    monkeypatch.chdir(tmp_path)
    bare = subprocess.run([sys.executable, "-m", "shop", "--all", "x"], capture_output=True, text=True, check=True)

    assert main(["run", "--plain", "-m", "shop", "--all", "x"]) == 0

    assert bare.stdout.strip() == "['--all', 'x'] __main__ shop shop.__main__ 7"
    assert bare.stdout.strip() in capsys.readouterr().out


def test_a_module_that_is_not_there_is_told_by_the_interpreter_itself(capsys: Output) -> None:
    assert main(["run", "--plain", "-m", "no_such_module"]) == 1

    assert "No module named no_such_module" in capsys.readouterr().out


WAITS = """
    import pathlib, time
    try:
        pathlib.Path("up").touch()
        while True:
            time.sleep(0.01)
    except KeyboardInterrupt:
        print("interrupted")
"""
STUBBORN = """
    import pathlib, signal, time
    signal.signal(signal.SIGINT, lambda *_: pathlib.Path("interrupted").touch())
    pathlib.Path("up").touch()
    while True:
        time.sleep(0.01)
"""


def test_ctrl_c_interrupts_the_program_as_it_would_without_us(tmp_path: Path) -> None:
    with started("run", script(tmp_path, WAITS), "--plain", cwd=tmp_path) as ran:
        until((tmp_path / "up").exists, "the program's first line")

        ran.send_signal(signal.SIGINT)
        out, err = ran.communicate(timeout=30)

    assert (ran.returncode, err) == (0, "")
    assert "interrupted" in out


def test_a_second_ctrl_c_ends_what_the_first_did_not(tmp_path: Path) -> None:
    with started("run", script(tmp_path, STUBBORN), "--plain", cwd=tmp_path) as ran:
        until((tmp_path / "up").exists, "the program's first line")
        ran.send_signal(signal.SIGINT)
        until((tmp_path / "interrupted").exists, "the program's answer")

        ran.send_signal(signal.SIGINT)
        out, err = ran.communicate(timeout=30)

    assert (ran.returncode, err) == (130, "")
    assert " stopped " in out


def test_text_for_a_terminal_without_our_glyphs_is_ascii(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with started("run", script(tmp_path, "import sys; sys.stdout.buffer.write(b'\\xc3\\xa9')"), "--plain") as ran:
        out, err = ran.communicate(timeout=30)

    assert (ran.returncode, err) == (0, "")
    assert out.isascii()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc here")
def test_a_dash_gives_the_program_our_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "concviz", "run", script(tmp_path, "print(input() + '!')"), "--plain", "--stdin", "-"]

    ran = subprocess.run(command, input="hello\n", capture_output=True, text=True, cwd=ROOT, check=False)

    assert ran.returncode == 0
    assert "hello!" in ran.stdout
