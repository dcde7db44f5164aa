"""What a person has watched and guessed: kept, readable, and safe against two at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from concviz.lessons import progress
from concviz.scenarios.lesson import Scenario
from tests.lessons.asked import question

ASKED = question("took", 50)
OTHER = replace(ASKED, words="and then?")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "progress.json"
    monkeypatch.setenv("CONCVIZ_PROGRESS", str(path))
    return path


def scenario(name: str = "mine") -> Scenario:
    return Scenario(name, name, "", "", "together", (), (), Path("/nowhere") / name, (ASKED, OTHER))


def test_at_first_nothing_is_known() -> None:
    known = progress.read()

    assert known == progress.Progress()
    assert not known.seen(scenario())
    assert known.score == (0, 0)


def test_what_was_watched_last_is_known_and_how_often() -> None:
    for name in ("mine", "other", "mine"):
        assert progress.note_watched(scenario(name))
    known = progress.read()

    assert known.seen(scenario())
    assert known.last == "/nowhere/mine"
    assert known.watched == {"/nowhere/mine": 2, "/nowhere/other": 1}


def test_the_first_guess_counts_and_a_later_one_can_still_make_it_right() -> None:
    progress.note_guess(scenario(), ASKED, right=False)
    progress.note_guess(scenario(), ASKED, right=True)
    half = progress.read()
    progress.note_guess(scenario(), OTHER, right=True)
    whole = progress.read()

    assert half.guesses["/nowhere/mine"]["what?"] == progress.Guesses(first=False, right=1, of=2)
    assert (half.score, half.right(scenario())) == ((0, 1), False)
    assert (whole.score, whole.right(scenario())) == ((1, 2), True)


def test_the_file_can_be_read_by_people(file: Path) -> None:
    progress.note_watched(scenario())
    progress.note_guess(scenario(), ASKED, right=True)

    text = file.read_text()
    assert "What you have watched and guessed" in text
    assert '"what?": {' in text
    assert '"first": "right"' in text


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"scenarios": 3, "last": 4, "tour": []}', '{"scenarios": {"a": {"watched": "x", "guesses": {"q": 1}}}}']
)
def test_a_damaged_file_is_nobodys_trouble(file: Path, damaged: str) -> None:
    file.parent.mkdir()
    file.write_text(damaged)

    assert progress.read().score == (0, 0)
    assert progress.note_watched(scenario())
    assert progress.read().seen(scenario())


def test_what_cannot_be_kept_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCVIZ_PROGRESS", "/dev/null/progress.json")

    assert not progress.note_watched(scenario())
    assert not progress.read().seen(scenario())


def test_what_a_later_version_keeps_there_stays(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"later": 1, "scenarios": {"/nowhere/mine": {"medal": true}}}')
    progress.note_watched(scenario())

    told = json.loads(file.read_text())
    assert told["later"] == 1
    assert told["scenarios"]["/nowhere/mine"]["medal"] is True


def test_several_at_a_time_lose_nothing_of_each_other(file: Path) -> None:
    code = """if True:
        from pathlib import Path
        from concviz.lessons import progress
        from concviz.scenarios.lesson import Scenario
        import sys
        for number in range(30):
            assert progress.note_watched(Scenario(sys.argv[1], "", "", "", "together", (), (), Path("/nowhere") / sys.argv[1]))
    """
    several = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("a", "b", "c")]

    assert [one.wait(60) for one in several] == [0, 0, 0]
    assert progress.read().watched == {f"/nowhere/{name}": 30 for name in "abc"}
    assert sorted(path.name for path in file.parent.iterdir()) == [".progress.json.lock", "progress.json"]


def test_the_tour_is_shown_once() -> None:
    from concviz.ui.house import House

    assert [House().first_time(), House().first_time()] == [True, False]


def test_the_tour_is_not_shown_where_nobody_could_remember_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from concviz.ui.house import House

    monkeypatch.setenv("CONCVIZ_PROGRESS", "/dev/null/progress.json")

    assert not House().first_time()
