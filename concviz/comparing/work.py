"""What is compared: a function of a file, and the list that it is to be done for."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path

from concviz.errors import TargetError, UsageError

EACH = 8
"""So many numbers, from 0, where nobody says what the inputs are."""

LIMIT_BYTES = 256 << 20
"""A larger file of inputs is taken for a mistake."""

OWN = "INPUTS"
"""The name under which a file can hold the inputs for its functions."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """A list, as the text of a Python expression that makes it."""

    text: str
    words: str
    """What it is, for people: "8 inputs (0 to 7)"."""
    count: int


@dataclass(frozen=True, slots=True)
class Work:
    """A function, and what it is done for."""

    file: Path
    """Absolute."""
    name: str
    """As it is called in the file; with dots when it lies in a class."""
    coroutine: bool
    """Whether it is a coroutine function."""
    inputs: Inputs


def split(word: str) -> tuple[Path, str]:
    """FILE.py:func as the file's absolute path and the function's name. UsageError, or TargetError for no such file."""
    place, colon, name = word.rpartition(":")
    if not colon or not place or not all(part.isidentifier() for part in name.split(".")):
        raise UsageError(f"{word} names no function", "write FILE.py:func")
    path = Path(place).expanduser()
    if path.is_dir() or path.suffix != ".py":
        raise TargetError(f"{place} is no Python file", "write FILE.py:func")
    if not path.is_file():
        raise TargetError(f"there is no file {place}", "check the path")
    return path.resolve(), name


def each(count: int) -> Inputs:
    """The numbers from 0 below `count`."""
    return Inputs(f"list(range({count}))", f"{_inputs(count)} ({f'0 to {count - 1}' if count > 1 else '0'})", count)


def of_file(file: Path, count: int) -> Inputs:
    """The list that the file itself holds."""
    return Inputs(f"list(load({str(file)!r}, {OWN!r}))", f"{_inputs(count)} (its own {OWN})", count)


def from_word(word: str) -> Inputs:
    """What --inputs says: a .json or .txt file, else a Python literal. UsageError for what is no list, or an empty one."""
    if word.lower().endswith((".json", ".txt")):
        return _made(_read(Path(word).expanduser(), word), f"of {Path(word).name}")
    try:
        return _made(ast.literal_eval(word.strip()), "")
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        hint = 'write a list such as "[1, 2, 3]", or a file\'s name that ends in .json or .txt'
        raise UsageError(f"--inputs {_short(word)} is no Python literal", hint) from None


def _read(path: Path, word: str) -> object:
    """A JSON file's value, or a text file's lines."""
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise TargetError(f"{word} is larger than {LIMIT_BYTES >> 20} MiB", "give fewer inputs")
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if path.suffix.lower() == ".json" else text.splitlines()
    except OSError as error:
        raise TargetError(f"cannot read {word}: {error.strerror}", "--inputs wants a list, or a file that holds one") from None
    except (ValueError, RecursionError) as error:
        kind = "JSON" if path.suffix.lower() == ".json" else "UTF-8 text"
        raise TargetError(f"{word} is not {kind}: {error}") from None


def _made(value: object, words: str) -> Inputs:
    if not isinstance(value, list | tuple | set | frozenset | range):
        raise UsageError(f"--inputs is {_short(repr(value))}, which is no list", 'write a list, such as "[1, 2, 3]"')
    if not value:
        raise UsageError("--inputs is empty", "without inputs there is no work to compare")
    return Inputs(repr(list(value)), f"{_inputs(len(value))} {words}".rstrip(), len(value))


def _inputs(count: int) -> str:
    return f"{count:,} input{'' if count == 1 else 's'}"


def _short(word: str) -> str:
    return word if len(word) <= 40 else f"{word[:37]}..."
