"""A scenario of one's own: begun with `new`, judged by `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.cli import main
from concviz.scenarios.catalogue import load
from concviz.verbs.check import TITLE_CELLS
from tests.probes.harness import pythons

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


@pytest.fixture
def lesson(tmp_path: Path, capsys: Output) -> Path:
    """A new one, as `concviz new` makes it."""
    folder = tmp_path / "my_lesson"
    assert main(["new", str(folder)]) == 0
    capsys.readouterr()
    return folder


def changed(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_new_makes_a_scenario_and_says_how_to_watch_it(tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["new", "my_lesson"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "my_lesson/lesson.toml",
        "my_lesson/tasks.py",
        "my_lesson/threads.py",
        "watch it: concviz run ./my_lesson",
    ]
    scenario = load(tmp_path / "my_lesson")
    assert (scenario.title, scenario.chapter, scenario.values({})) == ("My lesson", "My own", {"jobs": 3})
    assert [pane.model for pane in scenario.panes] == ["threads", "asyncio"]


@pytest.mark.parametrize("python", pythons())
def test_what_new_makes_is_sound_under_every_python(lesson: Path, python: str, capsys: Output) -> None:
    assert main(["check", str(lesson), "--python", python]) == 0

    first, threads, tasks, question = capsys.readouterr().out.splitlines()
    assert first.startswith("My lesson: 2 panes, 1 parameter, 1 question")
    assert threads.startswith("  threads.py: runs, in ")
    assert tasks.startswith("  tasks.py: runs, in ")
    assert question.endswith("at most? all of them, or more (at most 3 of 3 threads were asleep at the same time)")


def test_new_can_be_run_and_its_parameter_be_set(lesson: Path, capsys: Output) -> None:
    assert main(["run", str(lesson), "--plain", "--set", "jobs=2"]) == 0

    out = capsys.readouterr().out
    assert "job 1 is done" in out
    assert "job 2 is done" not in out


@pytest.mark.parametrize(("name", "says"), [("there", "exists"), ("no/folder", "there is no folder"), ('a"b', "is no name for a scenario")])
def test_new_overwrites_nothing_and_says_what_is_wrong(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()

    assert main(["new", name]) == 2

    assert says in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('order = "together"', 'oder = "together"', "unknown key 'oder' (did you mean 'order'?)"),
        ('script = "tasks.py"', 'script = "task.py"', "names a script that is not there: task.py"),
        ("default = 3", "default = 99", "default 99 outside 1 to 20"),
        ('measure = "at_once"', 'measure = "at_one"', "unknown measure 'at_one' (did you mean 'at_once'?)"),
        ('doing = "sleeping"', "", "has no doing, which at_once needs"),
        ("bounds = [2, 3]", "bounds = [3, 2]", "has bounds that do not rise"),
        ("bounds = [2, 3]", 'bounds = [2, "job"]', "unknown bound 'job' (did you mean 'jobs'?)"),
        ("bounds = [2, 3]", "bounds = [2]", "has 3 choices where 2 fit"),
        ('panes = ["threads.py"]', 'panes = ["thread.py"]', "asks about 'thread.py', which no pane runs"),
    ],
)
def test_check_says_what_is_not_well_formed(lesson: Path, capsys: Output, before: str, after: str, says: str) -> None:
    changed(lesson / "lesson.toml", before, after)

    assert main(["check", str(lesson)]) == 2

    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


def test_check_says_which_script_fails_by_itself_and_how(lesson: Path, capsys: Output) -> None:
    changed(lesson / "threads.py", "import os", "import os\nimport not_there")

    assert main(["check", str(lesson)]) == 1

    out = capsys.readouterr().out
    assert "! threads.py fails with exit code 1: ModuleNotFoundError: No module named 'not_there'" in out
    assert "tasks.py: runs" in out


def test_check_says_which_parameter_nobody_reads(lesson: Path, capsys: Output) -> None:
    changed(lesson / "lesson.toml", 'env = "JOBS"', 'env = "TASKS"')

    assert main(["check", str(lesson)]) == 1

    assert "! no script reads TASKS, the parameter jobs" in capsys.readouterr().out


def test_check_says_that_a_title_is_too_long(lesson: Path, capsys: Output) -> None:
    changed(lesson / "lesson.toml", "My lesson", "x" * (TITLE_CELLS + 1))

    assert main(["check", str(lesson)]) == 1

    assert f"! the title has {TITLE_CELLS + 1} characters" in capsys.readouterr().out


def test_check_ends_what_never_ends_and_permits_it(lesson: Path, capsys: Output) -> None:
    changed(lesson / "threads.py", "time.sleep(0.5)", "threading.Event().wait()")

    assert main(["check", str(lesson), "--timeout", "2"]) == 0

    assert "threads.py: has not ended after 2 s, and was ended" in capsys.readouterr().out


def test_a_built_in_one_is_checked_by_its_name(capsys: Output) -> None:
    assert main(["check", "thread_local"]) == 0

    assert capsys.readouterr().out.count(": runs, in ") == 4


def test_check_says_when_a_run_does_not_answer_a_question(lesson: Path, capsys: Output) -> None:
    changed(lesson / "lesson.toml", 'measure = "at_once"', 'measure = "number"\ntexts = ["counted"]')

    assert main(["check", str(lesson)]) == 1

    assert "! this run does not answer" in capsys.readouterr().out
