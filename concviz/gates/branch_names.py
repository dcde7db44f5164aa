"""What things are called in a child process under control."""

from __future__ import annotations

import sys

from concviz.gates.names import Names, mark, shared
from concviz.gates.places import own_frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class BranchNames(Names):
    """Names in a child: what is shared is called the same everywhere, what is its own has the process in front."""

    def __init__(self, process: str, unique: Callable[[str], str], before: Names | None) -> None:
        """`process`: its name. `unique` gives a name that no other thing of the run has. `before`: of the process that forked."""
        super().__init__()
        self._process, self._unique = process, unique
        if before is not None:
            self._made = before._made
            self._of = {key: known for key, known in before._of.items() if shared(known[1])}

    def of(self, thing: object, kind: str, frame: Any = None) -> str:
        """As the original."""
        known = self._of.get(id(thing))
        if known is not None:
            return known[0]
        carried = getattr(thing, "_concviz_name", "") if shared(thing) else ""
        if carried:
            self._of[id(thing)] = carried, thing
            return carried
        name = self._found(thing, kind, own_frame(frame or sys._getframe(2)))
        name = self._unique(name if shared(thing) else f"{self._process}'s {name}")
        self._of[id(thing)] = name, thing
        mark(thing, name)
        return name

    def called(self, thing: object, words: str) -> str:
        """As the original."""
        return super().called(thing, f"{self._process}'s {words or type(thing).__name__}")

    def label(self, thing: object) -> str:
        """As the original."""
        return f"{self._process}'s {super().label(thing)}"

    def variable(self, name: str) -> str:
        """As the original."""
        return f"variable {self._process}'s {name}"
