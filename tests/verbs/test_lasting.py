"""Runs that last long: ended after a time, only the newest events in memory, only the time around triggers kept."""

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

BUSY = """
    import threading
    lock = threading.Lock()
    for _ in range(3000):
        with lock:
            pass
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


def test_only_the_newest_events_are_kept_in_memory_and_the_sums_count_all(tmp_path: Path, capsys: Output) -> None:
    target, kept = script(tmp_path, BUSY), str(tmp_path / "kept.cvz")
    main(["run", "--json", "--keep", "1000", "--save", kept, target])
    (live,) = json.loads(capsys.readouterr().out)["panes"]
    main(["replay", kept, "--json", "--keep", "all"])
    (whole,) = json.loads(capsys.readouterr().out)["panes"]

    assert whole["earliest_s"] is None
    assert live["earliest_s"] > 0
    assert 4000 < live["older_events"] < live["events"] - 1000
    assert live["events"] == whole["events"]
    assert all(span["to_s"] >= live["earliest_s"] for worker in live["workers"] for span in worker["spans"])


def test_the_text_says_from_when_on_events_are_in_memory_and_where_the_others_are(tmp_path: Path, capsys: Output) -> None:
    main(["run", "--plain", "--keep", "1k", "--width", "160", script(tmp_path, BUSY)])

    assert " on; older events: on disk" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["10", "-1", "2T", "many", "nan", "inf"])
def test_a_wrong_number_of_events_is_one_clear_line(words: str, capsys: Output) -> None:
    assert main(["run", "primes", "--plain", "--keep", words]) == 2

    assert capsys.readouterr().err.startswith(f"concviz: --keep {words}: that is no number of events from 1,000 on")


HELD = """
    import threading, time
    lock = threading.Lock()
    def wait():
        with lock:
            pass
    for seconds in (0.0, 0.15, 0.0):
        with lock:
            thread = threading.Thread(target=wait, name=f"waits {seconds}")
            thread.start()
            time.sleep(seconds)
        thread.join()
        time.sleep(0.4)
"""


def test_only_the_time_around_what_a_trigger_asks_for_is_kept_with_a_note(tmp_path: Path, capsys: Output) -> None:
    target, kept = script(tmp_path, HELD), tmp_path / "kept.cvz"
    words = ["--trigger", "lock wait > 100ms", "--around", "0.1", "--fail-on", "trigger"]

    assert main(["run", "--json", *words, "--save", str(kept), target]) == 3

    ran, said = capsys.readouterr()
    (live,) = json.loads(ran)["panes"]
    assert said == f"concviz: kept: {kept}\n"
    assert [found["words"] for found in live["findings"] if found["kind"] == "trigger"] != []
    assert main(["replay", str(kept), "--json"]) == 0
    (pane,) = json.loads(capsys.readouterr().out)["panes"]
    (note,) = [found for found in pane["findings"] if found["kind"] == "trigger"]
    assert note["words"].startswith("lock wait > 100ms: lock wait of 1")
    assert note["workers"] == ["waits 0.15"]
    assert 0.05 < note["from_s"] - pane["earliest_s"] < 0.15
    assert pane["events"] < live["events"]
    assert all(span["from_s"] < note["from_s"] + 0.11 for worker in pane["workers"] for span in worker["spans"])


def test_where_no_trigger_fires_nothing_is_kept_and_that_is_said(tmp_path: Path, capsys: Output) -> None:
    kept = tmp_path / "kept.cvz"

    assert main(["run", script(tmp_path, "pass"), "--json", "--trigger", "exception", "--save", str(kept)]) == 0

    assert capsys.readouterr().err == "concviz: no trigger fired: nothing is kept\n"
    assert not kept.exists()


def test_a_trigger_that_makes_no_sense_is_one_clear_line_that_points_at_the_place(capsys: Output) -> None:
    assert main(["run", "primes", "--plain", "--trigger", "lock wiat > 50ms"]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("concviz: --trigger 'lock wiat > 50ms', character 6: \"wait\" should stand there, not 'wiat'")


def test_a_recording_in_parts_keeps_the_newest_and_each_can_be_opened_alone(tmp_path: Path, capsys: Output) -> None:
    target, kept = script(tmp_path, BUSY), tmp_path / "kept.cvz"

    assert main(["run", "--json", "--rotate", "100k", "--parts", "2", "--save", str(kept), target]) == 0

    ran, said = capsys.readouterr()
    (live,) = json.loads(ran)["panes"]
    assert live["earliest_s"] is None
    assert said.startswith(f"concviz: kept in parts: {kept}, {tmp_path / 'kept-2.cvz'}; ")
    told = []
    for file in (kept, tmp_path / "kept-2.cvz"):
        assert file.stat().st_size < 200_000
        assert main(["replay", str(file), "--json"]) == 0
        told += json.loads(capsys.readouterr().out)["panes"]
    older, newest = told
    assert 0 < older["earliest_s"] < newest["earliest_s"] < live["wall_s"]
    assert (older["exit"], newest["exit"]) == (None, live["exit"])
    assert [worker["name"] for worker in newest["workers"]] == [worker["name"] for worker in live["workers"]]
    assert newest["events"] == live["events"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rotate", "10"], "that is no size from 100k to 8G"),
        (["--rotate", "1T"], "that is no size from 100k to 8G"),
        (["--rotate", "64M"], "--rotate goes with one program (choose a pane with --only)"),
        (["--parts", "3"], "--parts goes with --rotate"),
        (["--around", "3"], "--around goes with --trigger"),
    ],
)
def test_wrong_words_about_parts_are_one_clear_line(words: list[str], said: str, capsys: Output) -> None:
    assert main(["run", "three_models", "--plain", *words]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
