"""What `concviz serve` refuses, before anybody has come."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from concviz.serving import files, running
from concviz.serving.sockets import bound
from tests.verbs.typed import script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from concviz.serving.guard import Guard
    from concviz.serving.offer import Offer
    from concviz.serving.sockets import Listening

Output = pytest.CaptureFixture[str]


class Served:
    """Stands for a server; `given` is what it was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.given: list[tuple[Guard, Offer]] = []
        monkeypatch.setattr(files, "found", dict)
        monkeypatch.setattr(running, "run", self._run)

    def _run(self, listening: Listening, guard: Guard, offer: Offer, ready: Callable[[], None], complain: object) -> None:
        del listening, complain
        ready()
        self.given.append((guard, offer))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    return Served(monkeypatch)


def test_without_textual_serve_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr(files, "find_spec", lambda name: None if name == "textual_serve" else find_spec("json"))

    assert main(["serve"]) == 2

    err = capsys.readouterr().err
    assert err == "concviz: pages need textual-serve, of which textual_serve is not installed here (pip install 'concviz[serve]')\n"


def test_another_textual_serve_is_said(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr(files, "find_spec", lambda _: find_spec("json"))

    assert main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("concviz: this textual-serve has no js/textual.js (another version has:")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "x"], "--port x: that is no port: a whole number from 0 to 65535"),
        (["--port", "65536"], "--port 65536: that is no port: a whole number from 0 to 65535"),
        (["--port"], "--port needs a value behind it"),
        (["--sessions", "0"], "--sessions 0: that is no whole number from 1 to 1000"),
        (["--host", "nowhere.invalid"], "--host nowhere.invalid: there is no host of this name"),
        (["--hots", "x"], "there is no option --hots (did you mean --host?)"),
        (["three_modles"], "there is no scenario 'three_modles' (did you mean 'three_models'?)"),
        (["--plain", "three_models"], "a page shows the screen, not text or data (leave --plain away)"),
        (["three_models", "--json"], "a page shows the screen, not text or data (leave --json away)"),
        (["three_models", "--timeout", "3"], "--timeout goes with --plain or --json"),
        (["three_models", "--stdin", "-"], "--stdin - goes with --plain or --json"),
        (["three_models", "--fail-on", "deadlock"], "--fail-on goes with --plain or --json"),
        (["three_models", "--set", "x=1"], "has no parameter 'x'"),
        (["three_models", "--prot", "9000"], "there is no option --prot"),
        (["none.cvz"], "none.cvz"),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_code_2(words: list[str], said: str, served: Served, capsys: Output) -> None:
    assert main(["serve", *words]) == 2

    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert served.given == []


def test_a_taken_port_is_one_line(served: Served, capsys: Output) -> None:
    other = bound("127.0.0.1", 0)

    assert main(["serve", "--port", str(other.port)]) == 2

    other.close()
    assert f"port {other.port} of 127.0.0.1 is taken" in capsys.readouterr().err
    assert served.given == []


def test_on_this_machine_there_is_an_address_without_a_token(served: Served, capsys: Output) -> None:
    assert main(["serve", "--port", "0"]) == 0

    address, *others = capsys.readouterr().out.splitlines()
    ((guard, offer),) = served.given
    assert address.startswith("http://127.0.0.1:")
    assert address.endswith("/")
    assert others == ["Ctrl-C ends it, and all that visitors run."]
    assert guard.token == ""
    assert (offer.words, offer.private) == ([], ())


@pytest.mark.parametrize("words", [["--host", "0.0.0.0"], ["--token"]])
def test_elsewhere_or_when_asked_the_address_holds_a_token(words: list[str], served: Served, capsys: Output) -> None:
    assert main(["serve", "--port", "0", *words]) == 0

    out = capsys.readouterr().out
    ((guard, offer),) = served.given
    assert out.splitlines()[0].endswith(f"/{guard.token}/")
    assert len(guard.token) > 20
    assert ("start programs as you" in out) == (words[0] == "--host") == bool(offer.private)


@pytest.mark.parametrize(
    ("words", "apps"),
    [
        (["three_models", "--only", "threads"], ["run", "three_models", "--only", "threads"]),
        (["--sessions=3", "--no-lines", "PROGRAM", "--fast", "10"], ["run", "--no-lines", "PROGRAM", "--fast", "10"]),
        (["-m", "http.server", "8000"], ["run", "-m", "http.server", "8000"]),
        (["PROGRAM", "--", "--plain"], ["run", "PROGRAM", "--", "--plain"]),
    ],
)
def test_what_follows_is_what_would_follow_run(words: list[str], apps: list[str], served: Served, tmp_path: Path) -> None:
    program = script(tmp_path, "")

    assert main(["serve", "--port", "0", *(word.replace("PROGRAM", program) for word in words)]) == 0

    ((_, offer),) = served.given
    assert offer.words == [word.replace("PROGRAM", program) for word in apps]


def test_a_recording_is_replayed(served: Served, tmp_path: Path) -> None:
    recording = str(tmp_path / "kept.cvz")
    assert main(["run", script(tmp_path, ""), "--plain", "--save", recording]) == 0

    assert main(["serve", "--port", "0", recording]) == 0

    ((_, offer),) = served.given
    assert offer.words == ["replay", recording]


def test_what_is_no_recording_is_one_line(served: Served, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "none.cvz").write_bytes(b"no recording")

    assert main(["serve", "--port", "0", str(tmp_path / "none.cvz")]) == 2

    assert capsys.readouterr().err.count("\n") == 1
    assert served.given == []


def test_help_tells_serves_own_options(capsys: Output) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])

    out = capsys.readouterr().out
    assert [option for option in ("--host", "--port", "--sessions", "--token") if option not in out] == []
