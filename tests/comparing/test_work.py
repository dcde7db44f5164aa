"""What a person names: a function, and inputs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from concviz.comparing.target import ask
from concviz.comparing.variants import share
from concviz.comparing.work import OWN, each, from_word, split
from concviz.errors import ConcvizError
from tests.comparing.work_files import written

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.comparing.target import Answer


def asked(folder: Path, source: str, name: str = "f") -> Answer:
    share(folder)
    return ask(sys.executable, written(folder, source), name, OWN, folder)


def test_a_list_a_json_file_and_a_text_file_are_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[1, "x"]')
    (tmp_path / "a.txt").write_text("one\ntwo\n")

    found = [from_word("(1, 2)"), from_word(str(tmp_path / "a.json")), from_word(str(tmp_path / "a.txt")), each(2)]

    assert [(one.text, one.count) for one in found] == [("[1, 2]", 2), ("[1, 'x']", 2), ("['one', 'two']", 2), ("list(range(2))", 2)]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("3", "is no list"),
        ("'abc'", "is no list"),
        ("[]", "is empty"),
        ("f()", "is no Python literal"),
        ("[1,", "is no Python literal"),
        ("nothing.json", "No such file"),
    ],
)
def test_inputs_that_are_none_are_told(word: str, why: str) -> None:
    with pytest.raises(ConcvizError, match=why):
        from_word(word)


def test_a_broken_json_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[1,")

    with pytest.raises(ConcvizError, match="is not JSON"):
        from_word(str(tmp_path / "a.json"))


@pytest.mark.parametrize("word", ["work.py", "work.py:", "work.py:a b", ":f", "nothing.py:f", "work.txt:f"])
def test_what_names_no_function_is_told(word: str) -> None:
    with pytest.raises(ConcvizError):
        split(word)


def test_the_interpreter_tells_what_a_function_is(tmp_path: Path) -> None:
    source = "print('loud')\nINPUTS = [1, 2, 3]\nasync def f(n): ...\nclass A:\n    @staticmethod\n    def g(n, more=1): ..."

    assert (asked(tmp_path, source).coroutine, asked(tmp_path, source).own) == (True, 3)
    assert not asked(tmp_path, source, "A.g").coroutine


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("def ff(n): ...", "has no function 'f' .did you mean 'ff'"),
        ("1 / 0", "cannot be imported: ZeroDivisionError"),
        ("import sys; sys.exit(3)", "cannot be imported: SystemExit"),
        ("def f(", "cannot be imported: SyntaxError"),
        ("import os; os._exit(0)", "importing work.py ended"),
        ("f = 3", "is no function"),
        ("def f(): ...", r"f\(\) of work.py cannot be called with one input"),
        ("def f(n): yield n", "is a generator"),
        ("x = object().missing", "cannot be imported: AttributeError"),
    ],
)
def test_what_cannot_be_compared_is_told(tmp_path: Path, source: str, why: str) -> None:
    with pytest.raises(ConcvizError, match=why):
        asked(tmp_path, source)
