from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.errors import ScenarioError
from concviz.scenarios.catalogue import builtin, load

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.scenarios.lesson import Scenario

LESSON = """
title = "T"
[[panes]]
script = "a.py"
[[parameters]]
name = "rounds"
default = 1
maximum = 9
[[challenges]]
title = "Do it"
script = "a.py"
hint = "switch"
"""


def lesson(folder: Path, more: str) -> Scenario:
    (folder / "a.py").write_text("pass\n")
    (folder / "lesson.toml").write_text(LESSON + more)
    return load(folder)


def test_a_challenge_is_read_whole(tmp_path: Path) -> None:
    (one,) = lesson(tmp_path, 'goal = "prints"\ntext = "lost 1"\nswitches = 1\nvalues = { rounds = 2 }\nmemory = false').challenges

    assert (one.title, one.script.name, one.goal, one.text, one.switches) == ("Do it", "a.py", "prints", "lost 1", 1)
    assert (dict(one.values), one.memory, one.hint) == ({"rounds": 2}, False, "switch")
    assert one.words == "it prints 'lost 1', with at most 1 switch"


def test_what_is_not_said_is_any_number_of_switches_with_memory(tmp_path: Path) -> None:
    (one,) = lesson(tmp_path, 'goal = "deadlock"').challenges

    assert (one.switches, one.memory, one.words) == (None, True, "it ends in a deadlock")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('goal = "deadlok"', "unknown goal 'deadlok'"),
        ('goal = "prints"', "has no text, which prints needs"),
        ('goal = "deadlock"\ntext = "x"', "has a text, which deadlock does not need"),
        ('goal = "deadlock"\nvalues = { round = 1 }', "sets an unknown parameter 'round'"),
        ('goal = "deadlock"\nvalues = { rounds = 99 }', "rounds cannot be 99"),
        ('goal = "deadlock"\nvalues = 3', "needs values to be whole numbers by name"),
        ('goal = "deadlock"\nmemory = 1', "needs memory to be true or false"),
        ('goal = "deadlock"\nswiches = 1', "unknown key 'swiches'"),
    ],
)
def test_what_is_not_well_formed_is_said(tmp_path: Path, more: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        lesson(tmp_path, more)


def test_a_challenge_about_a_script_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lesson.toml").write_text(LESSON.replace('"a.py"\nhint', '"b.py"\nhint') + 'goal = "deadlock"')
    (tmp_path / "a.py").write_text("pass\n")

    with pytest.raises(ScenarioError, match=r"a script that is not there: b\.py"):
        load(tmp_path)


def test_a_challenge_about_a_program_with_a_single_worker_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lesson.toml").write_text(LESSON.replace("[[parameters]]", 'model = "sequential"\n[[parameters]]') + 'goal = "deadlock"')
    (tmp_path / "a.py").write_text("pass\n")

    with pytest.raises(ScenarioError, match="whose workers cannot be held"):
        load(tmp_path)


def test_a_scenario_with_challenges_is_a_key_as_any_other_is() -> None:
    assert len(set(builtin())) == len(builtin())
