"""The Python in another process, found in its memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from concviz.sampling.interpreter import Interpreter, NoPythonError
from tests.already import THREADS, already, version
from tests.probes.harness import has_gil, pythons
from tests.waiting import until

if TYPE_CHECKING:
    from tests.already import Target

ROOT = Path(__file__).parent.parent.parent

TELLS = f"""
    import sys
    sys.path.append({str(ROOT)!r})
    from concviz.probes import gil
    print("ready", flush=True)
    print(gil.place(), flush=True)
    sys.stdin.read()
"""


def natives(target: Target) -> set[int]:
    return {int(path.name) for path in Path(f"/proc/{target.pid}/task").iterdir()}


@pytest.mark.parametrize("python", pythons())
def test_the_gil_lies_where_the_process_itself_finds_it(tmp_path: Path, python: str) -> None:
    with already(tmp_path, TELLS, python) as target:
        assert target.stdout is not None
        told = target.stdout.readline().strip()
        found = Interpreter(target.pid)

        assert found.version[:2] == version(python)
        assert found.free is not has_gil(python)
        assert found.place(found.states(natives(target)).values()) == told
        found.close()


@pytest.mark.parametrize("python", pythons())
def test_every_thread_has_a_state_and_a_name_there(tmp_path: Path, python: str) -> None:
    with already(tmp_path, THREADS, python) as target:
        found = Interpreter(target.pid)

        until(lambda: len(found.states(natives(target))) == len(natives(target)), "all states")
        states = found.states(natives(target))

        assert len(states) == len(set(states.values())) == 4
        assert sorted(found.names().values()) == ["MainThread", "asleep", "spin 0", "spin 1"]
        assert set(found.names()) == set(states)
        found.close()


def test_a_process_without_python_is_told_to_have_none() -> None:
    with os.popen("sleep 60 & echo $!") as shell:
        pid = int(shell.readline())
        until(lambda: Path(f"/proc/{pid}/exe").resolve().name != Path("/bin/sh").resolve().name, "the shell's child being another program")
        try:
            with pytest.raises(NoPythonError):
                Interpreter(pid)
        finally:
            os.kill(pid, 9)
