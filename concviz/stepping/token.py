"""The token of what was stepped so far, and what a token given by a person asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.errors import TokenError
from concviz.schedules.token import Token, check_of, program_hash, read
from concviz.stepping.play import Way, granted

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.stepping.play import Play


def of_play(play: Play) -> str:
    """The text that brings this play back to where it stands. Steps without a switch at its end are not told: they follow anyway."""
    checks = tuple(check_of(granted(step.option)) for step in play.steps if step.chosen)
    return str(Token(play.choices, play.memory, program=hash_of(play.request.script), checks=checks))


def hash_of(script: Path) -> int:
    """The program's short number; 0 when it cannot be read."""
    try:
        return program_hash(script.read_bytes())
    except OSError:
        return 0


def asked(text: str, script: Path) -> Way:
    """The way that a token leads through this program. TokenError for a text that is none, or one of another program."""
    token = read(text)
    if token.program and token.program != hash_of(script):
        raise TokenError(f"the token is of another program than {script.name}, or {script.name} has changed since", "leave --token away")
    switches = [at for at, choice in enumerate(token.choices) if choice]
    return Way(token.choices, tuple(zip(switches, token.checks, strict=False)), token.memory)
