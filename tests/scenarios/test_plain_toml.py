"""The quick reader gives what tomllib gives, or nothing."""

from __future__ import annotations

import tomllib

import pytest

from concviz.scenarios import ORDER, plain_toml
from concviz.scenarios.catalogue import HERE, LESSON


@pytest.mark.parametrize("name", ORDER)
def test_every_lesson_is_read_quickly_and_as_tomllib_reads_it(name: str) -> None:
    text = (HERE / name / LESSON).read_text(encoding="utf-8")

    assert plain_toml.read(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    ["", 'a = "x"', 'a = 0\n\n  b = 12  \n[[t]]\na = ""\n[[u]]\n[[t]]\nb = 3', 'a = """\nx\ny"""\nb = """z"""', 'a = """\n\n x"""'],
)
def test_what_it_reads_is_what_tomllib_reads(text: str) -> None:
    assert plain_toml.read(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = ",
        "a = 1 # why",
        "a = 1.5",
        "a = true",
        "a = 01",
        "a = 1\na = 2",
        "a = 1\n[[a]]",
        "[a]\nb = 1",
        "[[a.b]]",
        "a.b = 1",
        "a=1",
        'a = "x\\n"',
        "a = 'x'",
        "a = [1]",
        'a = """x"y"""',
        'a = "x" b = 2',
        "ä = 1",
    ],
)
def test_all_else_is_left_to_tomllib(text: str) -> None:
    assert plain_toml.read(text) is None
