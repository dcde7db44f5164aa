"""What a function is, asked of the interpreter that is to run it: whether it is there, and whether it is a coroutine function."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concviz.errors import TargetError
from concviz.scenarios.fields import meant

if TYPE_CHECKING:
    from pathlib import Path

ANSWER_SECONDS = 60
"""A file that takes longer to be imported is taken for one that never ends."""

QUESTION = """
import importlib.util, inspect, json, os, sys
from concviz_measured import load
path, name, own = sys.argv[1:4]
told, out = {}, os.dup(1)
os.dup2(2, 1)

def takes(function):
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return {}
    try:
        signature.bind(None)
    except TypeError:
        return {"takes": str(signature)}
    return {}

try:
    there = vars(sys.modules[load(path, "__name__")])
    try:
        function = load(path, name)
    except AttributeError:
        told["functions"] = [key for key, one in there.items() if inspect.isfunction(one) and not key.startswith("_")]
    else:
        call = getattr(function, "__call__", function)
        told["callable"] = callable(function)
        told["coroutine"] = inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call)
        told["generator"] = inspect.isasyncgenfunction(function) or inspect.isgeneratorfunction(function)
        told |= takes(function)
    told["own"] = len(list(there[own])) if isinstance(there.get(own), (list, tuple, range)) else None
except BaseException as error:
    told["broken"] = f"{type(error).__name__}: {error}"
told["python"] = {
    "version": ".".join(map(str, sys.version_info[:3])),
    "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
    "interpreters": sys.version_info >= (3, 14),
    "dask": bool(importlib.util.find_spec("distributed")),
}
os.write(out, json.dumps(told).encode())
"""
"""Prints one JSON object. What the file itself prints goes to standard error, which nobody reads."""


@dataclass(frozen=True, slots=True)
class Python:
    """One interpreter that is compared."""

    path: str
    version: str
    """As in "3.13.0"."""
    gil: bool
    interpreters: bool
    """Whether it has executors of sub-interpreters."""
    dask: bool
    """Whether Dask is installed for it."""

    @property
    def words(self) -> str:
        """For people: "Python 3.13.0 without the GIL"."""
        return f"Python {self.version} {'with' if self.gil else 'without'} the GIL"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an interpreter says of a function."""

    python: Python
    coroutine: bool
    own: int | None
    """How many inputs the file holds for its functions; None: it holds none."""


def ask(python: str, file: Path, name: str, own: str, folder: Path) -> Answer:
    """Import the file in `python` and look. TargetError says why the function cannot be compared. `folder`: of the scripts."""
    command = [python, "-c", QUESTION, str(file), name, own]
    try:
        ran = subprocess.run(
            command, capture_output=True, timeout=ANSWER_SECONDS, stdin=subprocess.DEVNULL, env=_environment(folder), check=False
        )
        told = json.loads(ran.stdout)
    except subprocess.TimeoutExpired:
        raise TargetError(f"importing {file.name} took longer than {ANSWER_SECONDS} s", "put what it does under `if __name__`") from None
    except ValueError:
        raise TargetError(f"importing {file.name} ended {python}", "put what it does under `if __name__`") from None
    _check(told, file, name)
    return Answer(Python(path=python, **told["python"]), told["coroutine"], told["own"])


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))}


def _check(told: dict[str, Any], file: Path, name: str) -> None:
    """TargetError for what is no function of one input."""
    if "broken" in told:
        raise TargetError(f"{file.name} cannot be imported: {told['broken']}")
    if "functions" in told:
        raise TargetError(f"{file.name} has no function {name!r}", meant(name, told["functions"]) if told["functions"] else "it has none")
    if not told["callable"]:
        raise TargetError(f"{name} of {file.name} is no function", "name one that takes one input")
    if told["generator"]:
        raise TargetError(f"{name} of {file.name} is a generator", "name a function that returns its result")
    if "takes" in told:
        raise TargetError(f"{name}{told['takes']} of {file.name} cannot be called with one input", "each input is its one argument")
