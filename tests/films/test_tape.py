"""Tapes: what each step means, and where a mistake is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.films.steps import STEPS, is_key
from concviz.films.tape import TapeError, from_keys, least_seconds, parsed, read

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = """\
# a demo

caption "Two \\"locks\\""
press space right*3
type my.py
wait 1.5
until "deadlock found"
end
caption
marker  the end
screenshot now.svg
speed .5
resize 100x30
hide
show
"""


def test_a_tape_is_its_steps_in_order() -> None:
    found = [(step.kind, step.words, step.seconds, step.line) for step in parsed(EVERYTHING)]

    assert found == [
        ("caption", 'Two "locks"', 0, 3),
        ("press", "space right right right", 0, 4),
        ("type", "my.py", 0, 5),
        ("wait", "", 1.5, 6),
        ("until", "deadlock found", 0, 7),
        ("end", "", 0, 8),
        ("caption", "", 0, 9),
        ("marker", "the end", 0, 10),
        ("screenshot", "now.svg", 0, 11),
        ("speed", "", 0.5, 12),
        ("resize", "", 0, 13),
        ("hide", "", 0, 14),
        ("show", "", 0, 15),
    ]
    assert {kind for kind, *_ in found} == set(STEPS)


@pytest.mark.parametrize(
    ("tape", "told"),
    [
        ("wait 1\nprss space", "demo:2:1: there is no step 'prss' (did you mean press?)"),
        ("  jump", "demo:1:3: there is no step 'jump' (there are: "),
        ("press", "demo:1:1: press wants keys"),
        ("press  space rihgt*2", "demo:1:14: no key is called 'rihgt' (did you mean right?)"),
        ("press right*0", "demo:1:7: right*0: a key can be pressed 1 to 1000 times"),
        ("wait soon", "demo:1:6: 'soon' is not a number of seconds from 0 to 3600"),
        ("wait -1", "demo:1:6: '-1' is not"),
        ("wait nan", "demo:1:6: 'nan' is not"),
        ('until "deadlock', "demo:1:7: the quotes are not closed"),
        ('marker "a" b', "demo:1:11: 'b' is too much"),
        ("end now", "demo:1:5: 'now' is too much"),
        ("hide all", "demo:1:6: 'all' is too much"),
        ("speed 0", "demo:1:7: '0' is not a number from 0.05 to 100"),
        ("speed fast", "demo:1:7: 'fast' is not a number"),
        ("resize", "demo:1:1: resize wants columns and lines"),
        ("resize 10x10", "demo:1:8: '10x10' is no size from 80x24 to 400x120"),
        ("resize big", "demo:1:8: 'big' is no size"),
        ("screenshot now.jpg", "demo:1:12: now.jpg: a screenshot is an .svg or a .png"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_column(tape: str, told: str) -> None:
    with pytest.raises(TapeError) as error:
        parsed(tape, "demo")

    assert str(error.value).startswith(told)


def test_keys_on_the_command_line_are_a_tape_too() -> None:
    found = [(step.kind, step.words, step.seconds) for step in from_keys("enter wait:2 right*2 marker:here end end: : q")]

    assert found == [
        ("press", "enter", 0),
        ("wait", "", 2),
        ("press", "right right", 0),
        ("marker", "here", 0),
        ("press", "end", 0),
        ("end", "", 0),
        ("press", ":", 0),
        ("press", "q", 0),
    ]


def test_a_mistake_among_keys_is_told_with_its_column() -> None:
    with pytest.raises(TapeError, match=r"--keys:1:7: no key is called 'spacr' \(did you mean space\?\)"):
        from_keys("enter spacr")


def test_what_is_a_key_and_what_is_none() -> None:
    assert all(is_key(key) for key in ("q", "?", "*", "enter", "ctrl+p", "shift+tab", "f12", "left_square_bracket"))
    assert not any(is_key(key) for key in ("", "entr", "f13", "ctrl+", "ctrl+entr"))


def test_how_long_a_tape_takes_at_least() -> None:
    assert least_seconds(parsed("press right*5\ntype ab\nwait 2\nuntil x"), key_s=0.5) == 5.5
    assert least_seconds(parsed("hide\npress right*5\nshow\nspeed 4\nwait 2"), key_s=0.5) == 0.5


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"press space\n" * 100_000], ids=["no text", "too large"])
def test_what_is_no_tape_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "demo.tape").write_bytes(data)

    with pytest.raises(TapeError, match=r"demo\.tape"):
        read(tmp_path / "demo.tape")


def test_a_tape_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TapeError, match="No such file"):
        read(tmp_path / "demo.tape")
