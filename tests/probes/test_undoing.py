"""What is put into a library is taken out again."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from concviz.probes.undoing import Undoing

if TYPE_CHECKING:
    from collections.abc import Iterator


class Machine:
    def run(self) -> str:
        return "its own"


@pytest.fixture
def library() -> Iterator[ModuleType]:
    module = ModuleType("alibrary")
    module.Machine, module.count = Machine, 1  # type: ignore[attr-defined]
    Machine.__module__ = "alibrary"
    sys.modules["alibrary"] = module
    yield module
    del sys.modules["alibrary"]


def ours(*_: object) -> str:
    return "ours"


def theirs(*_: object) -> str:
    return "the program's"


def test_names_classes_and_methods_are_as_they_were(library: ModuleType) -> None:
    undoing, before, run = Undoing({"alibrary"}), dict(vars(library)), Machine.__dict__["run"]

    def install() -> None:
        library.Machine.run = ours
        library.added = ours  # type: ignore[attr-defined]

    undoing.noting(install)
    assert (Machine().run(), library.added()) == ("ours", "ours")
    undoing.undo()

    assert Machine.__dict__["run"] is run
    assert vars(library) == before


def test_what_the_program_put_there_since_stays(library: ModuleType) -> None:
    undoing = Undoing({"alibrary"})
    undoing.noting(lambda: setattr(library, "call", ours))

    library.call = theirs  # type: ignore[attr-defined]
    undoing.undo()

    assert library.call() == "the program's"


def test_what_the_program_counts_there_meanwhile_is_no_installation(library: ModuleType) -> None:
    undoing = Undoing({"alibrary"})
    undoing.noting(lambda: setattr(library, "count", 2))

    undoing.undo()

    assert library.count == 2


def test_an_installation_within_another_is_undone_once_and_whole(library: ModuleType) -> None:
    undoing = Undoing({"alibrary"})

    def outer() -> None:
        undoing.noting_more(library, lambda: setattr(library, "inner", ours))
        library.outer = ours  # type: ignore[attr-defined]

    undoing.noting(outer)
    undoing.undo()

    assert {"inner", "outer"} & set(vars(library)) == set()
