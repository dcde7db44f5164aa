"""What a person types, what comes back, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from concviz import __version__
from concviz.cli import main
from concviz.lessons import progress
from concviz.scenarios import ORDER
from concviz.scenarios.catalogue import find
from concviz.scenarios.questions import MEASURES
from concviz.verbs import VERBS
from tests.verbs.typed import started
from tests.walls.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["rnu"], "'rnu' is not a verb (did you mean 'run'?)"),
        (["primes"], "'primes' is not a verb (did you mean `concviz run primes`?)"),
        (["xyzzy"], "'xyzzy' is not a verb (it can be 'run'"),
        (["run"], "one of the arguments X -m is required"),
        (["run", "--plain", "-m", "no module"], "'no module' is no module's name"),
        (["run", "prims", "--plain"], "there is no scenario 'prims' (did you mean 'primes'?)"),
        (["run", "xyzzy", "--plain"], "there is no scenario 'xyzzy' (`concviz list` tells"),
        (["run", "no.py", "--plain"], "there is no file no.py (check the path)"),
        (["run", "primes", "--plian"], "there is no option --plian (did you mean --plain?)"),
        (["run", "primes", "--plain", "--xyzzy"], "a program's own options go after --"),
        (["run", "primes", "--plain", "--json"], "do not go together"),
        (["run", "primes", "--plain", "--set", "prts=2"], "primes has no parameter 'prts' (did you mean 'parts'?)"),
        (["run", "primes", "--plain", "--set", "parts"], "--set parts sets nothing (write --set name=value)"),
        (["run", "primes", "--plain", "--set", "parts=two"], "--set parts=two: 'two' is not a whole number"),
        (["run", "primes", "--plain", "--set", "parts=99"], "parts cannot be 99 (it goes from 1 to 16)"),
        (["run", "three_models", "--plain", "--set", "parts=2"], "three_models has no parameter 'parts' (it has none)"),
        (["run", "primes", "--plain", "--only", "thread"], "primes has no pane 'thread' (did you mean 'threads'?)"),
        (["run", "primes", "--plain", "--python", "no-python"], "there is no interpreter no-python"),
        (["run", "primes", "--plain", "--python", "ls"], "ls is no Python interpreter"),
        (["run", "primes", "--stdin", "-"], "--stdin - goes with --plain or --json"),
        (["run", "primes", "--plain", "--stdin", "nothing"], "there is no file nothing"),
        (["run", "primes", "--plain", "--timeout", "0"], "--timeout 0: that is no number of seconds above 0 (see"),
        (["run", "primes", "--plain", "--timeout", "-1"], "--timeout -1: that is no number of seconds above 0"),
        (["run", "primes", "--plain", "--timeout"], "--timeout needs a value behind it"),
        (["replay"], "FILE is missing (see `concviz replay --help`)"),
        (["run", "primes", "--plain", "--width", "3"], "--width 3: that is no number of columns from 40 to 1000"),
        (["run", "primes", "--plain", "--save", "no/folder/x.cvz"], "there is no folder no/folder"),
        (["run", "primes", "--timeout", "3"], "--timeout goes with --plain or --json"),
        (["run", "primes"], "standard output is not a terminal (add --plain for text, or --json for data)"),
        ([], "standard output is not a terminal (use `concviz list`"),
        (["replay", "no.cvz", "--plain"], "there is no file no.cvz"),
        (["replay", "no.cvz"], "standard output is not a terminal"),
        (["list", "more"], "'more' is one word too many"),
        (["list", "--jsn"], "there is no option --jsn (did you mean --json?)"),
        (["completion", "tcsh"], "SHELL tcsh: it is none of "),
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_line_that_says_what_to_do(words: list[str], says: str, capsys: Output) -> None:
    code = main(words)

    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.startswith("concviz: ")
    assert err.count("\n") == 1
    assert says in err


def test_a_folder_without_a_lesson_and_a_lesson_that_is_wrong_are_told(tmp_path: Path, capsys: Output) -> None:
    codes = [main(["run", str(tmp_path), "--plain"])]
    (tmp_path / "lesson.toml").write_text("titel = 'x'")
    codes.append(main(["run", str(tmp_path), "--plain"]))

    err = capsys.readouterr().err
    assert codes == [2, 2]
    assert "is a folder without a lesson.toml" in err
    assert "lesson.toml has no title" in err


def test_a_mistake_of_our_own_is_one_line_too(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.delenv("CONCVIZ_TRACEBACK", raising=False)
    monkeypatch.setattr("concviz.verbs.list.run", lambda options: options.nothing)

    assert main(["list"]) == 70
    assert capsys.readouterr().err.startswith("concviz: a mistake of concviz itself: AttributeError")


def test_the_version_is_told(capsys: Output) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])

    assert left.value.code == 0
    assert capsys.readouterr().out == f"concviz {__version__}\n"


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_has_examples_that_begin_with_the_verb(verb: str, capsys: Output) -> None:
    with pytest.raises(SystemExit) as left:
        main([*verb.split(), "--help"])

    out = capsys.readouterr().out
    assert left.value.code == 0
    assert "examples:" in out
    assert f"concviz {verb}".strip() in out.partition("examples:")[2]


def test_the_list_names_every_scenario_in_the_librarys_order(capsys: Output) -> None:
    assert main(["list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(ORDER)
    assert lines[0] == "First steps"


def test_the_list_as_data_has_name_title_chapter_and_panes(capsys: Output) -> None:
    assert main(["list", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [scenario["name"] for scenario in told] == list(ORDER)
    assert told[0]["title"]
    assert told[0]["chapter"] == "First steps"
    assert [pane["model"] for pane in told[0]["panes"]] == ["threads", "processes", "asyncio"]


def test_a_reader_that_goes_away_is_no_mistake() -> None:
    with started("list") as ran:
        assert ran.stdout is not None
        ran.stdout.close()
        assert ran.stderr is not None
        err = ran.stderr.read()

    assert (ran.returncode, err) == (141, "")


def test_bad_words_need_neither_the_screen_nor_the_columns() -> None:
    code = (
        "import sys\nfrom concviz.cli import main\n"
        "main(['run', 'prims', '--plain'])\nmain(['list'])\nmain(['completion', 'bash'])\n"
        "print(sorted({'textual', 'numpy'} & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (["{}", "--plain", "--port", "80", "--plain"], "['--port', '80', '--plain']"),
        (["--plain", "{}", "a", "--json"], "['a', '--json']"),
        (["{}", "--plain", "--width=60", "-v"], "['-v']"),
        (["{}", "--timeout", "30", "--plain", "--", "--plain", "x"], "['--plain', 'x']"),
    ],
    ids=" ".join,
)
def test_what_follows_a_script_and_is_no_option_of_ours_is_the_programs(
    words: list[str], printed: str, tmp_path: Path, capsys: Output
) -> None:
    script = tmp_path / "script.py"
    script.write_text("import sys\nprint(sys.argv[1:])\n")

    assert main(["run", *(word.format(script) for word in words)]) == 0

    assert printed in capsys.readouterr().out


def test_the_list_names_every_measure_and_what_it_needs(capsys: Output) -> None:
    assert main(["list", "--measures"]) == 0
    text = capsys.readouterr().out
    assert main(["list", "--measures", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert [one["name"] for one in data] == list(MEASURES)
    assert all(f"  {name} " in text for name in MEASURES)
    assert "whether a line with a text in it is printed (texts)" in text


def test_the_list_ticks_what_was_watched(capsys: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCVIZ_PROGRESS", str(tmp_path / "progress.json"))
    primes = find("primes")
    progress.note_watched(primes)
    for question in primes.questions:
        progress.note_guess(primes, question, right=True)
    progress.note_watched(find("waiting"))
    assert main(["list"]) == 0
    text = capsys.readouterr().out
    assert main(["list", "--json"]) == 0
    told = {one["name"]: (one["watched"], one["guessed_right"]) for one in json.loads(capsys.readouterr().out)}

    assert "★ primes" in text
    assert "✓ waiting" in text
    assert "  downloads" in text
    assert text.endswith("2 of 68 watched, 2 of 2 guessed right\n")
    assert (told["primes"], told["waiting"], told["downloads"]) == ((True, True), (True, False), (False, False))


def test_what_the_lesson_asks_is_answered_as_text_and_as_data(capsys: Output) -> None:
    assert main(["run", "forgotten_await", "--only", "forgotten", "--plain"]) == 0
    text = capsys.readouterr().out
    assert main(["run", "forgotten_await", "--only", "forgotten", "--json"]) == 0
    (asked,) = json.loads(capsys.readouterr().out)["questions"]

    assert "? save(...) is called without an await. Is the order saved?\n= no\n" in text
    assert (asked["answer"], asked["choices"], asked["measured"]) == ("no", ["yes", "no"], "save(...) never printed 'is saved'")
