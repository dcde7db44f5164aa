"""Calls that wait for input or output, beside sockets: pipes, select, input()."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_PYTHON
def test_what_may_wait_is_a_wait_for_what_it_reads(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, select, selectors
        read, write = os.pipe()
        os.write(write, b"x")
        select.select([read], [], [])
        select.select([read], [], [], 0)
        os.read(read, 1)
        try:
            input()
        except EOFError:
            pass
        """,
        python,
    )
    waits = [(resource.partition(" ")[0], site) for kind, resource, site in _io(seen.events) if kind == "IO_WAIT"]

    assert waits == [("", "program.py:5"), ("pipe", "program.py:7"), ("standard", "program.py:9")]
    assert len([kind for kind, _, _ in _io(seen.events) if kind == "IO_DONE"]) == len(waits)


def test_what_never_waits_is_none(tmp_path: Path) -> None:
    seen = watch(
        tmp_path,
        """
        import os
        with open(__file__) as file:
            os.read(file.fileno(), 1)
        read, write = os.pipe()
        os.set_blocking(read, False)
        try:
            os.read(read, 1)
        except BlockingIOError:
            print("nothing there")
        """,
    )

    assert seen.stdout == b"nothing there\n"
    assert _io(seen.events) == []


def _io(events: object) -> list[tuple[str, str, str]]:
    return [(e.kind, e.resource, e.site) for e in events if e.kind.startswith("IO_")]  # type: ignore[attr-defined]
