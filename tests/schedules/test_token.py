"""A schedule survives as a short text, and a damaged one is refused in one line."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import suppress
from random import Random

import pytest

from concviz.errors import TokenError
from concviz.schedules import token
from concviz.schedules.token import Token


@pytest.mark.parametrize("choices", [(), (1,), (0, 0, 1), (5, 0, 2, 1, 1), (0,) * 5000 + (1,), (1, 0) * 400 + (1,), (300,)], ids=len)
@pytest.mark.parametrize("memory", [True, False])
def test_a_schedule_comes_back_as_it_was(choices: tuple[int, ...], *, memory: bool) -> None:
    made = Token(choices, memory, 13, 0xBEEF)

    assert token.read(str(made)) == made


def test_checks_come_back_with_it() -> None:
    made = Token((0, 1, 0, 3), checks=(7, 255))

    assert token.read(str(made)) == made


def test_zeros_at_the_end_say_nothing() -> None:
    assert str(Token((0, 1, 0, 0))) == str(Token((0, 1)))


def test_a_schedule_of_two_switches_takes_a_few_characters() -> None:
    assert len(str(Token((0,) * 40 + (1,) + (0,) * 60 + (1,)))) <= 10


def test_another_program_has_another_hash() -> None:
    assert token.program_hash(b"x = 1") != token.program_hash(b"x = 2")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not a token"),
        ("what?", "is not a token"),
        ("größe", "is not a token"),
        ("EQ", "is not a whole token"),
        ("IQ0AAAAA", "is of format 2"),
    ],
)
def test_what_is_no_token_is_refused(text: str, says: str) -> None:
    with pytest.raises(TokenError, match=says):
        token.read(text)


def test_no_damage_goes_by_or_breaks_anything() -> None:
    """Damage is either seen, or (one in 256) reads as another schedule: never an error that is not ours."""
    chance, whole, unseen = Random(5), str(Token((0, 1, 0, 0, 2, 1), checks=(1, 2, 3))), 0
    for _ in range(2000):
        letters = list(whole)
        letters[chance.randrange(len(letters))] = chance.choice("ABCDEFGHIJ-_0189")
        damaged = "".join(letters)[: chance.randrange(1, len(letters) + 1)]
        with suppress(TokenError):
            unseen += token.read(damaged) != token.read(whole)

    assert unseen < 40


@pytest.mark.parametrize("body", [b"\xff\xff\xff\xff\xff", b"\x80", b"\xfe\xff\xff\x7f", b"\x01"])
def test_a_forged_body_is_refused(body: bytes) -> None:
    head = bytes([token.FORMAT << 4, 11, 0, 0])
    forged = urlsafe_b64encode(head + token._check(head + body) + body).rstrip(b"=").decode()

    with pytest.raises(TokenError, match="damaged"):
        token.read(forged)
