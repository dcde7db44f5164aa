"""What is not in a recording that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.events import FIELD_SEPARATOR, Table
from concviz.recordings.follow import opened
from concviz.recordings.format import Frame, frame, head, meta
from concviz.recordings.redaction import Redaction, secrets, usual
from concviz.recordings.save import save
from concviz.ring.layout import ENTRY
from tests.builders import lane, recorded

if TYPE_CHECKING:
    from pathlib import Path

HOME = "/home/anna"
USUAL = Redaction((HOME,))
SECRET = "t0p-secret-value"


def name(table: Table, ident: int, *fields: str) -> bytes:
    payload = FIELD_SEPARATOR.join(fields).encode()
    return ENTRY.pack(ENTRY.size + len(payload), ident, table) + payload


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Of a program in a home folder, which printed a secret in two pieces."""
    script = f"{HOME}/proj/x.py"
    launch = {"script": script, "cwd": HOME, "python": f"{HOME}/.venv/bin/python", "folder": "/dev/shm/concviz-1", "recording": "/tmp/c/r"}
    parts = [
        head(format=1, launch=launch),
        frame(Frame.SOURCE, 1, b'{"path": "%s", "text": "token = \'%s\'\\n"}' % (script.encode(), SECRET.encode())),
        meta("process", 1, 1, pid=7, key="7.1"),
        frame(Frame.NAMES, 2, name(Table.SITE, 1, script, "3", "main") + name(Table.TEXT, 1, f"no file {HOME}/data"), 1),
        meta("go", 3),
        frame(Frame.OUTPUT, 4, b"\x01the " + SECRET[:5].encode()),
        frame(Frame.OUTPUT, 5, b"\x01" + SECRET[5:].encode() + b" is out\n"),
        meta("exit", 9, code=0, signal=0),
        meta("close", 9),
    ]
    (tmp_path / "run.cvz").write_bytes(b"".join(parts))
    return tmp_path / "run.cvz"


def test_the_home_folder_is_not_in_what_is_kept(recording: Path, tmp_path: Path) -> None:
    save([recording], tmp_path / "kept.cvz", USUAL)

    assert HOME.encode() not in (tmp_path / "kept.cvz").read_bytes()
    (timeline,) = opened(tmp_path / "kept.cvz").timelines
    assert timeline.meta.launch["script"] == "~/proj/x.py"
    assert timeline.sites[1].file == "~/proj/x.py"
    assert timeline.source("~/proj/x.py") == f"token = '{SECRET}'\n"
    assert timeline.texts[1] == "no file ~/data"
    assert not {"folder", "recording"} & set(timeline.meta.launch)


def test_paths_stay_where_that_is_asked_for(recording: Path, tmp_path: Path) -> None:
    save([recording], tmp_path / "kept.cvz", Redaction())

    assert opened(tmp_path / "kept.cvz").timelines[0].sites[1].file == f"{HOME}/proj/x.py"


def test_sources_are_left_out_where_that_is_asked_for(recording: Path, tmp_path: Path) -> None:
    save([recording], tmp_path / "kept.cvz", Redaction((HOME,), sources=False))

    assert opened(tmp_path / "kept.cvz").timelines[0].source("~/proj/x.py") is None
    assert b"token" not in (tmp_path / "kept.cvz").read_bytes()


def test_secrets_are_masked_also_in_what_was_printed_in_pieces(recording: Path, tmp_path: Path) -> None:
    save([recording], tmp_path / "kept.cvz", Redaction((HOME,), secrets=(SECRET,)))

    data = (tmp_path / "kept.cvz").read_bytes()
    assert SECRET[:5].encode() not in data
    assert SECRET[5:].encode() not in data
    (timeline,) = opened(tmp_path / "kept.cvz").timelines
    assert [line.text for line in timeline.output] == [f"the {'*' * len(SECRET)} is out"]
    assert timeline.source("~/proj/x.py") == f"token = '{'*' * len(SECRET)}'\n"


def test_what_is_printed_is_untouched_but_for_the_home_folder(recording: Path, tmp_path: Path) -> None:
    save([recording], tmp_path / "kept.cvz", USUAL)

    assert [line.text for line in opened(tmp_path / "kept.cvz").timelines[0].output] == [f"the {SECRET} is out"]
    assert USUAL.printed(f'File "{HOME}/x.py", {HOME}lena'.encode()) == f'File "~/////////{"/x.py"}", {HOME}lena'.encode()


def test_masked_texts_still_say_who_wrote_them(tmp_path: Path) -> None:
    recorded(
        tmp_path / "run.cvz",
        lane("one").runs(0).prints(f"my home is {HOME}/data\n", 1).prints("and nothing else\n", 3).ends(7),
        lane("two").runs(0).prints(f"{HOME} and {HOME}\n", 2).ends(7),
        ended=8,
    )
    before = opened(tmp_path / "run.cvz").timelines[0].output

    save([tmp_path / "run.cvz"], tmp_path / "kept.cvz", USUAL)

    after = opened(tmp_path / "kept.cvz").timelines[0].output
    assert [(line.worker, line.time_ns) for line in after] == [(line.worker, line.time_ns) for line in before]
    assert [line.text for line in after] == ["my home is ~//////////data", "~///////// and ~/////////", "and nothing else"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (HOME, "~"),
        (f"{HOME}/x", "~/x"),
        (f"file://{HOME}/x", "file://~/x"),
        (f"'{HOME}'", "'~'"),
        (f"{HOME}lena/x", f"{HOME}lena/x"),
        (f"/data{HOME}/x", f"/data{HOME}/x"),
    ],
)
def test_only_the_home_folder_itself_is_meant(text: str, kept: str) -> None:
    assert USUAL.text(text) == kept


def test_the_environment_says_what_home_is_and_what_may_be_secret() -> None:
    environment = {"HOME": "/nowhere/bob/", "TOKEN": "abcdefgh", "LEVEL": "12345678", "SHORT": "abc", "LONG": "abcdefghij"}

    assert usual(environment).homes == ("/nowhere/bob",)
    assert usual({"HOME": "/"}).homes == usual({}).homes == ()
    found = secrets(environment)
    assert [word for word in found if word.startswith("abc")] == ["abcdefghij", "abcdefgh"]
    assert "12345678" not in found
    assert "/nowhere/bob" in found
    assert "/x" in secrets({"HOME": "/x"})
