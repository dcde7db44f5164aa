"""A schedule as a short text that brings it back, on another machine too.

Bytes, as base64url without padding: format version and flags, the Python's minor version, a hash of the program (2 bytes), a
check of all that follows (1 byte), then the choices. 0 (no switch) is the common one, so a choice above it is one number: twice
the zeros before it, plus 1 if the choice is above 1, which then follows less 2. Numbers are varints: seven bits a byte, low ones
first. With the flag, each such choice has one more byte: a check of what it granted, so that a replay knows where it diverged.
"""

from __future__ import annotations

import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from concviz.errors import TokenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FORMAT = 1
"""The only version so far; in the upper four bits of the first byte."""

MEMORY, CHECKED = 1, 2
"""Flags in its lower bits: each access to shared memory is a choice too; checks stand behind the choices above 0."""

HEAD_BYTES = 5

LONGEST = 1_000_000
"""Choices. A longer schedule is taken for a damaged token."""

_ALPHABET = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@dataclass(frozen=True, slots=True)
class Token:
    """A schedule, and for what it was made."""

    choices: tuple[int, ...]
    """At each choice, which of those that can go; 0: whoever went last goes on. Zeros at the end are dropped."""
    memory: bool = True
    """Whether accesses to shared memory were choices too; else only synchronisation was."""
    python: int = sys.version_info[1]
    """The minor version of the Python that it was found under: 13 for 3.13."""
    program: int = 0
    """`program_hash` of the program."""
    checks: tuple[int, ...] = ()
    """For each choice above 0, `check_of` what it granted; () when they were not kept."""

    def __str__(self) -> str:
        """The token as a person copies it."""
        choices = trimmed(self.choices)
        flags = MEMORY * self.memory | CHECKED * bool(self.checks)
        body = bytes(_packed(choices, self.checks))
        head = bytes([FORMAT << 4 | flags, self.python & 0xFF]) + self.program.to_bytes(2, "big")
        return urlsafe_b64encode(head + _check(head + body) + body).rstrip(b"=").decode()


def read(text: str) -> Token:
    """The token that this text is. TokenError, in one line, for a text that is none, is damaged, or is of another version."""
    raw = _raw(text.strip())
    if raw[0] >> 4 != FORMAT:
        raise TokenError(
            f"the token is of format {raw[0] >> 4}; this concviz reads format {FORMAT}", "replay it with the concviz that made it"
        )
    if _check(raw[:4] + raw[HEAD_BYTES:]) != raw[4:HEAD_BYTES]:
        raise TokenError("the token is damaged: its check does not fit", "copy the whole of it")
    choices, checks = _unpacked(raw[HEAD_BYTES:], checked=bool(raw[0] & CHECKED))
    return Token(choices, bool(raw[0] & MEMORY), raw[1], int.from_bytes(raw[2:4], "big"), checks)


def trimmed(choices: Sequence[int]) -> tuple[int, ...]:
    """The choices without the zeros at their end."""
    end = len(choices)
    while end and not choices[end - 1]:
        end -= 1
    return tuple(choices[:end])


def program_hash(source: bytes) -> int:
    """A short number (16 bits) for a program's text: another text has another one, but for one in 65,536."""
    return int.from_bytes(blake2b(source, digest_size=2).digest(), "big")


def check_of(words: str) -> int:
    """A number of 8 bits for what was granted, in words."""
    return blake2b(words.encode(errors="replace"), digest_size=1).digest()[0]


def _check(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=1).digest()


def _packed(choices: tuple[int, ...], checks: tuple[int, ...]) -> Iterator[int]:
    zeros, switch = 0, 0
    for choice in choices:
        if not choice:
            zeros += 1
            continue
        yield from _varint(zeros * 2 + (choice > 1))
        if choice > 1:
            yield from _varint(choice - 2)
        if checks:
            yield checks[switch]
        zeros, switch = 0, switch + 1


def _varint(number: int) -> Iterator[int]:
    while number > 0x7F:
        yield number & 0x7F | 0x80
        number >>= 7
    yield number


def _raw(text: str) -> bytes:
    encoded = text.encode(errors="replace")
    if not encoded or not _ALPHABET.issuperset(encoded):
        raise TokenError(f"{text!r} is not a token", "a token holds only letters, digits, - and _") from None
    try:
        raw = urlsafe_b64decode(encoded + b"=" * (-len(encoded) % 4))
    except ValueError:
        raw = b""
    if len(raw) < HEAD_BYTES:
        raise TokenError(f"{text!r} is not a whole token", "copy the whole of it")
    return raw


def _unpacked(body: bytes, *, checked: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
    choices: list[int] = []
    checks: list[int] = []
    at = 0
    while at < len(body):
        number, at = _number(body, at)
        choice = 1
        if number & 1:
            above, at = _number(body, at)
            choice = above + 2
        if len(choices) + number // 2 >= LONGEST:
            raise TokenError("the token is damaged: its schedule is longer than any", "copy the whole of it")
        choices += [0] * (number // 2) + [choice]
        if checked:
            checks += body[at : at + 1] or _cut()
            at += 1
    return tuple(choices), tuple(checks)


def _number(body: bytes, at: int) -> tuple[int, int]:
    """The varint that begins there, and where the next one does."""
    number = shift = 0
    while at < len(body) and shift < 28:
        number |= (body[at] & 0x7F) << shift
        if body[at] < 0x80:
            return number, at + 1
        at, shift = at + 1, shift + 7
    raise TokenError("the token is damaged: a number in it does not end", "copy the whole of it")


def _cut() -> bytes:
    raise TokenError("the token is damaged: it is cut off", "copy the whole of it")
