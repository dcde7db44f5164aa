"""A file as a subject: a script, or a function of it with what is to be called before and after."""

from __future__ import annotations

import ast
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.errors import TargetError
from concviz.scenarios.fields import meant
from concviz.schedules.token import program_hash

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.gates.choice import Chooser, Outcome
    from concviz.gates.target import Target
    from concviz.schedules.trial import Program


@dataclass(frozen=True, slots=True)
class FileSubject:
    """One program. Made by `of_file`."""

    path: str
    """Absolute."""
    program: int
    title: str
    function: str = ""
    """"" for the script itself, as `__main__`."""
    setup: str = ""
    """A function of the file that each run calls first; "" for none."""
    invariant: str = ""
    """A function of the file that each run calls last, and that must not give False nor raise; "" for none."""
    memory: bool = True
    env: tuple[tuple[str, str], ...] = ()
    """Added to the environment of the process that runs it."""
    given: tuple[tuple[str, int], ...] = ()
    """Those of a scenario's parameters that were given, by name."""

    @property
    def again(self) -> str:
        """As typed."""
        with_it = [f"--setup {self.setup}"] * bool(self.setup) + [f"--invariant {self.invariant}"] * bool(self.invariant)
        given = [f"--set {name}={value}" for name, value in self.given]
        return " ".join(["concviz explore", self.title, *with_it, *given, "--replay {token}"])

    def load(self) -> Program:
        """The file is executed afresh in each run. TargetError when it is no Python, or has no such function."""
        from concviz.gates.target import Target

        self._check()
        os.environ.update(self.env)
        target = Target(script=self.path, function=self.function, setup=self.setup or None, invariant=self.invariant or None)
        return under_control(target, memory=self.memory)

    def _check(self) -> None:
        name = os.path.basename(self.path)  # noqa: PTH119
        try:
            with open(self.path, "rb") as file:
                there = _names(ast.parse(file.read(), self.path))
        except SyntaxError as error:
            raise TargetError(f"{name} is not Python: line {error.lineno}: {error.msg}") from None
        except (OSError, ValueError) as error:
            raise TargetError(f"cannot read {name}: {error}", "check the path") from None
        for wanted in filter(None, (self.function, self.setup, self.invariant)):
            if wanted not in there:
                raise TargetError(f"{name} has no function {wanted!r}", meant(wanted, there) if there else "it has none")


def under_control(target: Target, *, memory: bool) -> Program:
    """A target as a program."""
    from concviz.gates.run import run_once

    def run(choose: Chooser) -> Outcome:
        return run_once(target, choose, memory=memory)

    return run


def _names(syntax: ast.Module) -> list[str]:
    """Functions of the file, and whatever else it may have imported or made under a name."""
    found: list[str] = []
    for node in syntax.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found += [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return found


def of_file(path: Path, title: str = "") -> FileSubject:
    """A script as a subject. TargetError when it cannot be read."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise TargetError(f"cannot read {path.name}: {error.strerror}", "check the path") from None
    return FileSubject(str(path), program_hash(source), title or path.name)
