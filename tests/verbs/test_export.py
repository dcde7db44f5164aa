"""`concviz export`: what can be asked for, and what is refused in one line."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from concviz.recordings.exporters import FORMATS
from tests.benchmarks import recording
from tests.builders import recorded
from tests.recordings.exporters.scenes import HAND_OVER
from tests.verbs.typed import started
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


def test_one_recording_becomes_every_format_at_once(tmp_path: Path, capsys: Output) -> None:
    path = recorded(tmp_path / "run.cvz", *HAND_OVER, ended=21)
    targets = [str(tmp_path / f"out{suffix}") for suffix in FORMATS]

    assert main(["export", str(path), *(word for target in targets for word in ("-o", target))]) == 0

    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == targets
    assert "traceEvents" in json.loads((tmp_path / "out.json").read_text())
    assert "resourceSpans" in json.loads((tmp_path / "out.otlp.json").read_text())
    assert (tmp_path / "out.csv").read_text().startswith("run,time_ns")
    assert (tmp_path / "out.pftrace").read_bytes()[0] == 0x0A


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "needs a target"),
        (["-o", "x.xls"], "no format ends like that"),
        (["-o", "x.json", "-o", "x.csv"], "x.csv exists"),
        (["-o", "no/x.json"], "there is no folder no"),
        (["-o", "x.json", "--forse"], "did you mean --force"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    recorded(tmp_path / "run.cvz", *HAND_OVER, ended=21)
    (tmp_path / "x.csv").write_text("mine")

    assert main(["export", "run.cvz", *words]) == 2

    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.cvz", "x.csv"]


@pytest.mark.parametrize("data", [b"nothing of ours", b"", b"CVZ9"], ids=["foreign", "empty", "later version"])
def test_what_is_no_recording_leaves_no_target(tmp_path: Path, capsys: Output, data: bytes) -> None:
    (tmp_path / "run.cvz").write_bytes(data)

    assert main(["export", str(tmp_path / "run.cvz"), "-o", str(tmp_path / "x.json")]) == 2

    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "x.json").exists()


def test_a_recording_that_was_cut_off_is_exported_as_far_as_it_goes(tmp_path: Path) -> None:
    path = recorded(tmp_path / "run.cvz", *HAND_OVER, ended=21)
    path.write_bytes(path.read_bytes()[:-40])

    assert main(["export", str(path), "-o", str(tmp_path / "x.json")]) == 0
    assert any(one["ph"] == "X" for one in json.loads((tmp_path / "x.json").read_text())["traceEvents"])


def test_where_nobody_may_write_is_one_line(tmp_path: Path, capsys: Output) -> None:
    path = recorded(tmp_path / "run.cvz", *HAND_OVER, ended=21)

    assert main(["export", str(path), "-o", "/sys/out.json"]) == 2  # a file system that not even root makes files in

    err = capsys.readouterr().err
    assert re.fullmatch(r"concviz: /sys/out\.json cannot be written: .*\n", err)


def test_after_ctrl_c_there_is_no_target_and_no_more_to_say(tmp_path: Path) -> None:
    recording.write(tmp_path / "run.cvz", 200_000)
    with started("export", "run.cvz", "-o", "x.csv", cwd=tmp_path) as exporting:
        until(lambda: any(path.stat().st_size for path in tmp_path.glob(".x.csv.*")), "the first rows")

        exporting.send_signal(signal.SIGINT)
        _, err = exporting.communicate(timeout=30)

    assert (exporting.returncode, err) == (130, "")
    assert [path.name for path in tmp_path.iterdir()] == ["run.cvz"]
