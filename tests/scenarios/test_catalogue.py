"""What makes a folder a scenario, and what is said when it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.errors import ScenarioError
from concviz.scenarios import ORDER
from concviz.scenarios.catalogue import HERE, LESSON, builtin, find, from_script, load, recorded
from concviz.verbs.check import TITLE_CELLS

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.scenarios.catalogue import Scenario

WHOLE = """
title = "Mine"
order = "in turn"
[[panes]]
model = "threads"
script = "a.py"
[[parameters]]
name = "workers"
default = 4
maximum = 8
"""


def folder_with(folder: Path, lesson: str) -> Path:
    (folder / LESSON).write_text(lesson)
    (folder / "a.py").write_text("print('a')")
    return folder


def test_the_three_models_come_first_with_one_pane_each() -> None:
    first = builtin()[0]

    assert first.name == "three_models"
    assert [pane.model for pane in first.panes] == ["threads", "processes", "asyncio"]


def test_every_folder_is_listed_and_every_listed_one_is_there() -> None:
    folders = {path.parent.name for path in HERE.glob(f"*/{LESSON}")}

    assert sorted(ORDER) == sorted(folders)


def test_chapters_are_not_torn_apart() -> None:
    chapters = [scenario.chapter for scenario in builtin()]

    begun = [chapter for at, chapter in enumerate(chapters) if at == 0 or chapters[at - 1] != chapter]
    assert len(begun) == len(set(begun))


@pytest.mark.parametrize("scenario", builtin(), ids=ORDER)
def test_a_built_in_scenario_tells_what_to_look_for(scenario: Scenario) -> None:
    assert len(scenario.title) <= TITLE_CELLS
    assert 100 < len(scenario.look_for) < 600
    assert "\n" not in scenario.look_for
    assert all(parameter.words for parameter in scenario.parameters)
    assert len({pane.script for pane in scenario.panes}) == len(scenario.panes)


@pytest.mark.parametrize("scenario", builtin(), ids=ORDER)
def test_scripts_read_each_parameter_with_the_default_that_the_lesson_tells(scenario: Scenario) -> None:
    texts = [path.read_text() for path in scenario.folder.glob("*.py")]

    for parameter in scenario.parameters:
        reads = [text.split(f'get("{parameter.env}", ')[1] for text in texts if f'get("{parameter.env}", ' in text]
        assert reads
        assert {int(read.partition(")")[0]) for read in reads} == {parameter.default}


def test_a_whole_folder_is_loaded_as_it_says(tmp_path: Path) -> None:
    scenario = load(folder_with(tmp_path, WHOLE))

    (pane,), (parameter,) = scenario.panes, scenario.parameters
    assert (scenario.name, scenario.title, scenario.chapter, scenario.order) == (tmp_path.name, "Mine", "My own", "in turn")
    assert (pane.model, pane.script, pane.title) == ("threads", tmp_path / "a.py", "threads")
    assert (parameter.env, parameter.minimum, parameter.words) == ("WORKERS", 1, "")


def test_values_are_the_wanted_ones_else_the_defaults(tmp_path: Path) -> None:
    scenario = load(folder_with(tmp_path, WHOLE))

    assert scenario.values({}) == {"workers": 4}
    assert scenario.environment(scenario.values({"workers": 8})) == {"WORKERS": "8"}


def test_a_value_out_of_its_bounds_is_refused(tmp_path: Path) -> None:
    scenario = load(folder_with(tmp_path, WHOLE))

    with pytest.raises(ScenarioError, match=r"workers cannot be 9.*from 1 to 8"):
        scenario.values({"workers": 9})


def test_a_script_alone_is_one_pane(tmp_path: Path) -> None:
    scenario = from_script(tmp_path / "my.py")

    assert (scenario.name, scenario.title, scenario.order) == ("my", "my.py", "together")
    assert [(pane.model, pane.script) for pane in scenario.panes] == [("program", tmp_path / "my.py")]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('title = "Mine"', "", "has no title"),
        ('title = "Mine"', 'titel = "Mine"\ntitle = "Mine"', "unknown key 'titel' .did you mean 'title'"),
        ('title = "Mine"', "title = 3", "title to be a text, not 3"),
        ('title = "Mine"', 'title = " "', "title to be a text"),
        ('title = "Mine"', "title = ", "is not TOML"),
        ('"in turn"', '"in trun"', "unknown order 'in trun' .did you mean 'in turn'"),
        ('"threads"', '"thread"', "panes 1 has an unknown model 'thread' .did you mean 'threads'"),
        ('"threads"', '"quarks"', "it can be 'sequential', 'threads', 'processes'"),
        ('"a.py"', '"b.py"', "script that is not there: b.py"),
        ('script = "a.py"', "", "panes 1 has no script"),
        ("[[panes]]", "[panes]", "panes to be tables"),
        ("[[panes]]", '[[panes]]\nscript = "a.py"\n[[panes]]', "two panes with the script 'a.py'"),
        ("default = 4", "default = 9", "default 9 outside 1 to 8"),
        ("default = 4", "default = 4.5", "default to be a whole number, not 4.5"),
        ("default = 4", "default = true", "default to be a whole number"),
        ("default = 4", "default = 4\nminimum = 9", "minimum 9 above its maximum 8"),
        ("default = 4", 'default = 4\nenv = "A B"', "no variable's name: 'A B'"),
        (
            "maximum = 8",
            'maximum = 8\n[[parameters]]\nname = "workers"\ndefault = 1\nmaximum = 1',
            "two parameters with the name",
        ),
        ("maximum = 8", "", "has no maximum"),
    ],
)
def test_what_is_not_well_formed_is_told_with_its_place(tmp_path: Path, before: str, after: str, says: str) -> None:
    folder = folder_with(tmp_path, WHOLE.replace(before, after, 1))

    with pytest.raises(ScenarioError, match=says) as told:
        load(folder)

    assert str(folder / LESSON) in str(told.value)


@pytest.mark.parametrize("panes", [0, 5])
def test_as_many_panes_as_fit_on_a_screen_and_at_least_one(tmp_path: Path, panes: int) -> None:
    for number in range(panes):
        (tmp_path / f"{number}.py").touch()
    lesson = 'title = "Mine"\n' + "".join(f'[[panes]]\nscript = "{number}.py"\n' for number in range(panes))

    with pytest.raises(ScenarioError, match=r"panes \(give it 1 to 4"):
        load(folder_with(tmp_path, lesson))


def test_a_folder_without_a_lesson_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"there is no .*lesson\.toml"):
        load(tmp_path)


def test_a_lesson_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / LESSON).write_bytes(b"title = '\xff'")

    with pytest.raises(ScenarioError, match="is not UTF-8"):
        load(tmp_path)


def test_with_some_of_its_panes_it_asks_about_those_alone() -> None:
    primes = find("primes")

    narrowed = primes.with_panes([0, 2])

    assert [pane.script.name for pane in narrowed.panes] == ["sequential.py", "processes.py"]
    assert [(question.words, question.panes) for question in narrowed.questions] == [
        ("And the processes, on this machine's cores?", (0, 1))
    ]


def test_a_recording_of_a_scenario_knows_its_lesson_and_one_with_other_panes_does_not() -> None:
    titles = [pane.title for pane in find("giving_up").panes]

    assert recorded("giving_up", titles) == find("giving_up")
    assert recorded("primes", ["A process each"]) == find("primes").with_panes([2])
    assert recorded("primes", ["A process each", "another"]) is None
    assert recorded("mine", ["A process each"]) is None
