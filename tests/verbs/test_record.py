"""`concviz record` and `concviz tape`: what can be asked for, and what is left after an interrupt."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from tests.builders import recorded
from tests.recordings.exporters.scenes import HAND_OVER
from tests.verbs.typed import script, started
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A recording's name, in the folder that we are in."""
    monkeypatch.chdir(tmp_path)
    recorded(tmp_path / "run.cvz", *HAND_OVER, ended=21)
    return "run.cvz"


def test_one_recording_becomes_every_kind_of_film_at_once_and_the_same_each_time(run: str, tmp_path: Path) -> None:
    pytest.importorskip("PIL", reason="pillow is not installed")
    names = ("a.cast", "a.html", "a.svg", "a.png", "a.gif")
    words = ["record", run, "--keys", "home right*3 marker:there wait:0.5", *(word for name in names for word in ("-o", name))]

    assert main(words) == 0
    once = {name: (tmp_path / name).read_bytes() for name in names}
    assert main([*words, "--force"]) == 0

    assert {name: (tmp_path / name).read_bytes() for name in names} == once
    assert '"m", "there"]' in once["a.cast"].decode()
    assert once["a.png"].startswith(b"\x89PNG")
    assert once["a.gif"].startswith(b"GIF89a")


def test_a_tape_takes_screenshots_on_its_way(run: str, tmp_path: Path) -> None:
    (tmp_path / "demo.tape").write_text("press home\nscreenshot first.svg\npress end\n")

    assert main(["record", run, "-o", "demo.svg", "--tape", "demo.tape"]) == 0

    assert b"<svg" in (tmp_path / "first.svg").read_bytes()
    assert (tmp_path / "first.svg").read_bytes() != (tmp_path / "demo.svg").read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "needs a file to write"),
        (["-o", "x.avi"], "no format ends like that"),
        (["-o", "there.cast"], "there.cast exists"),
        (["-o", "no/x.cast"], "there is no folder no"),
        (["-o", "/sys/x.cast"], "/sys/x.cast cannot be written: "),
        (["-o", "x.cast", "--size", "10x10"], "size from 80x24"),
        (["-o", "x.cast", "--size", "big"], "size from 80x24"),
        (["-o", "x.cast", "--fps", "0"], "frames a second"),
        (["-o", "x.cast", "--keys", "entr"], "--keys:1:1: no key is called 'entr' (did you mean enter?)"),
        (["-o", "x.cast", "--tape", "no.tape"], "no.tape cannot be read"),
        (["-o", "x.cast", "--set", "a=1"], "--set and --only go with what is run"),
        (["-o", "x.cast", "--keys", "screenshot:there.svg"], "there.svg exists"),
        (["-o", "x.cast", "--keys", "until:never", "--limit", "1"], "--keys:1:7: 'never' did not come within 1 s"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_nothing_is_written(
    run: str, tmp_path: Path, capsys: Output, words: list[str], told: str
) -> None:
    for name in ("there.cast", "there.svg"):
        (tmp_path / name).write_text("mine")

    assert main(["record", run, *words]) == 2

    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.cvz", "there.cast", "there.svg"]
    assert (tmp_path / "there.cast").read_text() == "mine"


def test_what_is_no_recording_is_told(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "x.cvz").write_text("nothing of ours")

    assert main(["record", str(tmp_path / "x.cvz"), "-o", str(tmp_path / "x.cast")]) == 2
    assert "is not a recording" in capsys.readouterr().err


def test_a_run_is_filmed_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    target = script(tmp_path, "print('hello from the program')")

    assert main(["record", target, "-o", str(tmp_path / "x.cast"), "--asciicast", "3", "--size", "100x30"]) == 0

    head, *events = (json.loads(line) for line in (tmp_path / "x.cast").read_text().splitlines())
    assert head["version"] == 3
    assert head["term"]["cols"] == 100
    assert any("hello from the program" in data for _, _, data in events)
    assert events[-1][1:] == ["x", "0"]


def test_after_ctrl_c_what_was_filmed_is_whole(tmp_path: Path) -> None:
    target = script(tmp_path, "import time\nprint('up', flush=True)\nwhile True: time.sleep(0.01)")
    with started("record", target, "-o", "x.cast", "-o", "x.html", cwd=tmp_path) as filming:
        until(lambda: any(b"up" in path.read_bytes() for path in tmp_path.glob(".x.cast.*")), "the program's word on film")

        filming.send_signal(signal.SIGINT)
        out, err = filming.communicate(timeout=30)

    assert (filming.returncode, err) == (130, "")
    assert out.count("\n") == 2
    events = [json.loads(line) for line in (tmp_path / "x.cast").read_text().splitlines()]
    assert events[-1][2] == "\x1b[0m\x1b[?25h"
    assert (tmp_path / "x.html").read_text().rstrip().endswith("</html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program.py", "x.cast", "x.html"]


def test_a_tape_is_checked_before_anything_is_filmed(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "good.tape").write_text("press right*5\nwait 2\n")
    (tmp_path / "bad.tape").write_text("press right*5\nwiat 2\n")

    assert main(["tape", "check", str(tmp_path / "good.tape")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'good.tape'}: 2 steps, 3 s at least\n"
    assert main(["tape", "check", str(tmp_path / "bad.tape")]) == 2
    assert capsys.readouterr().err == f"concviz: {tmp_path / 'bad.tape'}:2:1: there is no step 'wiat' (did you mean wait?)\n"


def test_a_program_that_crashes_while_it_is_filmed_is_in_the_film_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    target = script(tmp_path, "import os, signal\nprint('up', flush=True)\nos.kill(os.getpid(), signal.SIGSEGV)")

    assert main(["record", target, "-o", str(tmp_path / "x.cast")]) == 0

    told = "".join(data for _, code, data in (json.loads(line) for line in (tmp_path / "x.cast").read_text().splitlines()[1:]))
    assert "SIGSEGV" in told


def test_a_disk_that_is_full_is_one_line_and_nothing_is_left(
    run: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("concviz.films.cast.Writer.frame", full)

    assert main(["record", run, "-o", "x.cast", "-o", "x.html"]) == 2

    err = capsys.readouterr().err
    assert "No space left on device" in err
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["run.cvz"]


def test_the_same_recording_gives_the_same_bytes_in_another_process(run: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seed in (("a.cast", "1"), ("b.cast", "2")):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        with started("record", run, "-o", name, "--keys", "home right*2 space wait:0.3", cwd=tmp_path) as filming:
            filming.communicate(timeout=60)

    assert (tmp_path / "a.cast").read_bytes() == (tmp_path / "b.cast").read_bytes()


def test_without_a_target_the_first_screen_is_filmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    assert main(["record", "-o", str(tmp_path / "home.svg"), "--keys", "wait:0.2"]) == 0

    assert "concviz" in (tmp_path / "home.svg").read_text()
