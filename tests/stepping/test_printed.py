from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.errors import TokenError
from concviz.schedules.token import Token
from concviz.stepping import token
from concviz.stepping.play import Way
from concviz.stepping.printed import printed
from concviz.stepping.programs import Program
from tests.stepping.toys import a_request

if TYPE_CHECKING:
    from pathlib import Path


def test_the_steps_of_a_schedule_are_printed_a_line_each_with_lanes_output_and_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = Program(a_request(monkeypatch, tmp_path, "lost.py"), "threads")

    told = printed(program, Way((0, 0, 1)), 100)

    assert told.exit_code == 0
    assert told.lines[0] == "lost.py: 8 steps, 1 switch, memory and synchronisation"
    assert told.lines[2:5] == (
        " step       1  2  3  4  5  6  7  8",
        " Thread-1   ▪  ▪  ·  ·  ·  ·  ▪  ▪",
        " Thread-2   ·  ·  ◆  ▪  ▪  ▪  ·  ·",
    )
    assert told.lines[8] == "   3 ◆ Thread-2   begins  lost.py:2"
    assert "   8  lost 1" in told.lines
    assert token.asked(told.lines[-1].removeprefix("schedule  "), program.request.script).prefix == (0, 0, 1)


def test_a_schedule_that_fails_is_told_as_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = printed(Program(a_request(monkeypatch, tmp_path, "deadlock.py"), "threads"), Way((0, 0, 1)), 100)

    assert told.exit_code == 1
    assert "✗ deadlock: nobody can go" in told.lines


def test_the_same_seed_prints_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = Program(a_request(monkeypatch, tmp_path, "lost.py"), "threads")

    assert printed(program, Way(seed=5), 100) == printed(program, Way(seed=5), 100)


def test_a_token_of_another_program_is_refused_and_one_of_none_in_particular_is_not(tmp_path: Path) -> None:
    script = tmp_path / "a.py"
    script.write_text("pass\n")

    assert token.asked(str(Token((0, 1))), script).prefix == (0, 1)
    with pytest.raises(TokenError, match="another program"):
        token.asked(str(Token((0, 1), program=token.hash_of(script) ^ 1)), script)
